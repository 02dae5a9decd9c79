using Glancy.Ops.Incidents;
using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Notices;
using Glancy.Ops.Procedures;
using Glancy.Ops.Tests.Procedures;
using Glancy.Runbook.Escalation;

namespace Glancy.Ops.Tests.Incidents;

public sealed class IncidentDeskTests(PostgresFixture postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ids_count_within_the_Shanghai_day_of_the_opening()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var first = await house.OpenAsync(Severity.Sev1, Token);
        var second = await house.OpenAsync(Severity.Sev3, Token, by: "sun");
        house.AdvanceTo(new DateTimeOffset(2025, 4, 18, 15, 59, 59, TimeSpan.Zero));
        var lastOfTheDay = await house.OpenAsync(Severity.Sev2, Token, by: "mei");
        house.Advance(TimeSpan.FromSeconds(1));
        var nextDay = await house.OpenAsync(Severity.Sev2, Token, by: "mei");

        Assert.Equal(
            ["INC-2025-0418-01", "INC-2025-0418-02", "INC-2025-0418-03", "INC-2025-0419-01"],
            [first.Id, second.Id, lastOfTheDay.Id, nextDay.Id]
        );
    }

    [Fact]
    public async Task Sixteen_who_open_at_once_get_sixteen_numbers_in_a_row()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);

        var opened = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(n => house.OpenAsync(Severity.Sev2, Token, title: $"thing {n}"))
        );

        Assert.Equal(Enumerable.Range(1, 16).Select(n => $"INC-2025-0418-{n:00}"), opened.Select(i => i.Id).Order());
    }

    [Theory]
    [InlineData("olga")]
    [InlineData("chen")]
    public async Task Who_is_not_on_the_roster_neither_opens_nor_closes(string person)
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var incident = await house.OpenAsync(Severity.Sev2, Token);

        Assert.Equal(
            "incident-not-on-roster",
            (await house.Get<IncidentDesk>().OpenAsync(house.Person(person), Severity.Sev1, "x", Token)).Code()
        );
        Assert.Equal("incident-not-on-roster", (await house.CloseAsync(incident, Token, by: person)).Code());
        Assert.Single(await house.Get<IncidentStore>().ListAsync(openOnly: true, 10, Token));
    }

    [Fact]
    public async Task Each_word_leaves_one_post_and_one_event_that_names_the_incident()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var incident = await house.OpenAsync(Severity.Sev2, Token);
        var closed = Assert.IsType<IncidentOutcome.Accepted>(await house.CloseAsync(incident, Token)).Details.Incident;

        Assert.Equal(("lin", "over"), (closed.Closed?.By, closed.Closed?.Reason));
        Assert.Equal(
            ["incident-opened", "incident-closed-anyway"],
            (await house.Get<NoticeBoard>().ListAsync(0, 10, Token))
                .Where(n => n.Kind == "post")
                .Select(n => n.Template)
        );
        var events = await house.Get<AuditLog>().SearchAsync(new AuditQuery(), Token);
        Assert.Equal(
            [("incident-close", incident.Id), ("incident-open", incident.Id)],
            events.Select(e => (e.Action, e.Incident ?? ""))
        );
    }

    [Fact]
    public async Task What_is_closed_is_not_closed_again_and_what_is_not_there_not_at_all()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var incident = await house.OpenAsync(Severity.Sev2, Token);
        await house.CloseAsync(incident, Token);

        Assert.Equal("incident-closed", (await house.CloseAsync(incident, Token, by: "wu")).Code());
        Assert.Equal(
            "unknown-incident",
            (await house.CloseAsync(incident with { Id = "INC-2025-0418-99" }, Token)).Code()
        );
    }

    [Fact]
    public async Task Closing_is_refused_with_every_reason_at_once()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var incident = await house.OpenAsync(Severity.Sev1, Token);
        house.Lights.Set("HK-01", house.Now, 0.9);
        var draft = await house.DraftRollbackAsync(Token);
        await house.BreakGlassAsync(draft, "lin", Token);
        await house.WorkAsync(Token);
        Assert.Equal(RunState.Verifying, (await house.RunAsync(draft.Id, Token)).State);

        var refused = Assert.IsType<IncidentOutcome.Refused>(await house.CloseAsync(incident, Token));

        Assert.Equal("incident-not-closable", refused.Refusal.Code);
        Assert.Equal(
            ["break-glass-unreviewed", "incident-run-open", "incident-lease-open"],
            refused.Reasons.Select(r => r.Code)
        );
        Assert.Equal([incident.Id, draft.Name, "lin"], refused.Reasons[0].Arguments);
        Assert.Equal("flag/glancy.lookup.force_basic", refused.Reasons[2].Arguments[0]);
        var details = await house.Get<IncidentStore>().DetailsAsync(incident.Id, Token);
        Assert.Equal(refused.Reasons.Select(r => r.Code), details?.InTheWay.Select(r => r.Code));
    }

    [Fact]
    public async Task It_closes_when_nothing_is_left()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var incident = await house.OpenAsync(Severity.Sev1, Token);
        var draft = await house.DraftRollbackAsync(Token);
        await house.BreakGlassAsync(draft, "lin", Token);
        await house.WorkAsync(Token);
        await house.ProveAsync(Token);
        Assert.Equal(RunState.Succeeded, (await house.RunAsync(draft.Id, Token)).State);

        await house.ReviewAsync(incident, "mei", Token);
        Assert.Equal(
            ["incident-lease-open"],
            Assert.IsType<IncidentOutcome.Refused>(await house.CloseAsync(incident, Token)).Reasons.Select(r => r.Code)
        );
        await house
            .Get<BotDatabase>()
            .ExecuteAsync(
                "update glancy.lease set released_at = now(), ended_how = 'Kept', ended_by = 'mei' where target like "
                    + "'flag/%'",
                null,
                Token
            );

        Assert.IsType<IncidentOutcome.Accepted>(await house.CloseAsync(incident, Token));
        Assert.Empty(await house.Get<IncidentStore>().ListAsync(openOnly: true, 10, Token));
    }

    [Fact]
    public async Task A_switch_from_before_the_incident_is_not_its_business()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        await SwitchAsync(house);
        house.Advance(TimeSpan.FromMinutes(1));
        var incident = await house.OpenAsync(Severity.Sev2, Token);

        Assert.IsType<IncidentOutcome.Accepted>(await house.CloseAsync(incident, Token));

        var next = await house.OpenAsync(Severity.Sev2, Token);
        house.Advance(TimeSpan.FromMinutes(1));
        await SwitchAsync(house);
        Assert.Equal("incident-not-closable", (await house.CloseAsync(next, Token)).Code());
    }

    [Fact]
    public async Task A_title_longer_than_a_line_or_two_is_refused()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);

        Assert.Equal(
            "bad-parameter",
            (
                await house
                    .Get<IncidentDesk>()
                    .OpenAsync(house.Person("lin"), Severity.Sev1, new string('x', 201), Token)
            ).Code()
        );
    }

    private static Task<int> SwitchAsync(OpsHouse house) =>
        house
            .Get<BotDatabase>()
            .ExecuteAsync(
                "insert into glancy.lease (target, prior, value, owner, reason, since, affects) values "
                    + "('flag/glancy.cache.mode', 'normal', 'l2_prio', 'lin', 'cost', @at, '{}')",
                new { at = house.Now.ToUniversalTime() },
                Token
            );
}
