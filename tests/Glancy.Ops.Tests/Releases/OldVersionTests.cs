using Glancy.Ops.Notices;
using Glancy.Ops.Procedures;
using Glancy.Ops.Tests.Procedures;

namespace Glancy.Ops.Tests.Releases;

/// <summary>§2.2: the old version is kept for a while, and what goes back to it has to be done by then.</summary>
public sealed class OldVersionTests(PostgresFixture postgres)
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(12);
    private static readonly Dictionary<string, string> Arguments = new()
    {
        ["batch"] = "REL-B5",
        ["reason"] = "still red",
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_draft_says_until_when_and_ends_with_it()
    {
        await using var house = await FullyOutAsync();
        var draft = await DraftAsync(house);

        Assert.Equal((house.Now + Kept, house.Now + Kept), (draft.OldKeptUntil, draft.ExpiresAt));
    }

    [Fact]
    public async Task Kept_for_longer_than_a_draft_lives_it_ends_as_any_other()
    {
        await using var house = await FullyOutAsync();
        house.Bastion.OldKeptUntil = house.Now + TimeSpan.FromMinutes(50);
        var draft = await DraftAsync(house);

        Assert.Equal(
            (house.Now + TimeSpan.FromMinutes(50), house.Now + Drafts.Lifetime),
            (draft.OldKeptUntil, draft.ExpiresAt)
        );
    }

    [Fact]
    public async Task While_the_batch_rolls_out_there_is_no_such_end()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Bastion.OldKeptUntil = house.Now + Kept;
        var draft = await house.DraftRollbackAsync(Token);

        Assert.Equal((null, house.Now + Drafts.Lifetime), (draft.OldKeptUntil, draft.ExpiresAt));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whoever_confirms_too_late_is_told_that_it_is_gone(bool expired)
    {
        await using var house = await FullyOutAsync();
        var draft = await DraftAsync(house);
        house.Advance(Kept);
        if (expired)
        {
            await house.WorkAsync(Token);
        }

        var refusal = Assert.IsType<RunOutcome.Refused>(await house.ConfirmAsync(draft, "mei", Token)).Refusal;
        Assert.Equal(("old-version-gone", "§2.2"), (refusal.Code, refusal.Section));
        Assert.Empty(house.Bastion.Effects);
    }

    [Fact]
    public async Task Once_it_is_gone_nothing_is_drafted_and_the_refusal_says_why()
    {
        await using var house = await FullyOutAsync();
        house.Advance(Kept);

        var outcome = await house
            .Get<Drafts>()
            .DraftAsync("rollback", Arguments, house.Person("lin"), "still red", Token);
        var refusal = Assert.IsType<DraftOutcome.Refused>(outcome).Refusal;
        Assert.Equal(("old-version-gone", "§2.2"), (refusal.Code, refusal.Section));
    }

    [Fact]
    public async Task It_may_go_sooner_than_was_said()
    {
        await using var house = await FullyOutAsync();
        var draft = await DraftAsync(house);
        house.Bastion.OldKeptUntil = house.Now;

        Assert.Equal(
            "old-version-gone",
            Assert.IsType<RunOutcome.Refused>(await house.ConfirmAsync(draft, "mei", Token)).Refusal.Code
        );
    }

    [Fact]
    public async Task Gone_between_the_click_and_the_start_nothing_is_begun()
    {
        await using var house = await FullyOutAsync();
        var draft = await DraftAsync(house);
        await house.ConfirmAsync(draft, "mei", Token);
        house.Advance(Kept);
        await house.WorkAsync(Token);

        var run = await house.RunAsync(draft.Id, Token);
        Assert.Equal((RunState.Aborted, "old-version-gone"), (run.State, run.Outcome?.Code));
        Assert.Empty(house.Bastion.Effects);
    }

    [Fact]
    public async Task Gone_between_the_start_and_the_step_the_step_is_not_begun()
    {
        await using var house = await FullyOutAsync();
        house.Bastion.AfterEffect = _ => house.Bastion.OldKeptUntil = house.Now;
        var draft = await DraftAsync(house);
        await house.ConfirmAsync(draft, "mei", Token);
        await house.WorkAsync(Token);

        var run = await house.RunAsync(draft.Id, Token);
        Assert.Equal(
            (RunState.Paused, PauseReason.Failed, "old-version-gone"),
            (run.State, run.Pause, run.Outcome?.Code)
        );
        Assert.Equal(["configctl.snapshot.create "], house.Bastion.Effects);
    }

    [Fact]
    public async Task A_red_light_after_it_calls_somebody_to_what_is_left()
    {
        await using var house = await FullyOutAsync();
        house.Advance(Kept);
        house.Lights.Set("HK-01", house.Now, 0.9);
        await house.LookAsync(Token);

        var page = Assert.Single(await house.Get<NoticeBoard>().ListAsync(0, 100, Token), n => n.Kind == "page");
        Assert.Equal("page-old-gone", page.Template);
        Assert.Empty(await house.Get<RunStore>().ListAsync(openOnly: true, 10, Token));
    }

    private async Task<OpsHouse> FullyOutAsync()
    {
        var house = await OpsHouse.BuildAsync(postgres, Token);
        (house.Bastion.Batch, house.Bastion.Weight, house.Bastion.OldKeptUntil) = ("REL-B5", "100", house.Now + Kept);
        return house;
    }

    private static async Task<Run> DraftAsync(OpsHouse house) =>
        Assert
            .IsType<DraftOutcome.Drafted>(
                await house.Get<Drafts>().DraftAsync("rollback", Arguments, house.Person("lin"), "still red", Token)
            )
            .Run;
}
