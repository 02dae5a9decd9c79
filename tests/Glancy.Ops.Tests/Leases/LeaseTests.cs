using Glancy.Ops.Connectors.Product;
using Glancy.Ops.Flags;
using Glancy.Ops.Hooks.Episodes;
using Glancy.Ops.Leases;
using Glancy.Ops.Procedures;
using Glancy.Ops.Releases;
using Glancy.Ops.Tests.Procedures;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Tests.Leases;

/// <summary>What a rollback changed is given back by rule 7: by whom, when, and never over what is not ours.</summary>
public sealed class LeaseTests(PostgresFixture postgres)
{
    private const string Switch = "glancy.lookup.force_basic";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_the_script_changed_becomes_leases_of_who_confirmed()
    {
        await using var house = await RolledBackAsync();

        var leases = await house.Get<LeaseStore>().OpenAsync(Token);

        Assert.Equal(
            [("flag/" + Switch, "false", "true"), ("release/prod", "REL-B3 15%", "REL-B3 0%")],
            leases.Select(l => (l.Target, l.Prior, l.Value))
        );
        Assert.All(leases, l => Assert.Equal("mei", l.Owner));
        Assert.Contains("HK-06", leases[0].Affects);
    }

    [Fact]
    public async Task Within_ten_minutes_one_person_takes_it_back()
    {
        await using var house = await RolledBackAsync();
        var run = await DraftAsync(house, Switch, "lin");

        Assert.Equal(Risk.Change, run.Plan.Risk);
        await house.ConfirmAsync(run, "lin", Token);
        await house.WorkAsync(Token);
        await house.ProveAsync(Token);

        Assert.Equal("false", house.Bastion.Flags[Switch]);
        Assert.Equal(RunState.Succeeded, (await house.RunAsync(run.Id, Token)).State);
        var ended = Assert.Single(
            await house.Get<LeaseStore>().AllAsync(10, Token),
            l => l.Target == FlagTarget.Before + Switch
        );
        Assert.Equal((LeaseEnd.Reverted, "lin"), (ended.End, ended.EndedBy));
    }

    [Fact]
    public async Task Later_it_takes_two_while_its_recovery_rule_does_not_hold()
    {
        await using var house = await RolledBackAsync();
        house.Lights.Set("HK-01", house.Now, null);
        house.Advance(TimeSpan.FromMinutes(16));
        var run = await DraftAsync(house, Switch, "lin");

        Assert.Equal((Risk.Danger, RunState.AwaitingSecond), (run.Plan.Risk, run.State));
        Assert.Equal(
            "same-person",
            Assert.IsType<RunOutcome.Refused>(await house.ConfirmAsync(run, "lin", Token)).Refusal.Code
        );
        Assert.Equal(
            RunState.Confirmed,
            Assert.IsType<RunOutcome.Accepted>(await house.ConfirmAsync(run, "wu", Token)).Run.State
        );
    }

    [Fact]
    public async Task Later_one_is_enough_when_its_recovery_rule_has_held_for_three_windows()
    {
        await using var house = await RolledBackAsync();
        house.Advance(TimeSpan.FromMinutes(16));

        Assert.Equal(Risk.Change, (await DraftAsync(house, Switch, "lin")).Plan.Risk);
    }

    [Fact]
    public async Task Later_one_is_enough_when_a_hook_is_red_that_was_not_before_the_change()
    {
        await using var house = await RolledBackAsync();
        house.Lights.Set("HK-01", house.Now, null);
        house.Advance(TimeSpan.FromMinutes(16));
        house.Lights.Set("HK-05", house.Now, 0.9);

        Assert.Equal(Risk.Change, (await DraftAsync(house, Switch, "lin")).Plan.Risk);
    }

