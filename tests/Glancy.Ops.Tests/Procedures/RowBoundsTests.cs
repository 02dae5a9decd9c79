using Glancy.Ops.Connectors.Product;
using Glancy.Ops.Procedures;

namespace Glancy.Ops.Tests.Procedures;

/// <summary>
/// A statement that touches fewer rows than it has to is not done, and the record of a run is written at the latest at
/// its end.
/// </summary>
public sealed class RowBoundsTests(PostgresFixture postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_record_that_somebody_closed_in_between_is_not_called_closed_by_the_run()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var run = await house.RollBackAsync(Token);
        await RecordAsync(house, "state = 'closed by hand'");

        await house.ProveAsync(Token);

        run = await house.RunAsync(run.Id, Token);
        Assert.Equal((RunState.Paused, "sql-rows"), (run.State, run.Outcome?.Code));
        Assert.Equal(["close-rollback", "0", "1"], run.Outcome?.Arguments ?? []);
    }

    [Fact]
    public async Task A_record_that_could_not_be_written_at_the_start_is_written_at_the_end()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var run = await house.RollBackAsync(Token);
        await RecordAsync(house, "run = 'another'");

        await house.ProveAsync(Token);

        Assert.Equal(RunState.Succeeded, (await house.RunAsync(run.Id, Token)).State);
        var row = (await house.Get<ProductDatabase>().BatchesAsync(10, Token) ?? [])[0];
        Assert.Equal(
            ("REL-B3", "rollback", 0m, "verified", run.Name),
            (row.Batch, row.Kind, row.Weight, row.State, row.Run)
        );
    }

    private static Task<IReadOnlyList<long>> RecordAsync(OpsHouse house, string set) =>
        house
            .Get<ProductDatabase>()
            .SelectAsync<long>($"update release_batches set {set} returning id", new { }, Token);
}
