using Glancy.Ops.Connectors.Notifier;
using Glancy.Ops.Incidents;
using Glancy.Ops.Incidents.Outcalls;
using Glancy.Ops.Kernel.Database;
using Glancy.Runbook.Escalation;

namespace Glancy.Ops.Tests.Incidents.Outcalls;

public sealed class OutcallTests(PostgresFixture postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PagerDuty_rings_once_and_hears_of_the_acknowledgement_and_the_end_whatever_it_answers()
    {
        await using var outside = await StandInOutside.StartAsync(Token);
        await using var house = await OutcallHouse.BuildAsync(postgres, outside, PagerOwner.PagerDuty, Token);
        var incident = await house.OpenAsync(Severity.Sev1, Token);
        foreach (var mood in (Mood[])[Mood.Failing, Mood.TooMany, Mood.Hanging, Mood.Losing])
        {
            outside.Moods.Enqueue(mood);
            await house.DeliverAsync(Token);
            Assert.Equal(["pagerduty trigger waiting"], await house.StatesAsync(Token));
            await house.WaitedAsync(Token);
        }

        await house.DeliverAsync(Token);
        await house.AcknowledgeAsync(incident, "lin", Token);
        await house.CloseAsync(incident, Token);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => house.DeliverAsync(Token)));

        var key = "glancy/sandbox/" + incident.Id;
        Assert.Empty(outside.Wrong);
        Assert.Equal(["rings " + key, "repeated " + key], outside.Pager.Take(2));
        Assert.Equal("resolved " + key, outside.Pager.Last());
        Assert.Single(outside.Pager, e => e.StartsWith("rings", StringComparison.Ordinal));
    }

    [Fact]
    public async Task While_PagerDuty_has_it_our_chain_rests_and_where_it_could_not_be_told_ours_goes_on()
    {
        await using var outside = await StandInOutside.StartAsync(Token);
        await using var house = await OutcallHouse.BuildAsync(postgres, outside, PagerOwner.PagerDuty, Token);
        await house.OpenAsync(Severity.Sev2, Token);
        await house.DeliverAsync(Token);
        house.Advance(TimeSpan.FromHours(1));
        await house.EscalateAsync(Token);
        Assert.Equal(["lin"], await house.CalledAsync(Token));
        Assert.Contains(await house.NoticesAsync(Token), n => n.Template == "incident-pager-has-it");

        var second = await house.OpenAsync(Severity.Sev2, Token);
        outside.Moods.Enqueue(Mood.Failing);
        await house.DeliverAsync(Token);
        house.Advance(TimeSpan.FromMinutes(15));
        await house.EscalateAsync(Token);
        Assert.Equal(["lin", "lin", "wu"], await house.CalledAsync(Token));
        Assert.NotNull((await house.Get<IncidentStore>().DetailsAsync(second.Id, Token))?.Clock?.DueAt);
    }

    [Fact]
    public async Task Raised_it_rings_anew_under_the_same_key_and_never_twice_at_a_time()
    {
        await using var outside = await StandInOutside.StartAsync(Token);
        await using var house = await OutcallHouse.BuildAsync(postgres, outside, PagerOwner.PagerDuty, Token);
        var incident = await house.OpenAsync(Severity.Sev2, Token);
        await house.DeliverAsync(Token);
        await house.AcknowledgeAsync(incident, "lin", Token);
        await house.DeliverAsync(Token);

        await house.RegradeAsync(incident, Severity.Sev1, Token);
        await house.DeliverAsync(Token);
        await house.RegradeAsync(incident, Severity.Sev3, Token);
        await house.DeliverAsync(Token);

        Assert.Empty(outside.Wrong);
        Assert.Equal(
            ["rings", "acknowledged", "resolved", "rings", "resolved"],
            outside.Pager.Select(e => e.Split(' ')[0])
        );
        Assert.Single(outside.Pager.Select(e => e.Split(' ')[1]).Distinct());
    }

    [Fact]
    public async Task What_PagerDuty_is_told_of_one_incident_keeps_its_order()
    {
        await using var outside = await StandInOutside.StartAsync(Token);
        await using var house = await OutcallHouse.BuildAsync(postgres, outside, PagerOwner.PagerDuty, Token);
        var incident = await house.OpenAsync(Severity.Sev2, Token);
        await house.DeliverAsync(Token);
        await house.RegradeAsync(incident, Severity.Sev1, Token);

        outside.Moods.Enqueue(Mood.Failing);
        await house.DeliverAsync(Token);
        Assert.Equal(
            ["pagerduty trigger delivered", "pagerduty resolve waiting", "pagerduty trigger waiting"],
            await house.StatesAsync(Token)
        );
        Assert.Equal(["rings"], outside.Pager.Select(e => e.Split(' ')[0]));

        await house.WaitedAsync(Token);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => house.DeliverAsync(Token)));
        await house.DeliverAsync(Token);
        Assert.Equal(["rings", "resolved", "rings"], outside.Pager.Select(e => e.Split(' ')[0]));
    }

    [Fact]
    public async Task A_pager_that_is_not_set_up_is_said_once_and_our_chain_goes_on()
    {
        await using var outside = await StandInOutside.StartAsync(Token);
        await using var house = await OutcallHouse.BuildAsync(
            postgres,
            outside,
            PagerOwner.PagerDuty,
            Token,
            pager: false
        );
        var incident = await house.OpenAsync(Severity.Sev1, Token);
        await house.DeliverAsync(Token);
        house.Advance(TimeSpan.FromMinutes(5));
        await house.EscalateAsync(Token);
        await house.AcknowledgeAsync(incident, "wu", Token);
        await house.DeliverAsync(Token);

        Assert.Equal(["lin", "wu"], await house.CalledAsync(Token));
        Assert.Equal(["pagerduty trigger given-up"], await house.StatesAsync(Token));
        Assert.Single(
            await house.NoticesAsync(Token),
            n => n.Template == "incident-not-reached" && n.Arguments["trouble"] == "not-set-up"
        );
        Assert.Empty(outside.Pager);
    }

    [Fact]
    public async Task Who_is_called_is_reached_by_every_way_that_is_set_up_and_by_none_for_a_Sev_3()
    {
        await using var outside = await StandInOutside.StartAsync(Token);
        await using var house = await OutcallHouse.BuildAsync(
            postgres,
            outside,
            PagerOwner.Ours,
            Token,
            false,
            null,
            "Feishu",
            "DingTalk",
            "WeCom",
            "Sms"
        );
        var incident = await house.OpenAsync(Severity.Sev1, Token);
        await house.OpenAsync(Severity.Sev3, Token);
        await house.DeliverAsync(Token);

        Assert.Empty(outside.Wrong);
        Assert.Equal(
            [("dingtalk", "13900000000"), ("feishu", ""), ("sms", "+8613900000000"), ("wecom", "13900000000")],
            outside.Texts.Select(t => (t.Way, t.To)).OrderBy(t => t.Way, StringComparer.Ordinal)
        );
        Assert.All(outside.Texts, t => Assert.StartsWith($"lin {incident.Id} https://glancy.example/ack/", t.Text));
        Assert.Empty(outside.Pager);

        // Wu has no phone.
        outside.Texts.Clear();
        house.Advance(TimeSpan.FromMinutes(5));
        await house.EscalateAsync(Token);
        await house.DeliverAsync(Token);
        Assert.Equal(["dingtalk", "feishu", "wecom"], outside.Texts.Select(t => t.Way).Order());
    }

    [Fact]
    public async Task What_cannot_be_delivered_is_given_up_and_the_card_says_so()
    {
        await using var outside = await StandInOutside.StartAsync(Token);
        await using var house = await OutcallHouse.BuildAsync(
            postgres,
            outside,
            PagerOwner.Ours,
            Token,
            false,
            null,
            "Sms"
        );
        var incident = await house.OpenAsync(Severity.Sev1, Token);
        for (var i = 0; i < OutcallDelivery.MostAttempts; i++)
        {
            outside.Moods.Enqueue(Mood.Failing);
            await house.WaitedAsync(Token);
            await house.DeliverAsync(Token);
        }

        Assert.Equal(["sms call given-up"], await house.StatesAsync(Token));
        Assert.Equal(
            ("sms", "lin", "http-503"),
            (await house.Get<IncidentStore>().DetailsAsync(incident.Id, Token))
                ?.Undelivered.Select(u => (u.Service, u.Person ?? "", u.Trouble))
                .Single()
        );
        Assert.Single(await house.NoticesAsync(Token), n => n.Template == "incident-not-reached");
        Assert.Empty(outside.Texts);
    }

    [Fact]
    public async Task Nobody_is_called_any_more_once_somebody_has_it()
    {
        await using var outside = await StandInOutside.StartAsync(Token);
        await using var house = await OutcallHouse.BuildAsync(
            postgres,
            outside,
            PagerOwner.Ours,
            Token,
            false,
            null,
            "Sms"
        );
        var incident = await house.OpenAsync(Severity.Sev1, Token);
        await house.AcknowledgeAsync(incident, "wu", Token);
        await house.DeliverAsync(Token);

        Assert.Equal(["sms call dropped"], await house.StatesAsync(Token));
        Assert.Empty(outside.Texts);
    }

    [Fact]
    public async Task A_link_is_one_persons_for_one_incident_until_it_is_acknowledged_or_a_day_has_passed()
    {
        await using var outside = await StandInOutside.StartAsync(Token);
        await using var house = await OutcallHouse.BuildAsync(
            postgres,
            outside,
            PagerOwner.Ours,
            Token,
            false,
            null,
            "Sms"
        );
        var incident = await house.OpenAsync(Severity.Sev1, Token);
        var links = house.Get<AckLinks>();
        var token = await TokenAsync();

        Assert.Equal(new AckLink(incident.Id, "lin"), await links.FindAsync(token, Token));
        Assert.Null(await links.FindAsync(token[..^1] + (token[^1] == '0' ? '1' : '0'), Token));
        Assert.Null(await links.FindAsync(token.ToUpperInvariant(), Token));
        Assert.DoesNotContain(
            token,
            string.Join(
                ' ',
                await house
                    .Get<BotDatabase>()
                    .QueryAsync<string>("select encode(hash, 'hex') from glancy.ack_link", null, Token)
            ),
            StringComparison.Ordinal
        );

        house.Advance(AckLinks.Lives);
        Assert.Null(await links.FindAsync(token, Token));

        var fresh = await TokenAsync();
        Assert.NotNull(await links.FindAsync(fresh, Token));
        await house.AcknowledgeAsync(incident, "wu", Token);
        Assert.Null(await links.FindAsync(fresh, Token));

        async Task<string> TokenAsync() => (await links.MintAsync(incident.Id, "lin", Token))?.Segments[^1] ?? "";
    }

    [Fact]
    public void Signatures_are_those_that_the_messengers_describe()
    {
        // Computed with OpenSSL from the description.
        Assert.Equal("l1N0gAcBjdwBvGm1xMjOF0XSyaLRpR7tuO5dHfhAYc8=", FeishuNotifier.Sign(1599360473, "demo"));
        Assert.Equal(
            "https://h/s?access_token=t&timestamp=1599360473000"
                + "&sign=tGWkA5eQOQNCNPDgphtxIoNLO%2B%2FgD8Lcb705KQoRzeY%3D",
            DingTalkNotifier.Address("https://h/s?access_token=t", 1599360473000, "SECdemo").AbsoluteUri
        );
    }

    [Theory]
    [InlineData(1, null, 2)]
    [InlineData(3, null, 8)]
    [InlineData(8, null, 60)]
    [InlineData(1, 30, 30)]
    [InlineData(1, 4000, 300)]
    public void Waits_grow_and_what_the_other_side_asks_for_is_kept_within_reason(
        int attempts,
        int? asked,
        int seconds
    ) =>
        Assert.Equal(
            TimeSpan.FromSeconds(seconds),
            OutcallDelivery.Wait(attempts, asked is { } s ? TimeSpan.FromSeconds(s) : null)
        );
}