    [Fact]
    public async Task A_draft_that_outlives_its_ten_minutes_is_planned_anew_for_two()
    {
        await using var house = await RolledBackAsync();
        house.Lights.Set("HK-01", house.Now, null);
        house.Advance(TimeSpan.FromMinutes(9));
        var run = await DraftAsync(house, Switch, "lin");
        house.Advance(TimeSpan.FromMinutes(2));

        var outcome = Assert.IsType<RunOutcome.Replanned>(await house.ConfirmAsync(run, "lin", Token));

        Assert.Equal(Risk.Danger, outcome.New.Plan.Risk);
    }

    [Fact]
    public async Task The_terms_are_those_of_the_click_not_of_the_start()
    {
        await using var house = await RolledBackAsync();
        house.Lights.Set("HK-01", house.Now, null);
        house.Advance(TimeSpan.FromMinutes(9));
        var run = await DraftAsync(house, Switch, "lin");
        await house.ConfirmAsync(run, "lin", Token);
        house.Advance(TimeSpan.FromMinutes(2));
        await house.WorkAsync(Token);

        Assert.Equal("false", house.Bastion.Flags[Switch]);
    }

    [Fact]
    public async Task A_value_that_is_not_ours_is_never_overwritten()
    {
        await using var house = await RolledBackAsync();
        house.Bastion.Flags["glancy.plan.free.enabled"] = "false";
        house.Bastion.Flags[Switch] = "maybe";

        var refused = Assert.IsType<LeaseOutcome.Refused>(
            await house.Get<LeaseDesk>().RevertAsync(1, house.Person("lin"), "well again", Token)
        );

        Assert.Equal("not-ours", refused.Refusal.Code);
        Assert.Equal("maybe", house.Bastion.Flags[Switch]);
    }

    [Fact]
    public async Task A_value_that_stops_being_ours_before_the_start_stops_the_run()
    {
        await using var house = await RolledBackAsync();
        var run = await DraftAsync(house, Switch, "lin");
        await house.ConfirmAsync(run, "lin", Token);
        house.Bastion.Flags[Switch] = "maybe";
        await house.WorkAsync(Token);

        var after = await house.RunAsync(run.Id, Token);
        Assert.Equal((RunState.Aborted, "not-ours"), (after.State, after.Outcome?.Code));
        Assert.Equal("maybe", house.Bastion.Flags[Switch]);
    }

    [Fact]
    public async Task Only_the_release_manager_lets_a_change_stand()
    {
        await using var house = await RolledBackAsync();
        var desk = house.Get<LeaseDesk>();

        Assert.Equal(
            "not-on-call",
            Assert
                .IsType<LeaseOutcome.Refused>(await desk.KeepAsync(1, house.Person("lin"), "for good", Token))
                .Refusal.Code
        );
        Assert.Equal(
            LeaseEnd.Kept,
            Assert.IsType<LeaseOutcome.Ended>(await desk.KeepAsync(1, house.Person("mei"), "for good", Token)).Lease.End
        );
        Assert.Equal(
            "lease-ended",
            Assert
                .IsType<LeaseOutcome.Refused>(await desk.KeepAsync(1, house.Person("mei"), "again", Token))
                .Refusal.Code
        );
        Assert.Equal("true", house.Bastion.Flags[Switch]);
    }

    [Fact]
    public async Task The_windows_that_still_show_a_switch_start_nothing_and_prove_nothing()
    {
        await using var house = await RolledBackAsync();
        house.Lights.Set("HK-06", house.Now, 1.0);
        var run = await DraftAsync(house, Switch, "lin");
        await house.ConfirmAsync(run, "lin", Token);
        await house.WorkAsync(Token);
        await house.LookAsync(Token);

        Assert.Empty(await house.Get<EpisodeStore>().OpenAsync(Token));
        Assert.Equal(RunState.Verifying, (await house.RunAsync(run.Id, Token)).State);

        house.Advance(TimeSpan.FromMinutes(4));
        house.Lights.Set("HK-06", house.Now, double.NaN);
        await house.WorkAsync(Token);
        Assert.Equal(RunState.Verifying, (await house.RunAsync(run.Id, Token)).State);
        house.Advance(TimeSpan.FromMinutes(1));
        await house.WorkAsync(Token);
        Assert.Equal(RunState.Succeeded, (await house.RunAsync(run.Id, Token)).State);

        // The same red after the window has passed is no echo any more.
        house.Advance(TimeSpan.FromMinutes(6));
        house.Lights.Set("HK-06", house.Now, 1.0);
        await house.LookAsync(Token);
        Assert.Equal("HK-06", Assert.Single(await house.Get<EpisodeStore>().OpenAsync(Token)).Hook);
    }

