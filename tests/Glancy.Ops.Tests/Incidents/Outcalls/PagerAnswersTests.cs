using Glancy.Ops.Connectors.PagerDuty;
using Glancy.Ops.Incidents;
using Glancy.Ops.Incidents.Outcalls;
using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Tests.Connectors.PagerDuty;
using Glancy.Ops.Tests.Handovers;
using Glancy.Ops.Tests.Procedures;
using Glancy.Runbook.Escalation;

namespace Glancy.Ops.Tests.Incidents.Outcalls;

/// <summary>What people do at PagerDuty, heard by its webhooks.</summary>
public sealed class PagerAnswersTests(PostgresFixture postgres)
{
    private const string Acknowledged = "incident.acknowledged";
    private const string Resolved = "incident.resolved";
    private const string Stranger = "PNOBODY";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_acknowledges_there_has_it_here_once()
    {
        await using var outside = await StandInOutside.StartAsync(Token);
        await using var house = await OutcallHouse.BuildAsync(postgres, outside, PagerOwner.PagerDuty, Token);
        var incident = await RingAsync(house, Severity.Sev1);
        house.Advance(TimeSpan.FromMinutes(1));
        var word = Word(house, Acknowledged, Pager(house, "lin"), Key(incident));
        Assert.All(
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => SayAsync(house, word))),
            taken => Assert.Equal(PagerTaken.Heard, taken)
        );
        await house.DeliverAsync(Token);

        var details = await DetailsAsync(house, incident);
        Assert.Equal(("lin", null), (details.Incident.Acknowledged?.By, details.Clock?.DueAt));
        Assert.Single(await house.SaidAsync("incident-acknowledged", Token));
        var entry = Assert.Single(
            (await house.Get<AuditLog>().SearchAsync(new AuditQuery(Action: "incident-ack"), Token))
        );
        Assert.Equal(("lin", "pagerduty"), (entry.Actor, entry.Detail["by"]));

        // It needs not be told what it told us.
        Assert.Equal(["rings"], outside.Pager.Select(e => e.Split(' ')[0]));
        await house.CloseAsync(incident, Token);
        await house.DeliverAsync(Token);
        Assert.Equal(["rings", "resolved"], outside.Pager.Select(e => e.Split(' ')[0]));
    }

    [Fact]
    public async Task It_counts_for_whom_PagerDuty_called_though_the_roster_has_another_by_now()
    {
        await using var outside = await StandInOutside.StartAsync(Token);
        await using var house = await OutcallHouse.BuildAsync(postgres, outside, PagerOwner.PagerDuty, Token);
        var incident = await RingAsync(house, Severity.Sev2);
        house.Advance(TimeSpan.FromHours(13));
        Assert.Equal("incident-not-on-roster", (await house.AcknowledgeAsync(incident, "lin", Token)).Code());
        await SayAsync(house, Word(house, Acknowledged, Pager(house, "lin"), Key(incident)));

        Assert.Equal("lin", (await DetailsAsync(house, incident)).Incident.Acknowledged?.By);
    }

    [Fact]
    public async Task What_is_of_an_alert_before_does_not_silence_the_one_that_rings()
    {
        await using var outside = await StandInOutside.StartAsync(Token);
        await using var house = await OutcallHouse.BuildAsync(postgres, outside, PagerOwner.PagerDuty, Token);
        var incident = await RingAsync(house, Severity.Sev2);
        house.Advance(TimeSpan.FromMinutes(1));
        var (early, earlyStranger) = (
            Word(house, Acknowledged, Pager(house, "lin"), Key(incident)),
            Word(house, Resolved, Stranger, Key(incident), id: "02")
        );
        await SayAsync(house, early);
        house.Advance(TimeSpan.FromMinutes(1));
        await house.RegradeAsync(incident, Severity.Sev1, Token);
        await house.DeliverAsync(Token);

        await SayAsync(house, early);
        await SayAsync(house, earlyStranger);
        Assert.Null((await DetailsAsync(house, incident)).Incident.Acknowledged);
        Assert.Empty(await house.SaidAsync("incident-pager-left", Token));

        house.Advance(TimeSpan.FromMinutes(1));
        await SayAsync(house, Word(house, Acknowledged, Pager(house, "wu"), Key(incident), id: "03"));
        Assert.Equal("wu", (await DetailsAsync(house, incident)).Incident.Acknowledged?.By);
    }

    [Fact]
    public async Task Whom_nobody_knows_has_nothing_and_that_is_said_once()
    {
        await using var outside = await StandInOutside.StartAsync(Token);
        await using var house = await OutcallHouse.BuildAsync(postgres, outside, PagerOwner.PagerDuty, Token);
        var incident = await RingAsync(house, Severity.Sev1);
        house.Advance(TimeSpan.FromMinutes(1));
        var word = Word(house, Acknowledged, Stranger, Key(incident));
        await Task.WhenAll(SayAsync(house, word), SayAsync(house, word), SayAsync(house, word));

        Assert.Null((await DetailsAsync(house, incident)).Incident.Acknowledged);
        Assert.Equal(
            "Somebody <!channel>",
            Assert.Single(await house.SaidAsync("incident-pager-stranger", Token)).Arguments["name"]
        );

        // PagerDuty calls nobody else now, so we do; what one of us says there later counts, and the end is told.
        await house.EscalateAsync(Token);
        Assert.Equal(["lin", "wu"], await house.CalledAsync(Token));
        house.Advance(TimeSpan.FromMinutes(1));
        await SayAsync(house, Word(house, Acknowledged, Pager(house, "mei"), Key(incident), id: "02"));
        Assert.Equal("mei", (await DetailsAsync(house, incident)).Incident.Acknowledged?.By);
        await SayAsync(house, Word(house, Acknowledged, Stranger, Key(incident), id: "03"));
        Assert.Single(await house.SaidAsync("incident-pager-stranger", Token));
        await house.CloseAsync(incident, Token);
        await house.DeliverAsync(Token);
        Assert.Equal("resolved", outside.Pager.Last().Split(' ')[0]);
    }

    [Fact]
    public async Task Ended_there_by_nobody_our_own_chain_goes_on_and_our_own_word_is_not_taken_for_that()
    {
        await using var outside = await StandInOutside.StartAsync(Token);
        await using var house = await OutcallHouse.BuildAsync(postgres, outside, PagerOwner.PagerDuty, Token);
        var (ended, raised) = (await RingAsync(house, Severity.Sev2), await RingAsync(house, Severity.Sev2));
        house.Advance(TimeSpan.FromMinutes(15));
        await house.EscalateAsync(Token);
        await SayAsync(house, Word(house, Resolved, null, Key(ended)));
        await SayAsync(house, Word(house, Resolved, null, Key(ended)));
        Assert.Equal(
            ended.Id,
            Assert.Single(await house.SaidAsync("incident-pager-ended", Token)).Arguments["incident"]
        );
        await house.EscalateAsync(Token);
        Assert.Equal("wu", (await house.CalledAsync(Token))[^1]);

        await house.RegradeAsync(raised, Severity.Sev1, Token);
        await house.DeliverAsync(Token);
        house.Advance(TimeSpan.FromSeconds(1));
        await SayAsync(house, Word(house, Resolved, null, Key(raised), id: "02"));
        Assert.Single(await house.SaidAsync("incident-pager-ended", Token));
        Assert.Equal("rings", outside.Pager.Last(e => e.EndsWith(raised.Id, StringComparison.Ordinal)).Split(' ')[0]);
    }

    [Fact]
    public async Task A_merge_there_says_nothing_of_who_has_it()
    {
        await using var outside = await StandInOutside.StartAsync(Token);
        await using var house = await OutcallHouse.BuildAsync(postgres, outside, PagerOwner.PagerDuty, Token);
        var incident = await RingAsync(house, Severity.Sev2);
        house.Advance(TimeSpan.FromMinutes(1));
        foreach (var user in new[] { Pager(house, "lin"), Stranger, null })
        {
            Assert.True(
                PagerDutyWebhook.TryRead(
                    PagerDelivery.Of(Resolved, house.Now, user, Key(incident), merged: true),
                    out var word
                )
            );
            Assert.Equal(PagerTaken.NotOurs, await SayAsync(house, word));
        }

        Assert.Null((await DetailsAsync(house, incident)).Incident.Acknowledged);
        await house.DeliverAsync(Token);
        Assert.Equal(["rings"], outside.Pager.Select(e => e.Split(' ')[0]));
    }

    [Fact]
    public async Task While_the_end_of_the_alert_before_is_on_its_way_nothing_said_there_counts()
    {
        await using var outside = await StandInOutside.StartAsync(Token);
        await using var house = await OutcallHouse.BuildAsync(postgres, outside, PagerOwner.PagerDuty, Token);
        var incident = await RingAsync(house, Severity.Sev2);
        house.Advance(TimeSpan.FromMinutes(5));
        await house.RegradeAsync(incident, Severity.Sev1, Token);
        house.Advance(TimeSpan.FromMinutes(1));
        await SayAsync(house, Word(house, Acknowledged, Pager(house, "lin"), Key(incident)));
        Assert.Null((await DetailsAsync(house, incident)).Incident.Acknowledged);

        // Lowered to what PagerDuty does not own, its alert is over for us.
        await house.DeliverAsync(Token);
        await house.RegradeAsync(incident, Severity.Sev3, Token);
        house.Advance(TimeSpan.FromMinutes(1));
        await SayAsync(house, Word(house, Acknowledged, Pager(house, "lin"), Key(incident), id: "02"));
        Assert.Null((await DetailsAsync(house, incident)).Incident.Acknowledged);
    }

    [Fact]
    public async Task What_PagerDuty_speaks_of_has_arrived_though_its_answer_was_lost()
    {
        await using var outside = await StandInOutside.StartAsync(Token);
        await using var house = await OutcallHouse.BuildAsync(postgres, outside, PagerOwner.PagerDuty, Token);
        var incident = await house.OpenAsync(Severity.Sev2, Token);
        outside.Moods.Enqueue(Mood.Losing);
        await house.DeliverAsync(Token);
        Assert.Equal(["pagerduty trigger waiting"], await house.StatesAsync(Token));
        house.Advance(TimeSpan.FromMinutes(1));
        await SayAsync(house, Word(house, Acknowledged, Pager(house, "lin"), Key(incident)));
        Assert.Equal(["pagerduty trigger delivered"], await house.StatesAsync(Token));

        // Raised, the alert that is acknowledged there ends, and another rings.
        await house.RegradeAsync(incident, Severity.Sev1, Token);
        await house.DeliverAsync(Token);
        Assert.Equal(["rings", "resolved", "rings"], outside.Pager.Select(e => e.Split(' ')[0]));
    }

    [Fact]
    public async Task Resolved_there_by_whom_nobody_knows_our_own_chain_goes_on()
    {
        await using var outside = await StandInOutside.StartAsync(Token);
        await using var house = await OutcallHouse.BuildAsync(postgres, outside, PagerOwner.PagerDuty, Token);
        var incident = await RingAsync(house, Severity.Sev2);
        house.Advance(TimeSpan.FromMinutes(15));
        await house.EscalateAsync(Token);
        Assert.Equal(["lin"], await house.CalledAsync(Token));

        var word = Word(house, Resolved, Stranger, Key(incident));
        await SayAsync(house, word);
        await SayAsync(house, word);
        await house.EscalateAsync(Token);
        Assert.Single(await house.SaidAsync("incident-pager-left", Token));
        Assert.Equal(["lin", "wu"], await house.CalledAsync(Token));
        house.Advance(TimeSpan.FromMinutes(15));
        await house.EscalateAsync(Token);
        Assert.Equal(3, (await house.CalledAsync(Token)).Count);
    }

    [Fact]
    public async Task Resolved_there_by_one_of_us_it_is_theirs_and_stays_open()
    {
        await using var outside = await StandInOutside.StartAsync(Token);
        await using var house = await OutcallHouse.BuildAsync(postgres, outside, PagerOwner.PagerDuty, Token);
        var incident = await RingAsync(house, Severity.Sev2);
        house.Advance(TimeSpan.FromMinutes(1));
        var word = Word(house, Resolved, Pager(house, "lin"), Key(incident));
        await SayAsync(house, word);
        await SayAsync(house, word);

        var details = await DetailsAsync(house, incident);
        Assert.Equal(("lin", null), (details.Incident.Acknowledged?.By, details.Incident.Closed));
        Assert.Single(await house.SaidAsync("incident-pager-resolved", Token));
    }

    [Fact]
    public async Task The_alerts_of_the_incident_say_of_which_of_ours_it_is()
    {
        await using var outside = await StandInOutside.StartAsync(Token);
        await using var rest = await StandInPagerRest.StartAsync(Token);
        await using var house = await OutcallHouse.BuildAsync(
            postgres,
            outside,
            PagerOwner.PagerDuty,
            Token,
            rest: rest
        );
        var (one, two) = (await RingAsync(house, Severity.Sev1), await RingAsync(house, Severity.Sev2));
        house.Advance(TimeSpan.FromMinutes(1));
        rest.Alerts["PMERGED"] = ["of somebody else", Key(one), Key(two), "glancy/other/" + one.Id];

        // What is known is not kept waiting by what is not.
        var word = Word(house, Acknowledged, Pager(house, "lin"), Key(one), incident: "PMERGED");
        rest.Instead = (500, "{}");
        Assert.Equal(PagerTaken.Later, await SayAsync(house, word));
        Assert.Equal("lin", (await DetailsAsync(house, one)).Incident.Acknowledged?.By);
        Assert.Null((await DetailsAsync(house, two)).Incident.Acknowledged);
        rest.Instead = null;
        Assert.Equal(PagerTaken.Heard, await SayAsync(house, word));

        Assert.Empty(rest.Wrong);
        Assert.Equal("lin", (await DetailsAsync(house, one)).Incident.Acknowledged?.By);
        Assert.Equal("lin", (await DetailsAsync(house, two)).Incident.Acknowledged?.By);
    }

    [Fact]
    public async Task What_is_not_ours_changes_nothing()
    {
        await using var outside = await StandInOutside.StartAsync(Token);
        await using var house = await OutcallHouse.BuildAsync(postgres, outside, PagerOwner.Ours, Token);
        var incident = await RingAsync(house, Severity.Sev1);
        house.Advance(TimeSpan.FromMinutes(1));
        var lin = Pager(house, "lin");

        Assert.Equal(
            PagerTaken.NotOurs,
            await SayAsync(house, Word(house, Acknowledged, lin, "glancy/other/" + incident.Id))
        );
        Assert.Equal(PagerTaken.NotOurs, await SayAsync(house, Word(house, Acknowledged, lin, null)));
        Assert.Equal(PagerTaken.NotOurs, await SayAsync(house, Word(house, Acknowledged, null, Key(incident))));
        Assert.Equal(PagerTaken.NotOurs, await SayAsync(house, Word(house, "incident.triggered", lin, Key(incident))));

        // A key like ours that we never rang with.
        Assert.Equal(PagerTaken.Heard, await SayAsync(house, Word(house, Acknowledged, lin, Key(incident))));
        Assert.Equal(PagerTaken.Heard, await SayAsync(house, Word(house, Resolved, Stranger, Key(incident))));
        Assert.Equal(
            PagerTaken.Heard,
            await SayAsync(house, Word(house, Acknowledged, lin, "glancy/sandbox/INC-1999-0101-01"))
        );
        var details = await DetailsAsync(house, incident);
        Assert.Null(details.Incident.Acknowledged);
        Assert.Empty(await house.SaidAsync("incident-pager-left", Token));
    }

    private static async Task<Incident> RingAsync(OpsHouse house, Severity severity)
    {
        var incident = await house.OpenAsync(severity, Token);
        await house.DeliverAsync(Token);
        return incident;
    }

    private static string Key(Incident incident) => "glancy/sandbox/" + incident.Id;

    private static string Pager(OpsHouse house, string person) =>
        house.Person(person).PagerDuty ?? throw new InvalidOperationException($"{person} has no account.");

    private static PagerWord Word(
        OpsHouse house,
        string type,
        string? user,
        string? key,
        string id = "01",
        string incident = "PGR0VU2"
    ) =>
        PagerDutyWebhook.TryRead(PagerDelivery.Of(type, house.Now, user, key, id, incident), out var word)
            ? word
            : throw new InvalidOperationException("not read");

    private static Task<PagerTaken> SayAsync(OpsHouse house, PagerWord word) =>
        house.Get<PagerAnswers>().TakeAsync(word, Token);

    private static async Task<IncidentDetails> DetailsAsync(OpsHouse house, Incident incident) =>
        await house.Get<IncidentStore>().DetailsAsync(incident.Id, Token)
        ?? throw new InvalidOperationException("gone");
}
