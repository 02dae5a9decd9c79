using Glancy.Ops.Leases;
using Glancy.Ops.Procedures;
using Glancy.Ops.Releases;
using Glancy.Ops.Tests.Procedures;

namespace Glancy.Ops.Tests.Releases;

/// <summary>What a light that turns for a moment holds back (rules 6 and 9).</summary>
public sealed class StandstillTests(PostgresFixture postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_bad_light_that_only_a_look_has_seen_begins_the_half_hour_anew()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        await house.RollBackAsync(Token);
        house.Advance(TimeSpan.FromMinutes(12));
        house.Lights.Set("HK-02", house.Now, null);
        await house.LookAsync(Token);
        house.Advance(TimeSpan.FromSeconds(90));
        house.Lights.Set("HK-02", house.Now, double.NaN);
        house.Advance(TimeSpan.FromMinutes(20));

        var outcome = await house
            .Get<Drafts>()
            .DraftAsync(
                "thaw",
                new Dictionary<string, string> { ["reason"] = "steady" },
                house.Person("mei"),
                "steady",
                Token
            );

        Assert.Equal("not-steady", Assert.IsType<DraftOutcome.Refused>(outcome).Refusal.Code);
    }

    [Theory]
    [InlineData("frozen")]
    [InlineData("lights-forbid")]
    public async Task What_holds_a_start_back_holds_a_retry_back_too(string code)
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        await house.RollBackAsync(Token);
        await house.ThawAsync(Token);
        house.Bastion.Behaviour["releasectl.stage.promote"] = "fails";
        var run = Assert
            .IsType<LeaseOutcome.Drafted>(
                await house.Get<LeaseDesk>().RevertAsync(2, house.Person("mei"), "fixed", Token)
            )
            .Run;
        await house.ConfirmAsync(run, "lin", Token);
        await house.WorkAsync(Token);
        house.Bastion.Behaviour["releasectl.stage.promote"] = "ok";
        if (code == "frozen")
        {
            Assert.Null(await house.Get<ReleaseDesk>().FreezeAsync(house.Person("lin"), "wait", Token));
        }
        else
        {
            house.Lights.Set("HK-02", house.Now, null);
        }

        Assert.IsType<RunOutcome.Accepted>(await house.Get<RunDesk>().RetryAsync(run.Id, house.Person("mei"), Token));
        await house.WorkAsync(Token);

        var after = await house.RunAsync(run.Id, Token);
        Assert.Equal(
            (RunState.Paused, PauseReason.Failed, code, "0"),
            (after.State, after.Pause, after.Outcome?.Code, house.Bastion.Weight)
        );
    }
}