    [Fact]
    public async Task Traffic_returns_only_to_a_thawed_train_with_good_lights_and_by_two()
    {
        await using var house = await RolledBackAsync();
        var desk = house.Get<LeaseDesk>();
        Assert.Equal(
            "frozen",
            Assert
                .IsType<LeaseOutcome.Refused>(await desk.RevertAsync(2, house.Person("mei"), "fixed", Token))
                .Refusal.Code
        );

        await house.ThawAsync(Token);
        house.Lights.Set("HK-02", house.Now, null);
        Assert.Equal(
            "lights-forbid",
            Assert
                .IsType<LeaseOutcome.Refused>(await desk.RevertAsync(2, house.Person("mei"), "fixed", Token))
                .Refusal.Code
        );

        house.Lights.Set("HK-02", house.Now, double.NaN);
        var run = Assert
            .IsType<LeaseOutcome.Drafted>(await desk.RevertAsync(2, house.Person("mei"), "fixed", Token))
            .Run;
        Assert.Equal(RunState.AwaitingSecond, run.State);
        await house.ConfirmAsync(run, "lin", Token);
        await house.WorkAsync(Token);
        await house.ProveAsync(Token);

        Assert.Equal(("REL-B3", "15"), (house.Bastion.Batch, house.Bastion.Weight));
        Assert.Equal(RunState.Succeeded, (await house.RunAsync(run.Id, Token)).State);
        Assert.DoesNotContain(await house.Get<LeaseStore>().OpenAsync(Token), l => !l.IsSwitch);
    }

    [Fact]
    public async Task A_freeze_between_the_click_and_the_start_holds_the_traffic_back()
    {
        await using var house = await RolledBackAsync();
        await house.ThawAsync(Token);
        var run = Assert
            .IsType<LeaseOutcome.Drafted>(
                await house.Get<LeaseDesk>().RevertAsync(2, house.Person("mei"), "fixed", Token)
            )
            .Run;
        await house.ConfirmAsync(run, "lin", Token);
        Assert.Null(await house.Get<ReleaseDesk>().FreezeAsync(house.Person("lin"), "wait", Token));
        await house.WorkAsync(Token);

        Assert.Equal(("frozen", "0"), ((await house.RunAsync(run.Id, Token)).Outcome?.Code, house.Bastion.Weight));
    }

    [Fact]
    public async Task Returned_traffic_has_its_row_from_before_it_moves_and_a_freeze_does_not_keep_it_open()
    {
        await using var house = await RolledBackAsync();
        await house.ThawAsync(Token);
        house.Bastion.AfterEffect = _ => house.Lights.Set("HK-02", house.Now, null);
        var run = Assert
            .IsType<LeaseOutcome.Drafted>(
                await house.Get<LeaseDesk>().RevertAsync(2, house.Person("mei"), "fixed", Token)
            )
            .Run;
        await house.ConfirmAsync(run, "lin", Token);
        await house.WorkAsync(Token);
        Assert.Equal(RunState.Verifying, (await house.RunAsync(run.Id, Token)).State);
        Assert.Equal(("promote", "REL-B3", 15m, "running"), await NewestAsync());

        Assert.Null(await house.Get<ReleaseDesk>().FreezeAsync(house.Person("lin"), "one light is unknown", Token));
        house.Lights.Set("HK-02", house.Now, double.NaN);
        await house.ProveAsync(Token);
        Assert.Equal(RunState.Succeeded, (await house.RunAsync(run.Id, Token)).State);
        Assert.Equal(("promote", "REL-B3", 15m, "done"), await NewestAsync());

        async Task<(string, string, decimal?, string)> NewestAsync() =>
            await house.Get<ProductDatabase>().BatchesAsync(1, Token) is [var row]
                ? (row.Kind, row.Batch, row.Weight, row.State)
                : default;
    }

