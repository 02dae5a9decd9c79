using Glancy.Ops.Leases;
using Glancy.Ops.Notices;
using Glancy.Ops.Procedures;

namespace Glancy.Ops.Tests.Procedures;

/// <summary>A run is verified by windows that began when its effects had ended, and by no others (rule 9).</summary>
public sealed class WholeWindowTests(PostgresFixture postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Verified =>
        [
            "rollback",
            "rollback-one-rung",
            "kill-switch",
            "thaw",
            "revert-switch",
            "revert-release",
            "cost-level-1",
            "exports-off",
        ];

    [Theory]
    [MemberData(nameof(Verified))]
    public async Task Nothing_is_verified_before_a_whole_window_has_passed_since_the_last_effect(string procedure)
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Bastion.Flags["glancy.cache.mode"] = "normal";
        var id = await BeginAsync(house, procedure);
        var ended = (await house.RunAsync(id, Token)).EffectsEndedAt;
        Assert.Equal(house.Now, ended);
        Assert.Equal(RunState.Verifying, (await house.RunAsync(id, Token)).State);

        house.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        await house.WorkAsync(Token);
        Assert.Equal(RunState.Verifying, (await house.RunAsync(id, Token)).State);

        // The cost has to be good for three windows, everything else for one; what an SOP asks for is looked at every
        // half minute.
        house.Advance(
            TimeSpan.FromSeconds(1)
                + procedure switch
                {
                    "cost-level-1" => TimeSpan.FromMinutes(10),
                    "exports-off" => TimeSpan.FromSeconds(29),
                    _ => TimeSpan.Zero,
                }
        );
        await house.WorkAsync(Token);
        var run = await house.RunAsync(id, Token);
        Assert.True(run.State == RunState.Succeeded, $"{run.State} {run.Pause} {run.Outcome}");
    }

    [Fact]
    public async Task Traffic_put_back_on_a_version_that_is_broken_still_is_never_verified()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var id = await BeginAsync(house, "revert-release");
        house.Advance(TimeSpan.FromMinutes(2));
        house.Lights.Set("HK-01", house.Now, 0.9);
        await PassAsync(house, TimeSpan.FromMinutes(19));

        var run = await house.RunAsync(id, Token);
        Assert.Equal(
            (RunState.Paused, PauseReason.Unverified, "hooks-not-green"),
            (run.State, run.Pause, run.Outcome?.Code)
        );
        Assert.DoesNotContain(
            await house.Get<NoticeBoard>().ListAsync(0, 100, Token),
            n => n.Template == "release-restored"
        );
    }

    [Fact]
    public async Task Too_few_observations_of_the_new_version_are_no_proof_of_it()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Bastion.Weight = "100";
        house.Bastion.OldKeptUntil = house.Now + TimeSpan.FromHours(2);
        var id = await BeginAsync(house, "revert-release");
        house.Lights.SamplesOfNew = 3;
        await PassAsync(house, TimeSpan.FromMinutes(21));

        var run = await house.RunAsync(id, Token);
        Assert.Equal(
            (RunState.Paused, PauseReason.Unverified, "hooks-unknown"),
            (run.State, run.Pause, run.Outcome?.Code)
        );
        Assert.Contains("HK-01", run.Outcome?.Arguments[0], StringComparison.Ordinal);
        Assert.DoesNotContain(
            await house.Get<NoticeBoard>().ListAsync(0, 100, Token),
            n => n.Template == "release-restored"
        );
    }

    [Fact]
    public async Task The_card_says_when_the_first_whole_window_is_there()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var id = await BeginAsync(house, "rollback");

        var run = await house.RunAsync(id, Token);

        var expected = (run.EffectsEndedAt + TimeSpan.FromMinutes(5))?.ToString(
            "O",
            System.Globalization.CultureInfo.InvariantCulture
        );
        Assert.Equal(expected, run.Steps.Single(s => s.Id == "verify-hooks").Evidence["whole_at"]);
    }

    // Confirmed, and worked at until it waits for its proof.
    private static async Task<long> BeginAsync(OpsHouse house, string procedure)
    {
        if (procedure is "revert-switch" or "revert-release" or "thaw")
        {
            await house.RollBackAsync(Token);
            await house.ProveAsync(Token);
            house.Advance(TimeSpan.FromMinutes(30));
        }

        if (procedure == "revert-release")
        {
            await house.ThawAsync(Token);
            await house.ProveAsync(Token);
        }

        var draft = procedure is "revert-switch" or "revert-release"
            ? await RevertAsync(house, procedure)
            : await DraftAsync(house, procedure);
        if (
            (await house.ConfirmAsync(draft, "lin", Token)) is RunOutcome.Refused
            || !(await house.RunAsync(draft.Id, Token)).ConfirmedAt.HasValue
        )
        {
            Assert.IsType<RunOutcome.Accepted>(await house.ConfirmAsync(draft, "wu", Token));
        }

        await house.WorkAsync(Token);
        return draft.Id;
    }

    private static async Task<Run> DraftAsync(OpsHouse house, string procedure)
    {
        var arguments = new Dictionary<string, string> { ["reason"] = "errors" };
        if (procedure.StartsWith("rollback", StringComparison.Ordinal))
        {
            arguments["batch"] = "REL-B3";
        }

        return Assert
            .IsType<DraftOutcome.Drafted>(
                await house.Get<Drafts>().DraftAsync(procedure, arguments, house.Person("lin"), "errors", Token)
            )
            .Run;
    }

    private static async Task<Run> RevertAsync(OpsHouse house, string procedure)
    {
        var lease = (await house.Get<LeaseStore>().OpenAsync(Token)).Single(l =>
            !l.IsSwitch == (procedure == "revert-release")
        );
        return Assert
            .IsType<LeaseOutcome.Drafted>(
                await house.Get<LeaseDesk>().RevertAsync(lease.Id, house.Person("lin"), "well again", Token)
            )
            .Run;
    }

    private static async Task PassAsync(OpsHouse house, TimeSpan span)
    {
        for (var until = house.Now + span; house.Now < until; )
        {
            house.Advance(TimeSpan.FromSeconds(30));
            await house.WorkAsync(Token);
        }
    }
}
