using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Glancy.Bot.Tests.Crash;
using Glancy.Sandbox.Slack;

namespace Glancy.Bot.Tests.Slack;

/// <summary>
/// An incident where people are: a card, a page, a message to who is called, and "I have it" from there or from the
/// link in a text message.
/// </summary>
[Collection(SharedChannel.Name)]
public sealed class SlackIncidentTests(ChannelWorld house)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_is_called_acknowledges_in_the_message_and_the_card_shows_it()
    {
        var id = await OpenAsync("exports are late");
        var card = await CardAsync(id, "I command it", "由我指挥");
        Assert.NotNull(ChannelWorld.Button(card.Blocks, $"incident ack {id}"));
        Assert.True(
            await Wait.TryUntilAsync(
                () =>
                    house.Carrying($"incident:{id}:call:1") is [var page]
                    && page.Text.Contains($"<@{ChannelWorld.Lin}>", StringComparison.Ordinal),
                TimeSpan.FromSeconds(30),
                Token
            ),
            "the page names Lin"
        );

        Assert.True(
            await Wait.TryUntilAsync(() => Direct(id).Count == 1, TimeSpan.FromSeconds(30), Token),
            "Lin has a message"
        );
        await house.PressAsync(ChannelWorld.Lin, Direct(id)[0], $"incident ack {id}", Token);

        var shown = await CardAsync(
            id,
            "林晓",
            "林晓",
            until: m => ChannelWorld.Button(m.Blocks, $"incident ack {id}") is null
        );
        Assert.Equal(card.Ts, shown.Ts);
        Assert.Equal("lin", await house.BotAsync($"select acked_by from glancy.incident where id = '{id}'", Token));
        Assert.True(
            await Wait.TryUntilAsync(
                () =>
                    house.Carrying($"incident:{id}:acknowledged") is [{ IsBroadcast: false } said]
                    && said.ThreadTs == card.Ts,
                TimeSpan.FromSeconds(30),
                Token
            ),
            "it is said in the card's thread alone"
        );
        Assert.True(
            await Wait.TryUntilAsync(
                () =>
                    house
                        .Carrying($"incident:{id}:call:1")
                        .Concat(Direct(id))
                        .All(m =>
                            ChannelWorld.Button(m.Blocks, $"incident ack {id}") is null
                            && ((m.Text ?? "") + m.Blocks?.Said()).Contains("接手", StringComparison.Ordinal)
                        ),
                TimeSpan.FromSeconds(30),
                Token
            ),
            "what called people says who has it, and asks nobody any more"
        );
        await CloseAsync(id);
    }

    [Fact]
    public async Task A_message_to_one_person_is_posted_once_whatever_dies()
    {
        var key = "test:direct:" + Guid.NewGuid().ToString("N");
        await house.KillingAsync(
            "slack-posted",
            () =>
                house.BotAsync(
                    $$"""
                    insert into glancy.notice (key, kind, at, template, arguments) values ('{{key}}', 'direct',
                      now(), 'freeze-by-person', '{"person": "wu", "reason": "r", "to": "wu"}') returning id
                    """,
                    Token
                ),
            "slack-post-found",
            Token
        );

        Assert.True(
            await Wait.TryUntilAsync(
                async () =>
                    await house.BotAsync($"select delivered from glancy.notice where key = '{key}'", Token) == "1",
                TimeSpan.FromSeconds(60),
                Token
            ),
            "it is known to be shown"
        );
        Assert.Single(
            house.Workspace.Board.All,
            m =>
                m.Channel == "D" + ChannelWorld.Wu[1..]
                && (m.Metadata?.GetRawText() ?? "").Contains(key, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task The_link_acknowledges_by_its_button_and_not_by_being_looked_at()
    {
        var id = await OpenAsync("quota is wrong");
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(token)));
        await house.BotAsync(
            $"insert into glancy.ack_link (hash, incident_id, person, made_at, expires_at) select decode('{hash}', "
                + $"'hex'), id, 'wu', opened_at, opened_at + interval '24 hours' from glancy.incident where id = "
                + $"'{id}' returning person",
            Token
        );
        using var http = new HttpClient
        {
            BaseAddress = new Uri("http://" + house.World.Slack.Settings("a")["Slack__Listen"]),
        };

        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
        {
            using var request = new HttpRequestMessage(method, "/ack/" + token);
            using var looked = await http.SendAsync(request, Token);
            Assert.Equal("", await house.BotAsync($"select acked_by from glancy.incident where id = '{id}'", Token));
        }

        var page = await http.GetStringAsync("/ack/" + token, Token);
        Assert.Contains(id, page, StringComparison.Ordinal);
        using var wrong = await http.PostAsync("/ack/" + token[..^1] + (token[^1] == '0' ? '1' : '0'), null, Token);
        Assert.Equal(HttpStatusCode.NotFound, wrong.StatusCode);
        Assert.Equal("", await house.BotAsync($"select acked_by from glancy.incident where id = '{id}'", Token));

        using var pressed = await http.PostAsync("/ack/" + token, null, Token);
        Assert.Equal(HttpStatusCode.OK, pressed.StatusCode);
        Assert.Equal("wu", await house.BotAsync($"select acked_by from glancy.incident where id = '{id}'", Token));
        Assert.Equal(
            "1",
            await house.BotAsync(
                $"select count(*) from glancy.audit where document @> jsonb_build_object('action', 'incident-ack', "
                    + $"'incident', '{id}', 'actor', 'wu')",
                Token
            )
        );

        using var again = await http.PostAsync("/ack/" + token, null, Token);
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
        await CloseAsync(id);
    }

    [Fact]
    public async Task PagerDuty_says_who_acknowledged_there_and_nobody_else_can()
    {
        var id = await OpenAsync("lookups fail");
        await house.BotAsync(
            $"insert into glancy.outcall (incident_id, service, action, made_at, state) select id, 'pagerduty', "
                + $"'trigger', opened_at, 'delivered' from glancy.incident where id = '{id}' returning id",
            Token
        );
        var at = await house.BotAsync(
            $"select to_char((opened_at + interval '1 minute') at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') "
                + $"from glancy.incident where id = '{id}'",
            Token
        );
        var body = Encoding.UTF8.GetBytes(
            $$$$"""
            {"event":{"id":"01DEF","event_type":"incident.acknowledged","resource_type":"incident",
              "occurred_at":"{{{{at}}}}",
              "agent":{"id":"PMEI000","type":"user_reference","summary":"Mei"},"client":{"name":"PagerDuty"},
              "data":{"id":"PGR0VU2","type":"incident","number":2,"status":"acknowledged",
               "incident_key":"glancy/sandbox/{{{{id}}}}"}}}
            """
        );
        Assert.Equal(
            [HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized],
            [await KnockAsync(body, null), await KnockAsync(body, Sign(body, ChannelWorld.PagerSecret + "0"))]
        );
        Assert.Equal("", await house.BotAsync($"select acked_by from glancy.incident where id = '{id}'", Token));
        var nothing = "{}"u8.ToArray();
        Assert.Equal(HttpStatusCode.BadRequest, await KnockAsync(nothing, Sign(nothing, ChannelWorld.PagerSecret)));
        var much = new byte[300_000];
        Assert.Equal(
            HttpStatusCode.RequestEntityTooLarge,
            await KnockAsync(much, Sign(much, ChannelWorld.PagerSecret))
        );

        Assert.All(
            await Task.WhenAll(
                Enumerable.Range(0, 3).Select(_ => KnockAsync(body, Sign(body, ChannelWorld.PagerSecret)))
            ),
            answer => Assert.Equal(HttpStatusCode.Accepted, answer)
        );
        Assert.Equal("mei", await house.BotAsync($"select acked_by from glancy.incident where id = '{id}'", Token));
        Assert.Equal(
            "1",
            await house.BotAsync(
                $"select count(*) from glancy.audit where document @> jsonb_build_object('action', 'incident-ack', "
                    + $"'incident', '{id}', 'actor', 'mei')",
                Token
            )
        );
        await CardAsync(id, "梅青", "梅青", until: m => ChannelWorld.Button(m.Blocks, $"incident ack {id}") is null);
        await CloseAsync(id);
    }

    private static string Sign(byte[] body, string secret) =>
        "v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.ASCII.GetBytes(secret), body));

    private async Task<HttpStatusCode> KnockAsync(byte[] body, string? signature)
    {
        using var http = new HttpClient
        {
            BaseAddress = new Uri("http://" + house.World.Slack.Settings("a")["Slack__Listen"]),
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/pagerduty")
        {
            Content = new ByteArrayContent(body),
        };
        if (signature is not null)
        {
            request.Headers.Add("X-PagerDuty-Signature", signature);
        }

        using var answer = await http.SendAsync(request, Token);
        return answer.StatusCode;
    }

    private async Task<string> OpenAsync(string title)
    {
        await house.SayAsync(ChannelWorld.Wu, $"/glancy incident open sev2 {title}", Token);
        var query = $"select max(id) from glancy.incident where title = '{title}'";
        Assert.True(
            await Wait.TryUntilAsync(
                async () => (await house.BotAsync(query, Token)).Length > 0,
                TimeSpan.FromSeconds(30),
                Token
            ),
            "it is open"
        );
        return await house.BotAsync(query, Token);
    }

    private async Task CloseAsync(string id)
    {
        await house.SayAsync(
            ChannelWorld.Wu,
            string.Create(CultureInfo.InvariantCulture, $"/glancy incident close {id} --reason over --anyway tried"),
            Token
        );
        Assert.True(
            await Wait.TryUntilAsync(
                async () =>
                    await house.BotAsync($"select closed_by from glancy.incident where id = '{id}'", Token) == "wu",
                TimeSpan.FromSeconds(30),
                Token
            ),
            "it is closed"
        );
    }

    private async Task<Message> CardAsync(string id, string english, string chinese, Func<Message, bool>? until = null)
    {
        Assert.True(
            await Wait.TryUntilAsync(
                () =>
                    Cards(id) is [var one]
                    && (one.Blocks?.Said() ?? "") is var said
                    && (
                        said.Contains(english, StringComparison.Ordinal)
                        || said.Contains(chinese, StringComparison.Ordinal)
                    )
                    && (until?.Invoke(one) ?? true),
                TimeSpan.FromSeconds(30),
                Token
            ),
            $"the card of {id}; there is: {string.Join(" | ", Cards(id).Select(m => m.Blocks?.Said()))}"
        );
        return Cards(id)[0];
    }

    private List<Message> Cards(string id) =>
        [
            .. house
                .Carrying("incident:" + id)
                .Where(m => (m.Metadata?.GetRawText() ?? "").Contains($"\"incident:{id}\"", StringComparison.Ordinal)),
        ];

    private List<Message> Direct(string id) =>
        [
            .. house.Workspace.Board.All.Where(m =>
                m.Channel == "D" + ChannelWorld.Lin[1..]
                && (m.Metadata?.GetRawText() ?? "").Contains($"incident:{id}:call:1:lin", StringComparison.Ordinal)
            ),
        ];
}
