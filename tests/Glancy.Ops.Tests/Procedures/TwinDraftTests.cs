using Glancy.Ops.Leases;
using Glancy.Ops.Procedures;
using Glancy.Ops.Releases;

namespace Glancy.Ops.Tests.Procedures;

/// <summary>Whoever asks for what is drafted already is shown the draft that waits.</summary>
public sealed class TwinDraftTests(PostgresFixture postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_second_rollback_of_the_same_batch_is_the_first_whatever_its_reason()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var first = await house.DraftRollbackAsync(Token);

        Assert.Equal(first.Id, await AgainAsync(house, "rollback", "wu", ("batch", "REL-B3")));
        Assert.Single(await house.Get<RunStore>().ListAsync(openOnly: false, 10, Token));
    }

    [Fact]
    public async Task Sixteen_at_once_make_one()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var arguments = new Dictionary<string, string> { ["reason"] = "Doubao is down" };

        var outcomes = await Task.WhenAll(
            Enumerable
                .Range(0, 16)
                .Select(i =>
                    house
                        .Get<Drafts>()
                        .DraftAsync(
                            "kill-switch",
                            arguments,
                            house.Person(i % 2 == 0 ? "lin" : "wu"),
                            "Doubao is down",
                            Token
                        )
                )
        );

        Assert.Single(outcomes.OfType<DraftOutcome.Drafted>());
        Assert.Equal(15, outcomes.OfType<DraftOutcome.Waits>().Count());
        Assert.Single(await house.Get<RunStore>().ListAsync(openOnly: false, 50, Token));
    }

    [Theory]
    [InlineData("kill-switch")]
    [InlineData("exports-off")]
    public async Task Procedures_without_a_red_light_have_no_twins_either(string procedure)
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var arguments = new Dictionary<string, string> { ["reason"] = "the SOP says so" };
        var first = Assert
            .IsType<DraftOutcome.Drafted>(
                await house
                    .Get<Drafts>()
                    .DraftAsync(procedure, arguments, house.Person("lin"), "the SOP says so", Token)
            )
            .Run;

        Assert.Equal(first.Id, await AgainAsync(house, procedure, "wu"));
    }

    [Fact]
    public async Task A_thaw_has_none()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        await house.RollBackAsync(Token);
        house.Advance(TimeSpan.FromMinutes(31));
        var arguments = new Dictionary<string, string> { ["reason"] = "steady" };
        var first = Assert
            .IsType<DraftOutcome.Drafted>(
                await house.Get<Drafts>().DraftAsync("thaw", arguments, house.Person("mei"), "steady", Token)
            )
            .Run;

        Assert.Equal(first.Id, await AgainAsync(house, "thaw", "lin"));
    }

    [Fact]
    public async Task Taking_a_lease_back_has_none()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        await house.RollBackAsync(Token);
        var lease = (await house.Get<LeaseStore>().OpenAsync(Token)).First(l => l.IsSwitch);
        var first = Assert
            .IsType<LeaseOutcome.Drafted>(
                await house.Get<LeaseDesk>().RevertAsync(lease.Id, house.Person("lin"), "well", Token)
            )
            .Run;

        var second = await house.Get<LeaseDesk>().RevertAsync(lease.Id, house.Person("mei"), "well again", Token);

        Assert.Equal(first.Id, Assert.IsType<LeaseOutcome.Waits>(second).Run.Id);
    }

    [Fact]
    public async Task A_person_who_asks_for_what_the_bot_has_drafted_is_shown_that()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Lights.Set("HK-01", house.Now, 0.95);
        await house.LookAsync(Token);
        var drafted = Assert.Single(await house.Get<RunStore>().ListAsync(openOnly: true, 10, Token));
        Assert.Equal(RollbackWays.OneRung, drafted.Definition.Id);
        var arguments = new Dictionary<string, string> { ["batch"] = "REL-B3", ["reason"] = "mine" };

        var outcome = await house
            .Get<Drafts>()
            .DraftAsync(RollbackWays.OneRung, arguments, house.Person("lin"), "mine", Token);

        Assert.Equal(drafted.Id, Assert.IsType<DraftOutcome.Waits>(outcome).Run.Id);
    }

    [Fact]
    public async Task What_waits_is_planned_anew_when_the_world_has_moved()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var first = await house.DraftRollbackAsync(Token);
        house.Bastion.Weight = "50";

        var shown = await AgainAsync(house, "rollback", "wu", ("batch", "REL-B3"));

        Assert.Equal((first.Id + 1, RunState.Superseded), (shown, (await house.RunAsync(first.Id, Token)).State));
        Assert.Equal("REL-B3 50%", (await house.RunAsync(shown, Token)).Plan.Prior["release/prod"]);
    }

    [Fact]
    public async Task Another_batch_an_expired_one_and_one_that_runs_are_no_twins()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var expired = await house.DraftRollbackAsync(Token);
        house.Advance(TimeSpan.FromMinutes(31));
        var second = await house.DraftRollbackAsync(Token);
        Assert.NotEqual(expired.Id, second.Id);
        await house.ConfirmAsync(second, "mei", Token);

        Assert.NotEqual(second.Id, (await house.DraftRollbackAsync(Token, "wu")).Id);
    }

    private static async Task<long> AgainAsync(
        OpsHouse house,
        string procedure,
        string person,
        params (string Name, string Value)[] more
    )
    {
        var arguments = more.ToDictionary(a => a.Name, a => a.Value);
        arguments["reason"] = "another reason";
        return Assert
            .IsType<DraftOutcome.Waits>(
                await house
                    .Get<Drafts>()
                    .DraftAsync(procedure, arguments, house.Person(person), "another reason", Token)
            )
            .Run.Id;
    }
}
