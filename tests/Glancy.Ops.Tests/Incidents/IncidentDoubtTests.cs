using Glancy.Ops.Handovers;
using Glancy.Ops.Incidents;
using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Tests.Alerts;
using Glancy.Ops.Tests.Procedures;
using Glancy.Runbook.Escalation;

namespace Glancy.Ops.Tests.Incidents;

public sealed class IncidentDoubtTests(PostgresFixture postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_nobody_has_had_and_whose_alert_fires_is_not_closed_without_a_word_why()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var group = await house.HearAsync(AlertHouse.Told("k", AlertHouse.Fires("1")), Token);
        var incident = await house.OpenAsync(Severity.Sev2, Token, title: group.Name + " the queue is long");
        await house
            .Get<FollowUpDesk>()
            .AddAsync(house.Person("wu"), $"write to the customers of {incident.Id}", null, null, Token);

        var refused = Assert.IsType<IncidentOutcome.Refused>(await CloseAsync(house, incident, null));

        Assert.Equal(("incident-doubtful", "3"), (refused.Refusal.Code, refused.Refusal.Arguments[1]));
        Assert.Equal(
            [
                ("incident-never-acknowledged", incident.Id),
                ("incident-alert-fires", group.Name),
                ("incident-follow-up-open", "F-1"),
            ],
            refused.Reasons.Select(r => (r.Code, r.Arguments[0]))
        );

        var closed = Assert
            .IsType<IncidentOutcome.Accepted>(await CloseAsync(house, incident, "the alert counts what is deleted"))
            .Details.Incident;
        Assert.NotNull(closed.Closed);
        var said = Assert.Single(
            await house.Get<AuditLog>().SearchAsync(new AuditQuery(Action: "incident-close"), Token)
        );
        Assert.Equal("the alert counts what is deleted", said.Detail?["anyway"]);
        Assert.Contains($"incident-alert-fires {group.Name}", said.Detail?["although"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Once_somebody_has_had_it_and_the_alert_is_over_nothing_is_asked()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var group = await house.HearAsync(AlertHouse.Told("k", AlertHouse.Fires("1")), Token);
        var incident = await house.OpenAsync(Severity.Sev2, Token, title: group.Name + " the queue is long");
        await house.AcknowledgeAsync(incident, "lin", Token);
        await house
            .Get<FollowUpDesk>()
            .AddAsync(house.Person("wu"), "write to the customers of INC-2025-0417-01", null, null, Token);
        Assert.Equal(
            ["incident-alert-fires"],
            Assert.IsType<IncidentOutcome.Refused>(await CloseAsync(house, incident, null)).Reasons.Select(r => r.Code)
        );

        await house.HearAsync(AlertHouse.Told("k", AlertHouse.Fires("1").Over()), Token);

        Assert.IsType<IncidentOutcome.Accepted>(await CloseAsync(house, incident, null));
        Assert.False(
            Assert
                .Single(await house.Get<AuditLog>().SearchAsync(new AuditQuery(Action: "incident-close"), Token))
                .Detail?.ContainsKey("anyway")
        );
    }

    [Fact]
    public async Task An_alert_that_came_back_as_another_group_is_a_doubt()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var group = await house.HearAsync(AlertHouse.Told("k", AlertHouse.Fires("1")), Token);
        var incident = await house.OpenAsync(Severity.Sev2, Token, title: group.Name + " the queue is long");
        await house.AcknowledgeAsync(incident, "lin", Token);
        await house.HearAsync(AlertHouse.Told("k", AlertHouse.Fires("1").Over()), Token);
        house.Advance(TimeSpan.FromMinutes(16));
        var again = await house.HearAsync(
            AlertHouse.Told("k", AlertHouse.Fires("1", AlertHouse.Began.AddMinutes(16))),
            Token
        );
        Assert.NotEqual(group.Id, again.Id);

        var doubt = Assert.Single(
            Assert.IsType<IncidentOutcome.Refused>(await CloseAsync(house, incident, null)).Reasons
        );

        Assert.Equal(("incident-alert-fires", again.Name), (doubt.Code, doubt.Arguments[0]));
    }

    [Fact]
    public async Task A_red_hook_is_a_doubt_and_an_open_run_stays_more_than_one()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var incident = await house.OpenAsync(Severity.Sev1, Token);
        await house.AcknowledgeAsync(incident, "lin", Token);
        house.Lights.Set("HK-03", house.Now, 1.4);
        await house.LookAsync(Token);

        var refused = Assert.IsType<IncidentOutcome.Refused>(await CloseAsync(house, incident, null));
        Assert.Equal(
            ("incident-hook-red", "HK-03"),
            (Assert.Single(refused.Reasons).Code, refused.Reasons[0].Arguments[0])
        );

        // What is left of it is not closed over by any word.
        await house.BreakGlassAsync(await house.DraftRollbackAsync(Token), "lin", Token);
        Assert.Equal("incident-not-closable", (await CloseAsync(house, incident, "never mind")).Code());
    }

    private static Task<IncidentOutcome> CloseAsync(OpsHouse house, Incident incident, string? anyway) =>
        house.Get<IncidentDesk>().CloseAsync(house.Person("lin"), incident.Id, "over", anyway, Token);
}
