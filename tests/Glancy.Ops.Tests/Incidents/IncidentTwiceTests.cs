using Glancy.Ops.Incidents;
using Glancy.Ops.Tests.Alerts;
using Glancy.Ops.Tests.Procedures;
using Glancy.Runbook.Escalation;

namespace Glancy.Ops.Tests.Incidents;

public sealed class IncidentTwiceTests(PostgresFixture postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("wu", "exports are late", Severity.Sev2)]
    [InlineData("lin", "exports are late", Severity.Sev2)]
    [InlineData("lin", " Exports are LATE ", Severity.Sev1)]
    public async Task Two_who_open_the_same_at_once_open_one_and_call_one_chain(
        string second,
        string title,
        Severity severity
    )
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);

        var outcomes = await Task.WhenAll(
            OpenAsync(house, "wu", Severity.Sev2, "exports are late"),
            OpenAsync(house, second, severity, title)
        );

        var incident = Assert.Single(outcomes.OfType<IncidentOutcome.Accepted>()).Details.Incident;
        var refused = Assert.Single(outcomes.OfType<IncidentOutcome.Refused>()).Refusal;
        Assert.Equal(
            ("incident-just-opened", incident.Id, incident.Level, incident.OpenedBy),
            (refused.Code, refused.Arguments[0], refused.Arguments[1], refused.Arguments[2])
        );
        Assert.Single(await house.Get<IncidentStore>().ListAsync(openOnly: true, 10, Token));
        Assert.Single(await house.CalledAsync(Token));
    }

    [Fact]
    public async Task Other_words_another_minute_and_what_is_closed_are_other_incidents()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var first = Assert
            .IsType<IncidentOutcome.Accepted>(await OpenAsync(house, "wu", Severity.Sev3, "exports are late"))
            .Details.Incident;
        Assert.IsType<IncidentOutcome.Accepted>(await OpenAsync(house, "wu", Severity.Sev3, "exports are late again"));
        await house.CloseAsync(first, Token);
        Assert.IsType<IncidentOutcome.Accepted>(await OpenAsync(house, "wu", Severity.Sev3, "exports are late"));

        house.Advance(TimeSpan.FromMinutes(2));

        Assert.IsType<IncidentOutcome.Accepted>(await OpenAsync(house, "wu", Severity.Sev3, "exports are late"));
    }

    [Fact]
    public async Task An_alert_has_one_incident_while_that_is_open_however_late_the_second_click_is()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var group = await house.HearAsync(AlertHouse.Told("k", AlertHouse.Fires("1")), Token);
        var first = Assert
            .IsType<IncidentOutcome.Accepted>(
                await OpenAsync(house, "wu", Severity.Sev2, group.Name + " the queue is long")
            )
            .Details.Incident;
        house.Advance(TimeSpan.FromMinutes(9));

        var refused = Assert
            .IsType<IncidentOutcome.Refused>(
                await OpenAsync(house, "lin", Severity.Sev1, group.Name.ToLowerInvariant() + " exports")
            )
            .Refusal;

        Assert.Equal(("incident-of-alert", first.Id), (refused.Code, refused.Arguments[0]));
        await house.CloseAsync(first, Token);
        Assert.IsType<IncidentOutcome.Accepted>(await OpenAsync(house, "lin", Severity.Sev1, group.Name + " exports"));
    }

    [Fact]
    public async Task An_alert_that_came_back_as_another_group_has_the_incident_of_the_first()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var group = await house.HearAsync(AlertHouse.Told("k", AlertHouse.Fires("1")), Token);
        var opened = await OpenAsync(house, "wu", Severity.Sev2, group.Name + " the queue is long");
        var first = Assert.IsType<IncidentOutcome.Accepted>(opened).Details.Incident;
        await house.HearAsync(AlertHouse.Told("k", AlertHouse.Fires("1").Over()), Token);
        house.Advance(TimeSpan.FromMinutes(16));
        var again = await house.HearAsync(
            AlertHouse.Told("k", AlertHouse.Fires("1", AlertHouse.Began.AddMinutes(16))),
            Token
        );
        Assert.NotEqual(group.Id, again.Id);

        var refused = Assert
            .IsType<IncidentOutcome.Refused>(await OpenAsync(house, "lin", Severity.Sev1, again.Name + " exports"))
            .Refusal;

        Assert.Equal(("incident-of-alert", first.Id), (refused.Code, refused.Arguments[0]));
    }

    private static Task<IncidentOutcome> OpenAsync(OpsHouse house, string person, Severity severity, string title) =>
        house.Get<IncidentDesk>().OpenAsync(house.Person(person), severity, title, Token);
}
