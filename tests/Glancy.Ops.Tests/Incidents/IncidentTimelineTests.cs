using Glancy.Ops.Incidents;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Tests.Alerts;
using Glancy.Ops.Tests.Procedures;
using Glancy.Runbook.Escalation;
using static Glancy.Ops.Tests.Alerts.AlertHouse;

namespace Glancy.Ops.Tests.Incidents;

public sealed class IncidentTimelineTests(PostgresFixture postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Words_calls_runs_and_switches_stand_in_the_order_in_which_they_happened()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var incident = await house.OpenAsync(Severity.Sev1, Token);
        house.Advance(TimeSpan.FromMinutes(1));
        await house.AcknowledgeAsync(incident, "lin", Token);
        await house.Get<IncidentResponse>().CommandAsync(house.Person("lin"), incident.Id, "mei", "gao sleeps", Token);
        house.Advance(TimeSpan.FromMinutes(1));
        await house.RollBackAsync(Token);
        house.Advance(TimeSpan.FromMinutes(1));
        await house.Get<IncidentResponse>().NoteAsync(house.Person("wu"), incident.Id, "lookups answer", Token);

        var lines = (await house.Get<IncidentTimeline>().ReadAsync(incident.Id, 100, Token)).Lines;

        Assert.Equal(["opened", "called", "acknowledged", "command"], lines.Take(4).Select(l => l.Kind));
        Assert.Equal(("note", "wu", "lookups answer"), (lines[^1].Kind, lines[^1].Actor, lines[^1].Detail["note"]));
        Assert.Contains(
            lines,
            l => l.Kind == IncidentTimeline.Run && l.Detail["run"] == "R-1" && l.Detail["what"] == "run-running"
        );
        Assert.Contains(
            lines,
            l =>
                l.Kind == IncidentTimeline.Switched
                && l.Detail["target"] == "flag/glancy.lookup.force_basic"
                && l.Detail["value"] == "true"
        );
        Assert.Equal(lines.OrderBy(l => l.At).Select(l => l.At), lines.Select(l => l.At));

        var cut = await house.Get<IncidentTimeline>().ReadAsync(incident.Id, 3, Token);
        Assert.Equal((3, lines.Count - 3, "note"), (cut.Lines.Count, cut.Earlier, cut.Lines[^1].Kind));
    }

    [Fact]
    public async Task A_run_of_nobodys_is_no_lines_while_two_incidents_are_open_and_a_run_of_ones_own_always()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var first = await house.OpenAsync(Severity.Sev1, Token);
        var second = await house.OpenAsync(Severity.Sev2, Token);
        house.Advance(TimeSpan.FromMinutes(1));
        await house.RollBackAsync(Token);
        Assert.DoesNotContain(
            await KindsAsync(house, first),
            k => k is IncidentTimeline.Run or IncidentTimeline.Switched
        );

        await house
            .Get<BotDatabase>()
            .ExecuteAsync("update glancy.run set incident_id = @Id where id = 1", new { second.Id }, Token);

        Assert.Contains(IncidentTimeline.Run, await KindsAsync(house, second));
        Assert.Contains(IncidentTimeline.Switched, await KindsAsync(house, second));
        Assert.DoesNotContain(
            await KindsAsync(house, first),
            k => k is IncidentTimeline.Run or IncidentTimeline.Switched
        );
    }

    [Fact]
    public async Task Alerts_stand_between_what_people_did_also_one_that_fired_before()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var over = await house.HearAsync(Told("gone", Fires("g", name: "Gone")), Token);
        await house.HearAsync(Told("gone", Fires("g", name: "Gone").Over(1)), Token);
        var fires = await house.HearAsync(Told("k", Fires("a")), Token);
        house.Advance(TimeSpan.FromMinutes(10));
        var incident = await house.OpenAsync(Severity.Sev2, Token);
        house.Advance(TimeSpan.FromMinutes(1));
        var later = await house.HearAsync(Told("later", Fires("l", house.Now, "QueueHigh")), Token);
        house.Advance(TimeSpan.FromMinutes(1));
        await house.HearAsync(Told("k", Fires("a").Over(12)), Token);
        await house
            .Get<BotDatabase>()
            .ExecuteAsync(
                "update glancy.alert_group set verified_at = @at where id = @Id",
                new { at = house.Now.AddMinutes(1).UtcDateTime, fires.Id },
                Token
            );
        house.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(
            [
                $"alert {fires.Name} CostBurnHigh",
                "opened",
                "called",
                $"alert {later.Name} QueueHigh",
                $"alert-over {fires.Name} CostBurnHigh",
                $"alert-verified {fires.Name} CostBurnHigh",
            ],
            await SaidAsync(house, incident)
        );
        Assert.DoesNotContain(await SaidAsync(house, incident), l => l.Contains(over.Name, StringComparison.Ordinal));

        // What comes when it is over, or while another is open, is not its own.
        await house.CloseAsync(incident, Token);
        house.Advance(TimeSpan.FromMinutes(1));
        await house.HearAsync(Told("after", Fires("x", house.Now, "After")), Token);
        Assert.DoesNotContain(await SaidAsync(house, incident), l => l.Contains("After", StringComparison.Ordinal));
        var (one, two) = (await house.OpenAsync(Severity.Sev2, Token), await house.OpenAsync(Severity.Sev3, Token));
        house.Advance(TimeSpan.FromMinutes(1));
        await house.HearAsync(Told("both", Fires("y", house.Now, "Both")), Token);
        Assert.DoesNotContain(
            (await SaidAsync(house, one)).Concat(await SaidAsync(house, two)),
            l => l.Contains("Both", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Of_a_storm_there_is_one_line()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var incident = await house.OpenAsync(Severity.Sev2, Token);
        for (var i = 0; i < 10; i++)
        {
            await house.HearAsync(Told("k" + i, Fires("f" + i, house.Now, "Alert" + i)), Token);
        }

        var said = await SaidAsync(house, incident);
        Assert.Equal(6, said.Count(l => l.StartsWith("alert ", StringComparison.Ordinal)));
        Assert.Equal(
            "4",
            Assert
                .Single(
                    (await house.Get<IncidentTimeline>().ReadAsync(incident.Id, 100, Token)).Lines,
                    l => l.Kind == IncidentTimeline.Storm
                )
                .Detail["count"]
        );
    }

    [Fact]
    public async Task A_message_is_pinned_once_in_each_incident_whoever_does_it_at_once()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var message = new PinnedMessage(
            "the cache was cold",
            "https://x.slack.com/archives/C1/p1745000000000100?thread_ts=1.2",
            "wu"
        );
        Assert.Equal("no-open-incident", Code(await PinAsync("lin", null)));
        var first = await house.OpenAsync(Severity.Sev2, Token);

        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(i => PinAsync(i % 2 == 0 ? "lin" : "wu", null))
        );

        Assert.Single(outcomes.OfType<IncidentOutcome.Accepted>());
        Assert.All(outcomes.OfType<IncidentOutcome.Refused>(), r => Assert.Equal("pin-known", r.Refusal.Code));
        var line = Assert.Single(
            (await house.Get<IncidentTimeline>().ReadAsync(first.Id, 100, Token)).Lines,
            l => l.Kind == "pinned-by"
        );
        Assert.Equal(("wu", "C1/1745000000.000100"), (line.Detail["by"], line.Detail["source"]));

        var second = await house.OpenAsync(Severity.Sev3, Token);
        Assert.Equal("which-incident", Code(await PinAsync("lin", null)));
        Assert.IsType<IncidentOutcome.Accepted>(await PinAsync("lin", second.Id));
        message = message with { Link = "javascript:alert(1)" };
        Assert.Equal("bad-link", Code(await PinAsync("lin", second.Id)));

        Task<IncidentOutcome> PinAsync(string person, string? id) =>
            house.Get<IncidentResponse>().PinAsync(house.Person(person), id, message, Token);
    }

    private static async Task<IReadOnlyList<string>> SaidAsync(OpsHouse house, Incident incident) =>
        [
            .. (await house.Get<IncidentTimeline>().ReadAsync(incident.Id, 100, Token)).Lines.Select(l =>
                l.Detail.TryGetValue("alert", out var alert) ? $"{l.Kind} {alert} {l.Detail["called"]}" : l.Kind
            ),
        ];

    private static string Code(IncidentOutcome outcome) => Assert.IsType<IncidentOutcome.Refused>(outcome).Refusal.Code;

    private static async Task<IReadOnlyList<string>> KindsAsync(OpsHouse house, Incident incident) =>
        [.. (await house.Get<IncidentTimeline>().ReadAsync(incident.Id, 100, Token)).Lines.Select(l => l.Kind)];
}
