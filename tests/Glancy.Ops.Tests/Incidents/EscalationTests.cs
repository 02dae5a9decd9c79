using Glancy.Ops.Incidents;
using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Roster;
using Glancy.Ops.Tests.Procedures;
using Glancy.Runbook.Escalation;
using Glancy.Runbook.People;

namespace Glancy.Ops.Tests.Incidents;

public sealed class EscalationTests(PostgresFixture postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Severity.Sev1, 5)]
    [InlineData(Severity.Sev2, 15)]
    [InlineData(Severity.Sev3, 30)]
    public async Task Each_severity_walks_the_chain_in_its_own_time(Severity severity, int minutes)
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var incident = await house.OpenAsync(severity, Token);
        Assert.Equal(["lin"], await house.CalledAsync(Token));

        foreach (var expected in (string[])["wu", "mei,han", "bai,gao"])
        {
            house.Advance(TimeSpan.FromMinutes(minutes) - TimeSpan.FromSeconds(1));
            await house.EscalateAsync(Token);
            Assert.NotEqual(expected, (await house.CalledAsync(Token))[^1]);
            house.Advance(TimeSpan.FromSeconds(1));
            await house.EscalateAsync(Token);
            Assert.Equal(expected, (await house.CalledAsync(Token))[^1]);
        }

        // After the last it says that nobody answered, once, and begins again with the first.
        house.Advance(TimeSpan.FromMinutes(minutes));
        await house.EscalateAsync(Token);
        Assert.Equal(["lin", "wu", "mei,han", "bai,gao", "lin"], await house.CalledAsync(Token));
        Assert.Single(await house.NoticesAsync(Token), n => n.Template == "incident-chain-ended");
        var events = await house.Get<AuditLog>().SearchAsync(new AuditQuery(Action: "incident-call"), Token);
        Assert.Equal(["lin", "bai,gao", "mei,han", "wu"], events.Select(e => e.After));
        Assert.All(events, e => Assert.Equal(incident.Id, e.Incident));
        Assert.True((await house.Get<AuditLog>().VerifyAsync(Token)).Intact);
    }

    [Fact]
    public async Task Who_is_called_gets_a_message_of_their_own_too()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        await house.OpenAsync(Severity.Sev2, Token);
        house.Advance(TimeSpan.FromMinutes(15));
        await house.EscalateAsync(Token);
        house.Advance(TimeSpan.FromMinutes(15));
        await house.EscalateAsync(Token);

        Assert.Equal(
            ["lin", "wu", "mei", "han"],
            (await house.NoticesAsync(Token)).Where(n => n.Kind == "direct").Select(n => n.Arguments["to"])
        );
    }

    [Fact]
    public async Task Who_acknowledges_or_closes_ends_the_calls()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var held = await house.OpenAsync(Severity.Sev1, Token);
        var closed = await house.OpenAsync(Severity.Sev1, Token);

        var details = Assert.IsType<IncidentOutcome.Accepted>(await house.AcknowledgeAsync(held, "wu", Token)).Details;
        await house.CloseAsync(closed, Token);
        house.Advance(TimeSpan.FromHours(3));
        await house.EscalateAsync(Token);

        Assert.Equal(("wu", null), (details.Incident.Acknowledged?.By, details.Clock?.DueAt));
        Assert.Equal(["lin", "lin"], await house.CalledAsync(Token));
        Assert.Equal("incident-acknowledged", (await house.AcknowledgeAsync(held, "lin", Token)).Code());
        Assert.Equal("incident-closed", (await house.AcknowledgeAsync(closed, "lin", Token)).Code());
    }

    [Fact]
    public async Task Sixteen_rounds_at_once_call_each_step_once()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        await house.OpenAsync(Severity.Sev1, Token);
        await house.OpenAsync(Severity.Sev2, Token);
        house.Advance(TimeSpan.FromMinutes(15));

        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => house.EscalateAsync(Token)));

        Assert.Equal(
            ["bai,gao", "lin", "lin", "mei,han", "wu", "wu"],
            (await house.CalledAsync(Token)).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Time_that_was_slept_over_is_caught_up_in_order_and_not_over_more_than_one_way_through_the_chain()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        await house.OpenAsync(Severity.Sev1, Token);
        house.Advance(TimeSpan.FromMinutes(11));
        await house.EscalateAsync(Token);
        Assert.Equal(["lin", "wu", "mei,han"], await house.CalledAsync(Token));

        house.Advance(TimeSpan.FromHours(8));
        await house.EscalateAsync(Token);

        Assert.Equal(["bai,gao", "lin", "wu", "mei,han"], (await house.CalledAsync(Token)).Skip(3));
        house.Advance(TimeSpan.FromMinutes(5));
        await house.EscalateAsync(Token);
        Assert.Equal("bai,gao", (await house.CalledAsync(Token))[^1]);
    }

    [Fact]
    public async Task Who_holds_the_role_when_the_step_is_due_is_called()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        await house.OpenAsync(Severity.Sev2, Token);
        await house.Get<RosterDesk>().TakeAsync(house.Person("zhao"), "secondary", null, "wu is ill", Token);
        house.Advance(TimeSpan.FromMinutes(15));
        await house.EscalateAsync(Token);

        Assert.Equal(["lin", "zhao"], await house.CalledAsync(Token));
    }

    [Fact]
    public async Task Raised_it_has_to_be_acknowledged_anew_and_lowered_it_stays_in_hand()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var incident = await house.OpenAsync(Severity.Sev2, Token);
        await house.AcknowledgeAsync(incident, "lin", Token);

        var raised = Assert
            .IsType<IncidentOutcome.Accepted>(await house.RegradeAsync(incident, Severity.Sev1, Token))
            .Details;
        Assert.Equal(
            (Severity.Sev1, null, house.Now + TimeSpan.FromMinutes(5)),
            (raised.Incident.Severity, raised.Incident.Acknowledged, raised.Clock?.DueAt)
        );
        Assert.Equal(["lin", "lin"], await house.CalledAsync(Token));

        await house.AcknowledgeAsync(incident, "wu", Token);
        var lowered = Assert
            .IsType<IncidentOutcome.Accepted>(await house.RegradeAsync(incident, Severity.Sev3, Token))
            .Details;
        Assert.Equal(
            (Severity.Sev3, "wu", null),
            (lowered.Incident.Severity, lowered.Incident.Acknowledged?.By, lowered.Clock?.DueAt)
        );
        Assert.Equal("incident-severity-same", (await house.RegradeAsync(incident, Severity.Sev3, Token)).Code());
    }

    [Fact]
    public async Task Lowered_before_anybody_answered_the_next_gets_the_longer_time()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var incident = await house.OpenAsync(Severity.Sev1, Token);
        house.Advance(TimeSpan.FromMinutes(2));

        var lowered = Assert
            .IsType<IncidentOutcome.Accepted>(await house.RegradeAsync(incident, Severity.Sev2, Token))
            .Details;

        Assert.Equal(house.Now + TimeSpan.FromMinutes(13), lowered.Clock?.DueAt);
        Assert.Equal(["lin"], await house.CalledAsync(Token));
    }

    [Fact]
    public async Task The_chain_knows_the_severitys_time_and_a_step_that_nobody_holds_is_passed_over_and_said()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var content = house.Get<Ops.Runbook.RunbookHolder>().Current;
        var onCall = await house.Get<DutyRoster>().HoldersAsync(house.Now, Token);
        var chain = content.Escalation.Chain;
        var every = TimeSpan.FromMinutes(5);
        var nobody = onCall with { Holders = onCall.Holders.ToDictionary(h => h.Key, h => (IReadOnlyList<Person>)[]) };
        var noSecond = onCall with
        {
            Holders = onCall.Holders.ToDictionary(h => h.Key, h => h.Key == "secondary" ? [] : h.Value),
        };

        var passed = EscalationTurn.Of(chain, every, 1, house.Now, house.Now, noSecond);
        Assert.Equal(["secondary"], passed.PassedOver.SelectMany(s => s.Roles));
        Assert.Equal(
            (3, "mei,han", house.Now + every),
            (passed.Call?.Number, string.Join(',', passed.Call?.Persons.Select(p => p.Id) ?? []), passed.DueAt)
        );
        var none = EscalationTurn.Of(chain, every, 2, house.Now, house.Now, nobody);
        Assert.Equal((4, true, 0, house.Now + every), (none.PassedOver.Count, none.ChainEnded, none.Next, none.DueAt));
        Assert.Null(none.Call);
    }
}
