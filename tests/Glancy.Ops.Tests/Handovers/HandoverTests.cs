using Glancy.Ops.Handovers;
using Glancy.Ops.Incidents;
using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Procedures;
using Glancy.Ops.Tests.Incidents;
using Glancy.Ops.Tests.Procedures;
using Glancy.Runbook.Escalation;
using Glancy.Runbook.Hooks;

namespace Glancy.Ops.Tests.Handovers;

public sealed class HandoverTests(PostgresFixture postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Those_who_leave_keep_their_role_until_the_incoming_Primary_accepts()
    {
        await using var house = await HandoverHouse.AtEveningAsync(postgres, Token);
        house.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(
            ("lin", "wu"),
            (await house.HolderAsync("primary", Token), await house.HolderAsync("secondary", Token))
        );
        var draft = await house.DraftRollbackAsync(Token, by: "mei");
        Assert.Equal(
            "not-on-roster",
            Assert.IsType<RunOutcome.Refused>(await house.ConfirmAsync(draft, "chen", Token)).Refusal.Code
        );

        Assert.IsType<HandoverOutcome.Accepted>(await house.AcceptAsync("chen", Token));

        Assert.Equal(
            ("chen", "zhao"),
            (await house.HolderAsync("primary", Token), await house.HolderAsync("secondary", Token))
        );
        Assert.Equal(
            "not-on-roster",
            Assert.IsType<RunOutcome.Refused>(await house.ConfirmAsync(draft, "lin", Token)).Refusal.Code
        );
        Assert.IsType<RunOutcome.Accepted>(await house.ConfirmAsync(draft, "chen", Token));
        Assert.True((await house.Get<AuditLog>().VerifyAsync(Token)).Intact);
    }

    [Fact]
    public async Task Without_acceptance_the_roster_wins_after_half_an_hour()
    {
        await using var house = await HandoverHouse.AtEveningAsync(postgres, Token);
        house.Advance(TimeSpan.FromMinutes(30) - TimeSpan.FromMicroseconds(1));
        Assert.Equal("lin", await house.HolderAsync("primary", Token));

        house.Advance(TimeSpan.FromMicroseconds(1));

        Assert.Equal(
            ("chen", "zhao"),
            (await house.HolderAsync("primary", Token), await house.HolderAsync("secondary", Token))
        );
    }

    [Fact]
    public async Task An_override_counts_at_once_whatever_is_accepted()
    {
        await using var house = await HandoverHouse.AtEveningAsync(postgres, Token);
        await house.Get<Ops.Roster.RosterDesk>().TakeAsync(house.Person("zhao"), "primary", null, "chen is ill", Token);

        Assert.Equal(
            ("zhao", "wu"),
            (await house.HolderAsync("primary", Token), await house.HolderAsync("secondary", Token))
        );

        // It is Zhao who takes the shift over then.
        Assert.Equal(
            "handover-not-yours",
            Assert.IsType<HandoverOutcome.Refused>(await house.AcceptAsync("chen", Token)).Refusal.Code
        );
        Assert.IsType<HandoverOutcome.Accepted>(await house.AcceptAsync("zhao", Token));
    }

    [Theory]
    [InlineData("lin")]
    [InlineData("zhao")]
    [InlineData("mei")]
    [InlineData("olga")]
    public async Task Only_the_incoming_Primary_accepts(string person)
    {
        await using var house = await HandoverHouse.AtEveningAsync(postgres, Token);

        var refused = Assert.IsType<HandoverOutcome.Refused>(await house.AcceptAsync(person, Token)).Refusal;

        Assert.Equal(("handover-not-yours", "chen"), (refused.Code, refused.Arguments[1]));
        Assert.Equal("lin", await house.HolderAsync("primary", Token));
    }

    [Fact]
    public async Task Two_presses_at_once_are_one_acceptance_and_both_are_answered()
    {
        await using var house = await HandoverHouse.AtEveningAsync(postgres, Token);

        var outcomes = await Task.WhenAll(house.AcceptAsync("chen", Token), house.AcceptAsync("chen", Token));

        Assert.Single(outcomes.OfType<HandoverOutcome.Accepted>());
        Assert.Equal("handover-accepted", Assert.Single(outcomes.OfType<HandoverOutcome.Refused>()).Refusal.Code);
        Assert.Single(await house.Get<AuditLog>().SearchAsync(new AuditQuery(Action: "handover-accept"), Token));
        var said = Assert.Single(await house.SaidAsync("handover-accepted-clean", Token));
        Assert.Equal(Handover.KeyOf(HandoverHouse.Evening), said.Under);
        Assert.Equal(2, Assert.Single(await house.SaidAsync("card-handover", Token)).Revision);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Accepting_is_never_refused_for_what_is_left_but_the_mark_is(bool carries)
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        await house.GoAsync(Token);
        await house.OpenAsync(Severity.Sev2, Token);
        house.AdvanceTo(HandoverHouse.Evening);
        await house.GoAsync(Token);

        var accepted = Assert.IsType<HandoverOutcome.Accepted>(await house.AcceptAsync("chen", Token));

        Assert.Equal("handover-incident-unowned", Assert.Single(accepted.InTheWay).Code);
        Assert.Null(accepted.Handover.Clean);
        Assert.Equal("chen", await house.HolderAsync("primary", Token));
        var mark = Assert.IsType<HandoverOutcome.Refused>(
            await house.Get<HandoverDesk>().CleanAsync(house.Person("chen"), Token)
        );
        Assert.Equal(("handover-not-clean", 1), (mark.Refusal.Code, mark.Reasons.Count));

        // Somebody who comes has it; somebody who leaves would not do.
        var incident = Assert.Single(await house.Get<IncidentStore>().ListAsync(openOnly: true, 10, Token));
        await house.Get<IncidentResponse>().AcknowledgeAsync(house.Person("chen"), incident.Id, AckWay.Said, Token);
        var owned = Assert.IsType<HandoverOutcome.Refused>(
            await house.Get<HandoverDesk>().CleanAsync(house.Person("chen"), Token)
        );
        Assert.Equal(
            ("handover-incident-open", "chen"),
            (Assert.Single(owned.Reasons).Code, owned.Reasons[0].Arguments[3])
        );

        // "Confirm no Sev is open": §3.
        Assert.IsType<IncidentOutcome.Accepted>(await house.CloseAsync(incident, Token, by: "chen"));
        if (carries)
        {
            await house.Get<FollowUpDesk>().AddAsync(house.Person("chen"), "write to the customers", null, null, Token);
        }

        var clean = Assert
            .IsType<HandoverOutcome.Accepted>(await house.Get<HandoverDesk>().CleanAsync(house.Person("chen"), Token))
            .Handover;
        Assert.NotNull(clean.Clean);
        Assert.Equal(carries ? ["F-1"] : [], clean.Left);
        var said = Assert.Single(await house.SaidAsync(carries ? "handover-clean-carried" : "handover-clean", Token));
        Assert.Equal(carries ? "F-1" : "", said.Arguments["left_items"]);
        Assert.Equal(
            "handover-clean-already",
            Assert
                .IsType<HandoverOutcome.Refused>(
                    await house.Get<HandoverDesk>().CleanAsync(house.Person("chen"), Token)
                )
                .Refusal.Code
        );
    }

    [Theory]
    [InlineData(Severity.Sev1, "handover-incident-open")]
    [InlineData(Severity.Sev2, "handover-incident-open")]
    [InlineData(Severity.Sev3, null)]
    public async Task A_grave_incident_is_never_handed_over_clean_whoever_has_it(Severity severity, string? code)
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        await house.GoAsync(Token);
        var incident = await house.OpenAsync(severity, Token);
        Assert.IsType<IncidentOutcome.Accepted>(await house.AcknowledgeAsync(incident, "mei", Token));
        house.AdvanceTo(HandoverHouse.Evening);
        await house.GoAsync(Token);

        var accepted = Assert.IsType<HandoverOutcome.Accepted>(await house.AcceptAsync("chen", Token));

        Assert.Equal(code, accepted.InTheWay.SingleOrDefault()?.Code);
        Assert.Equal(code is null, accepted.Handover.Clean is not null);
        Assert.Equal([incident.Id], accepted.Handover.Left);
        var said = Assert.Single(
            await house.SaidAsync(code is null ? "handover-accepted-carried" : "handover-accepted", Token)
        );
        Assert.Equal(incident.Id, said.Arguments["left_items"]);
        Assert.Empty(await house.SaidAsync("handover-accepted-clean", Token));
    }

    [Fact]
    public async Task A_train_that_was_moved_without_a_rule_and_a_freeze_are_left_over_and_named()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        await house.GoAsync(Token);
        await house.RollBackAsync(Token);
        await house.ProveAsync(Token);
        await house.Get<FollowUpDesk>().AddAsync(house.Person("wu"), "write to the customers", null, null, Token);
        house.AdvanceTo(HandoverHouse.Evening);
        await house.GoAsync(Token);

        var accepted = Assert.IsType<HandoverOutcome.Accepted>(await house.AcceptAsync("chen", Token));

        Assert.Equal(["handover-train-without-rule"], accepted.InTheWay.Select(r => r.Code));
        Assert.Null(accepted.Handover.Clean);
        Assert.Equal(["L-1", "L-2", "freeze", "F-1"], accepted.Handover.Left);
        Assert.Equal(
            accepted.Handover.Left,
            (await house.Get<HandoverStore>().GetAsync(HandoverHouse.Evening, Token))?.Left
        );
        Assert.Equal("chen", await house.HolderAsync("primary", Token));
    }

    [Fact]
    public async Task A_run_that_has_not_ended_is_left_over()
    {
        await using var house = await HandoverHouse.AtEveningAsync(postgres, Token);
        var draft = await house.DraftRollbackAsync(Token, by: "mei");

        var accepted = Assert.IsType<HandoverOutcome.Accepted>(await house.AcceptAsync("chen", Token));

        Assert.Equal([draft.Name], accepted.Handover.Left);
        Assert.NotNull(accepted.Handover.Clean);
        Assert.Equal(
            draft.Name,
            Assert.Single(await house.SaidAsync("handover-accepted-carried", Token)).Arguments["left_items"]
        );
    }

    [Fact]
    public async Task The_facts_are_those_of_the_boundary_and_what_cannot_be_read_is_unknown()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        await house.GoAsync(Token);
        await house.RollBackAsync(Token);
        house.AdvanceTo(HandoverHouse.Evening);
        house.Bastion.Away = true;
        await house.GoAsync(Token);

        var facts = (await house.Get<HandoverStore>().GetAsync(HandoverHouse.Evening, Token))?.Facts;

        Assert.NotNull(facts);
        Assert.Equal(("day", "night"), (facts.Before, facts.Shift));
        Assert.Equal(("lin", "chen"), (facts.Outgoing["primary"][0], facts.Incoming["primary"][0]));
        Assert.Null(facts.Release);
        Assert.Equal("unreachable-bastion", facts.ReleaseUnknown?.Code);
        Assert.NotNull(facts.Frozen);
        Assert.Equal(house.Get<Ops.Runbook.RunbookHolder>().Current.Hooks.Count, facts.Hooks.Count);
        Assert.DoesNotContain(facts.Hooks, h => h.Light == Light.Green && h.Value is null);
        Assert.Contains(facts.Switches, s => s.Target == "flag/glancy.lookup.force_basic");
    }
}
