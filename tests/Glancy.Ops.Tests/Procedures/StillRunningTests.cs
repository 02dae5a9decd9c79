using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Procedures;

namespace Glancy.Ops.Tests.Procedures;

/// <summary>
/// A command that is out of sight is not over: nothing is repeated, left out or let go while it may still move
/// something.
/// </summary>
public sealed class StillRunningTests(PostgresFixture postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_retry_is_refused_while_the_old_command_cannot_be_stopped()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var run = await HangAsync(house);

        var outcome = Assert.IsType<RunOutcome.Refused>(
            await house.Get<RunDesk>().RetryAsync(run.Id, house.Person("lin"), Token)
        );

        Assert.Equal(("still-running", "execute"), (outcome.Refusal.Code, outcome.Refusal.Arguments[0]));
        Assert.Single(house.Bastion.Effects, e => e.StartsWith("rollback_stage", StringComparison.Ordinal));
        Assert.Equal(RunState.Paused, (await house.RunAsync(run.Id, Token)).State);
    }

    [Fact]
    public async Task Nothing_is_left_out_while_its_command_runs()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var run = await HangAsync(house);

        foreach (var person in (string[])["lin", "mei"])
        {
            var outcome = Assert.IsType<RunOutcome.Refused>(
                await house.Get<RunDesk>().SkipAsync(run.Id, "execute", "by hand", house.Person(person), Token)
            );
            Assert.Equal("still-running", outcome.Refusal.Code);
        }

        Assert.Equal(
            StepState.Unknown,
            (await house.RunAsync(run.Id, Token)).Steps.Single(s => s.Id == "execute").State
        );
    }

    [Fact]
    public async Task Nothing_is_left_out_while_nobody_can_say_whether_its_command_runs()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var run = await HangAsync(house);
        house.Bastion.Away = true;

        var outcome = Assert.IsType<RunOutcome.Refused>(
            await house.Get<RunDesk>().SkipAsync(run.Id, "execute", "by hand", house.Person("lin"), Token)
        );

        Assert.Equal("unreachable-bastion", outcome.Refusal.Code);
    }

    [Fact]
    public async Task An_abort_keeps_the_keys_until_the_command_has_ended()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var run = await HangAsync(house);

        Assert.IsType<RunOutcome.Accepted>(
            await house.Get<RunDesk>().AbortAsync(run.Id, house.Person("lin"), "by hand", Token)
        );
        var work = house.WorkAsync(Token);
        await OpsHouse.UntilAsync(() => house.Bastion.Cancelled >= 2, Token);
        Assert.Equal(["flag/glancy.lookup.force_basic", "train/prod"], await KeysAsync(house));
        Assert.Equal(RunState.Paused, (await house.RunAsync(run.Id, Token)).State);

        house.Bastion.Finish(house.Bastion.Keys[^1], 0);
        await work;

        Assert.Empty(await KeysAsync(house));
        Assert.Equal(RunState.Aborted, (await house.RunAsync(run.Id, Token)).State);
    }

    [Fact]
    public async Task The_paused_card_says_that_it_still_runs_and_that_nothing_has_changed()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);

        var stuck = StuckStep.Of(await HangAsync(house));

        Assert.Equal(("running", true, StuckAdvice.Retry), (stuck?.Command, stuck?.Readable, stuck?.Advice));
        Assert.Equal(
            new StuckState("release/prod", "REL-B3 15%", "REL-B3 0%", "REL-B3 15%"),
            stuck?.States.Single(s => s.State == "release/prod")
        );
    }

    [Fact]
    public async Task What_is_seen_is_read_anew_when_somebody_looks()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var run = await HangAsync(house);
        house.Bastion.Finish(house.Bastion.Keys[^1], 137);
        (house.Bastion.Weight, house.Bastion.Flags["glancy.lookup.force_basic"]) = ("0", "true");

        Assert.Equal(StuckAdvice.Skip, StuckStep.Of(await house.Get<StuckLook>().RefreshedAsync(run, Token))?.Advice);
        house.Bastion.Away = true;
        Assert.Equal(
            StuckAdvice.Unknown,
            StuckStep.Of(await house.Get<StuckLook>().RefreshedAsync(run, Token))?.Advice
        );
    }

    private static Task<IReadOnlyList<string>> KeysAsync(OpsHouse house) =>
        house.Get<BotDatabase>().QueryAsync<string>("select key from glancy.lock_key order by key", null, Token);

    private static async Task<Run> HangAsync(OpsHouse house)
    {
        house.Bastion.Behaviour["rollback_stage"] = "hangs";
        house.Bastion.Unkillable = true;
        var draft = await house.DraftRollbackAsync(Token);
        await house.ConfirmAsync(draft, "mei", Token);
        var work = house.WorkAsync(Token);
        await OpsHouse.UntilAsync(() => house.Bastion.Effects.Count == 2, Token);
        house.Advance(TimeSpan.FromMinutes(11));
        await work;
        var run = await house.RunAsync(draft.Id, Token);
        Assert.Equal(PauseReason.Unknown, run.Pause);
        return run;
    }
}
