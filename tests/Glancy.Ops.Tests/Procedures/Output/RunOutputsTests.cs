using Glancy.Ops.Notices;
using Glancy.Ops.Procedures;
using Glancy.Ops.Procedures.Output;

namespace Glancy.Ops.Tests.Procedures.Output;

public sealed class RunOutputsTests(PostgresFixture postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_step_prints_is_one_notice_that_grows_and_ends_whole()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var (run, working) = await PrintingAsync(house);

        await LookAsync(house);
        await LookAsync(house);
        var first = Assert.Single(await OutputsAsync(house));
        Assert.Equal(
            ($"output:{run.Id}:execute:1", "green carries 15%", 1),
            (first.Key, first.Arguments["output"], first.Revision)
        );

        house.Bastion.Printed += "traffic: green 0%\n";
        await LookAsync(house);
        Assert.Equal(
            ("traffic: green 0%", 2),
            await OutputsAsync(house) is [var grown] ? (grown.Arguments["last"], grown.Revision) : default
        );

        house.Bastion.Printed += "done\n";
        house.Bastion.Finish($"{run.Name}/execute/1", 0);
        await working;
        await LookAsync(house);
        await LookAsync(house);
        var last = Assert.Single(await OutputsAsync(house));
        Assert.Equal(("green carries 15%\ntraffic: green 0%\ndone", 3), (last.Arguments["output"], last.Revision));
        Assert.Empty(await house.Get<RunOutputs>().DueAsync(Token));
    }

    [Fact]
    public async Task What_was_printed_before_anybody_looked_is_brought_afterwards()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Bastion.Printed = "done\n";

        Assert.Equal(StepState.Done, (await house.RollBackAsync(Token)).Steps.Single(s => s.Id == "execute").State);
        await LookAsync(house);

        Assert.Equal("done", Assert.Single(await OutputsAsync(house)).Arguments["output"]);
    }

    [Fact]
    public async Task Of_much_that_was_printed_the_end_is_kept_in_whole_lines()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Bastion.Printed = string.Concat(Enumerable.Range(0, 300).Select(i => $"line {i} call 13812345678\n"));

        var run = await house.RollBackAsync(Token);
        await LookAsync(house);

        var said = Assert.Single(await OutputsAsync(house)).Arguments["output"];
        Assert.Equal(said, run.Steps.Single(s => s.Id == "execute").Evidence["output"]);
        Assert.EndsWith("line 299 call 13812345678", said, StringComparison.Ordinal);
        Assert.InRange(said.Length, 1_900, 2_000);
        Assert.All(said.Split('\n'), line => Assert.StartsWith("line ", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_bastion_that_does_not_answer_leaves_what_is_there()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var (run, working) = await PrintingAsync(house);
        await LookAsync(house);

        var due = await house.Get<RunOutputs>().DueAsync(Token);
        house.Bastion.Finish($"{run.Name}/execute/1", 0);
        await working;
        house.Bastion.Away = true;
        foreach (var step in due)
        {
            await house.Get<RunOutputs>().BringAsync(step, Token);
        }

        Assert.Equal("green carries 15%", Assert.Single(await OutputsAsync(house)).Arguments["output"]);
    }

    // The script has printed a line and hangs.
    private static async Task<(Run Run, Task Working)> PrintingAsync(OpsHouse house)
    {
        house.Bastion.Behaviour["rollback_stage"] = "hangs";
        house.Bastion.Printed = "green carries 15%\n";
        var run = await house.DraftRollbackAsync(Token);
        await house.ConfirmAsync(run, "mei", Token);
        var working = house.WorkAsync(Token);
        await OpsHouse.UntilAsync(
            () => house.Bastion.Effects.Exists(e => e.StartsWith("rollback_stage", StringComparison.Ordinal)),
            Token
        );
        return (run, working);
    }

    private static async Task LookAsync(OpsHouse house)
    {
        foreach (var step in await house.Get<RunOutputs>().DueAsync(Token))
        {
            await house.Get<RunOutputs>().BringAsync(step, Token);
        }
    }

    private static async Task<IReadOnlyList<Notice>> OutputsAsync(OpsHouse house) =>
        [.. (await house.Get<NoticeBoard>().ListAsync(0, 100, Token)).Where(n => n.Kind == RunOutputs.Kind)];
}
