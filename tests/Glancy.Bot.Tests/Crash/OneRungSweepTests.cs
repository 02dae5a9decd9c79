namespace Glancy.Bot.Tests.Crash;

/// <summary>
/// A seeded sample of one rung back with one replica that is started again; the whole sweep is <c>./glancy torture
/// --only rollback-one-rung</c>.
/// </summary>
[Collection(OneReplica.Name)]
public sealed class OneRungSweepWithOneReplicaTests(CrashWorld house, ITestOutputHelper output)
{
    [Fact]
    public Task One_rung_back_ends_as_if_nothing_had_happened_where_its_replica_dies_and_is_restarted()
    {
        var sample = SweepSample.Given(every: 16);
        output.WriteLine(sample.ToString());
        return ProcedureSweep.RunAsync(
            house,
            ProcedureCases.OneRung,
            1,
            all => sample.Of(all, 0),
            output,
            TestContext.Current.CancellationToken
        );
    }
}

/// <summary>Another share of the transitions with two replicas.</summary>
[Collection(TwoReplicas.Name)]
public sealed class OneRungSweepWithTwoReplicasTests(CrashWorld house, ITestOutputHelper output)
{
    [Fact]
    public Task One_rung_back_ends_as_if_nothing_had_happened_where_one_of_two_replicas_dies()
    {
        var sample = SweepSample.Given(every: 16);
        output.WriteLine(sample.ToString());
        return ProcedureSweep.RunAsync(
            house,
            ProcedureCases.OneRung,
            2,
            all => sample.Of(all, 8),
            output,
            TestContext.Current.CancellationToken
        );
    }
}
