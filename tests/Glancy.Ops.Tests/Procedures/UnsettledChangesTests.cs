using Glancy.Ops.Leases;
using Glancy.Ops.Procedures;

namespace Glancy.Ops.Tests.Procedures;

/// <summary>What a run changed and did not see through stays in the books when it ends, however it ends.</summary>
public sealed class UnsettledChangesTests(PostgresFixture postgres)
{
    private const string Release = "release/prod";
    private const string Basic = "flag/glancy.lookup.force_basic";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_script_that_acts_and_then_fails_leaves_its_changes_as_leases_when_the_run_is_aborted()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Bastion.Behaviour["rollback_stage"] = "fails-after-acting";
        var run = await house.RollBackAsync(Token);
        Assert.Empty(await OpenAsync(house));

        await AbortAsync(house, run);

        Assert.Equal([(Basic, "false", "true"), (Release, "REL-B3 15%", "REL-B3 0%")], await OpenAsync(house));
    }

    [Fact]
    public async Task A_script_that_failed_and_changed_nothing_leaves_no_lease()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Bastion.Behaviour["rollback_stage"] = "fails";
        var run = await house.RollBackAsync(Token);

        await AbortAsync(house, run);

        Assert.Empty(await OpenAsync(house));
    }

    [Fact]
    public async Task What_another_hand_brought_elsewhere_is_not_ours()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Bastion.Behaviour["rollback_stage"] = "fails";
        var run = await house.RollBackAsync(Token);
        house.Bastion.Weight = "5";

        await AbortAsync(house, run);

        Assert.Empty(await OpenAsync(house));
    }

    [Fact]
    public async Task Where_nobody_can_look_what_was_begun_counts_as_changed()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Bastion.Behaviour["rollback_stage"] = "fails";
        var run = await house.RollBackAsync(Token);
        house.Bastion.Away = true;

        await AbortAsync(house, run);

        Assert.Equal([(Basic, "false", "true"), (Release, "REL-B3 15%", "REL-B3 0%")], await OpenAsync(house));
    }

    [Fact]
    public async Task A_step_that_was_left_out_because_it_had_been_done_by_hand_leaves_a_lease()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Bastion.Behaviour["rollback_stage"] = "fails";
        var run = await house.RollBackAsync(Token);
        (house.Bastion.Weight, house.Bastion.Flags["glancy.lookup.force_basic"]) = ("0", "true");
        foreach (var person in new[] { "lin", "mei" })
        {
            await house.Get<RunDesk>().SkipAsync(run.Id, "execute", "by hand", house.Person(person), Token);
        }

        await house.WorkAsync(Token);
        await house.ProveAsync(Token);

        Assert.Equal(RunState.Succeeded, (await house.RunAsync(run.Id, Token)).State);
        Assert.Equal([(Basic, "false", "true"), (Release, "REL-B3 15%", "REL-B3 0%")], await OpenAsync(house));
    }

    private static async Task AbortAsync(OpsHouse house, Run run)
    {
        Assert.Equal(RunState.Paused, (await house.RunAsync(run.Id, Token)).State);
        Assert.IsType<RunOutcome.Accepted>(
            await house.Get<RunDesk>().AbortAsync(run.Id, house.Person("lin"), "enough", Token)
        );
        await house.WorkAsync(Token);
        Assert.Equal(RunState.Aborted, (await house.RunAsync(run.Id, Token)).State);
    }

    private static async Task<IReadOnlyList<(string Target, string Prior, string Value)>> OpenAsync(OpsHouse house) =>
        [
            .. (await house.Get<LeaseStore>().OpenAsync(Token))
                .Select(l => (l.Target, l.Prior, l.Value))
                .OrderBy(l => l.Target, StringComparer.Ordinal),
        ];
}