    [Fact]
    public async Task A_lower_lease_ends_without_touching_production_unless_a_run_counts_on_it()
    {
        await using var house = await RolledBackAsync();
        house.Bastion.Weight = "15";
        var again = await house.DraftRollbackAsync(Token);
        await house.ConfirmAsync(again, "mei", Token);
        await house.WorkAsync(Token);
        var desk = house.Get<LeaseDesk>();
        var stacked = Assert.Single(
            await house.Get<LeaseStore>().OpenAsync(Token),
            l => l.Target == FlagTarget.Before + Switch && l.Id > 2
        );
        Assert.Equal(("true", "true"), (stacked.Prior, stacked.Value));

        Assert.IsType<LeaseOutcome.Ended>(
            await desk.RevertAsync(1, house.Person("lin"), "the newer one holds it", Token)
        );

        Assert.Equal("true", house.Bastion.Flags[Switch]);
        Assert.Equal("false", (await house.Get<LeaseStore>().FindAsync(stacked.Id, Token))?.Prior);
        var run = Assert
            .IsType<LeaseOutcome.Drafted>(await desk.RevertAsync(stacked.Id, house.Person("lin"), "well again", Token))
            .Run;
        await house.ConfirmAsync(run, "lin", Token);
        await house.WorkAsync(Token);
        Assert.Equal("false", house.Bastion.Flags[Switch]);
    }

    [Fact]
    public async Task A_plan_whose_ground_has_moved_does_not_start()
    {
        await using var house = await RolledBackAsync();
        house.Bastion.Weight = "15";
        var again = await house.DraftRollbackAsync(Token);
        await house.ConfirmAsync(again, "mei", Token);
        await house.WorkAsync(Token);
        var desk = house.Get<LeaseDesk>();
        var stacked = Assert.Single(
            await house.Get<LeaseStore>().OpenAsync(Token),
            l => l.Target == FlagTarget.Before + Switch && l.Id > 2
        );
        var run = Assert
            .IsType<LeaseOutcome.Drafted>(await desk.RevertAsync(stacked.Id, house.Person("lin"), "well again", Token))
            .Run;
        Assert.IsType<LeaseOutcome.Ended>(
            await desk.RevertAsync(1, house.Person("lin"), "the newer one holds it", Token)
        );
        await house.ConfirmAsync(run, "lin", Token);
        await house.WorkAsync(Token);

        Assert.Equal("lease-moved", (await house.RunAsync(run.Id, Token)).Outcome?.Code);
        Assert.Equal("true", house.Bastion.Flags[Switch]);
    }

    // REL-B3 rolled back by Lin and Mei, every light good, one look behind us.
    private async Task<OpsHouse> RolledBackAsync()
    {
        var house = await OpsHouse.BuildAsync(postgres, Token);
        await house.LookAsync(Token);
        await house.RollBackAsync(Token);
        return house;
    }

    private static async Task<Run> DraftAsync(OpsHouse house, string flag, string by)
    {
        var lease = Assert.Single(
            await house.Get<LeaseStore>().OpenAsync(Token),
            l => l.Target == FlagTarget.Before + flag
        );
        return Assert
            .IsType<LeaseOutcome.Drafted>(
                await house.Get<LeaseDesk>().RevertAsync(lease.Id, house.Person(by), "lookups are well", Token)
            )
            .Run;
    }
}
