namespace Glancy.Bot.Tests.Crash;

/// <summary>
/// Never lost, never twice: the only replica dies at every second transition of the full rollback, and is started
/// again; three deaths to a run. The others are those of two replicas; <c>./glancy torture --only rollback</c> tries
/// all of them in both.
/// </summary>
[Collection(OneReplica.Name)]
public sealed class RollbackSweepWithOneReplicaTests(CrashWorld house, ITestOutputHelper output)
{
    [Fact]
    public Task A_rollback_ends_as_if_nothing_had_happened_wherever_its_replica_dies_and_is_restarted() =>
        ProcedureSweep.RunAsync(
            house,
            ProcedureCases.Rollback,
            1,
            all => SweepSample.Given(every: 2).Of(all, 0),
            output,
            TestContext.Current.CancellationToken
        );
}

/// <summary>Never lost, never twice: one of two replicas dies at the other transitions of the full rollback.</summary>
[Collection(TwoReplicas.Name)]
public sealed class RollbackSweepWithTwoReplicasTests(CrashWorld house, ITestOutputHelper output)
{
    [Fact]
    public Task A_rollback_ends_as_if_nothing_had_happened_wherever_one_of_two_replicas_dies() =>
        ProcedureSweep.RunAsync(
            house,
            ProcedureCases.Rollback,
            2,
            all => SweepSample.Given(every: 2).Of(all, 1),
            output,
            TestContext.Current.CancellationToken
        );
}
