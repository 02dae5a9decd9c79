using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Glancy.Bot.Tests.Crash;
using Glancy.Bot.Tests.Slack;
using Glancy.Sandbox.Postgres;
using Glancy.Sandbox.Worlds;

namespace Glancy.Bot.Tests.Alerts;

/// <summary>A real Alertmanager, the bot, and the channel.</summary>
public sealed class AlertmanagerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_alert_has_one_card_that_reads_its_SOP_is_silenced_from_there_and_is_over()
    {
        await using var house = new ChannelWorld { Alerts = true, Beginning = Beginning.Quiet };
        await house.InitializeAsync();
        var alertmanager = house.World.Alertmanager;
        await alertmanager.FireAsync("ExportQueueHigh", 3, house.World.Clock.Now.AddMinutes(-2), Token);

        await Wait.UntilAsync(
            () => Said(house) is { } said && said.Contains("ExportQueueHigh-3", StringComparison.Ordinal),
            "its card shows the alerts",
            Token
        );

        // Only windows that began after it count.
        Assert.DoesNotContain('☑', Said(house));
        await house.World.AdvanceAsync(TimeSpan.FromMinutes(6), Token);
        await Wait.UntilAsync(
            () => Said(house).Contains('☑', StringComparison.Ordinal),
            "it shows what the metrics say",
            Token
        );
        var card = house.Carrying("alert:")[0];
        Assert.Contains($"<@{ChannelWorld.Lin}>", card.Text, StringComparison.Ordinal);

        await house.PressAsync(ChannelWorld.Lin, card, "alert silence A-1", Token);
        await Wait.UntilAsync(
            () => house.Workspace.Screens.ModalsOf(ChannelWorld.Lin).Count == 1,
            "a form asks why",
            Token
        );
        await house.Workspace.SubmitAsync(
            ChannelWorld.Lin,
            house.Workspace.Screens.ModalsOf(ChannelWorld.Lin)[0].Id,
            JsonSerializer.SerializeToElement(
                new Dictionary<string, object>
                {
                    ["reason"] = new Dictionary<string, object>
                    {
                        ["value"] = new { type = "plain_text_input", value = "known, more workers come" },
                    },
                }
            ),
            Token
        );
        await Wait.UntilAsync(
            async () =>
                (await alertmanager.SilencesAsync(Token)) is [var comment]
                && comment.EndsWith("lin: known, more workers come", StringComparison.Ordinal),
            "Alertmanager has the silence",
            Token
        );
        await Wait.UntilAsync(
            () => Said(house).Contains("alert unsilence A-1", StringComparison.Ordinal),
            "the card shows it",
            Token
        );

        await house.PressAsync(ChannelWorld.Lin, house.Carrying("alert:")[0], "alert unsilence A-1", Token);
        await Wait.UntilAsync(
            async () => (await alertmanager.SilencesAsync(Token)).Count == 0,
            "the silence is over",
            Token
        );
        await alertmanager.ResolveAsync("ExportQueueHigh", house.World.Clock.Now, Token);
        await Wait.UntilAsync(
            () => Said(house).Contains("已停止", StringComparison.Ordinal),
            "the card shows that it is over",
            Token
        );

        Assert.Equal(card.Ts, Assert.Single(house.Carrying("alert:")).Ts);
        Assert.Equal("3", await house.BotAsync("select count(*) from glancy.alert where status = 'resolved'", Token));
        await AtTheDoorAsync(house);
    }

    [Fact]
    public async Task What_fires_there_is_listed_here_whatever_is_told_and_what_is_over_is_over()
    {
        await using var house = new ChannelWorld { Alerts = true, Beginning = Beginning.Quiet };
        await house.InitializeAsync();
        var since = house.World.Clock.Now.AddMinutes(-20);
        using var http = new HttpClient { BaseAddress = house.World.Alertmanager.Url };
        await SayAsync("PodDown-1", null);
        await SayAsync("PodDown-2", null);
        await StandsAsync("PodDown-1 firing, PodDown-2 firing");

        // Over, and again under the same beginning.
        await SayAsync("PodDown-1", since.AddMinutes(5));
        await StandsAsync("PodDown-1 resolved, PodDown-2 firing");
        await SayAsync("PodDown-1", null);
        await StandsAsync("PodDown-1 firing, PodDown-2 firing");

        // Silenced it fires still, however often the group is told of without it; and it ends, though nobody tells.
        await PostAsync(
            "silences",
            new
            {
                matchers = new[]
                {
                    new
                    {
                        name = "instance",
                        value = "PodDown-2",
                        isRegex = false,
                        isEqual = true,
                    },
                },
                startsAt = TimeProvider.System.GetUtcNow(),
                endsAt = TimeProvider.System.GetUtcNow().AddHours(1),
                createdBy = "test",
                comment = "known",
            }
        );
        await SayAsync("PodDown-3", null);
        await StandsAsync("PodDown-1 firing, PodDown-2 firing, PodDown-3 firing");
        await Wait.UntilAsync(
            async () =>
                await house.BotAsync("select count(*) from glancy.alert where doubted_at is null and listed", Token)
                == "3",
            "it has been asked",
            Token
        );
        await StandsAsync("PodDown-1 firing, PodDown-2 firing, PodDown-3 firing");
        await SayAsync("PodDown-2", since.AddMinutes(9));
        await StandsAsync("PodDown-1 firing, PodDown-2 resolved, PodDown-3 firing");

        // One character that cannot be kept costs no more than itself.
        await SayAsync("PodDown-4", null, "a\0b");
        await StandsAsync("PodDown-1 firing, PodDown-2 resolved, PodDown-3 firing, PodDown-4 firing");
        Assert.Equal(
            "PodDown",
            await house.BotAsync(
                "select arguments ->> 'called' from glancy.notice where template = 'alert-spoiled'",
                Token
            )
        );

        Task SayAsync(string instance, DateTimeOffset? until, string summary = "down") =>
            PostAsync(
                "alerts",
                new[]
                {
                    new
                    {
                        labels = new Dictionary<string, string>
                        {
                            ["alertname"] = "PodDown",
                            ["env"] = "prod",
                            ["instance"] = instance,
                        },
                        annotations = new { summary },
                        startsAt = since,
                        endsAt = until ?? TimeProvider.System.GetUtcNow().AddDays(1),
                    },
                }
            );

        async Task PostAsync(string what, object body)
        {
            using var response = await http.PostAsync(
                new Uri("/api/v2/" + what, UriKind.Relative),
                new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"),
                Token
            );
            Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Token));
        }

        Task StandsAsync(string wanted) =>
            Wait.UntilAsync(
                async () =>
                    await house.BotAsync(
                        "select string_agg((labels ->> 'instance') || ' ' || status, ', ' order by labels ->> "
                            + "'instance') from glancy.alert",
                        Token
                    ) == wanted,
                wanted,
                Token
            );
    }

    // Whoever has no token, writes nonsense or comes while the database is away.
    private static async Task AtTheDoorAsync(ChannelWorld house)
    {
        const string Good = """
            {"version":"4","groupKey":"k","status":"firing","receiver":"glancy","groupLabels":{"alertname":"X"},
             "commonLabels":{"alertname":"X"},
             "alerts":[{"status":"firing","labels":{"alertname":"X"},"annotations":{},
              "startsAt":"2025-04-18T01:00:00Z","endsAt":"0001-01-01T00:00:00Z","fingerprint":"f"}]}
            """;
        var settings = house.World.Alertmanager.Settings("a");
        using var http = new HttpClient { BaseAddress = new Uri("http://" + settings["Alerts__Listen"]) };
        var token = settings["Alerts__Token"];

        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(null, Good)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(token[1..], Good)).Status);
        Assert.Equal(
            (HttpStatusCode.BadRequest, "malformed: groupKey"),
            await PostAsync(token, Good.Replace("groupKey", "key", StringComparison.Ordinal))
        );
        Assert.Equal((HttpStatusCode.BadRequest, "malformed: json"), await PostAsync(token, "{"));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await PostAsync(token, new string(' ', 5 << 20))).Status);
        Assert.Equal(
            HttpStatusCode.RequestEntityTooLarge,
            (
                await PostAsync(
                    token,
                    Good.Replace(
                        "\"annotations\":{}",
                        $"\"annotations\":{{\"x\":\"{new string('x', 5 << 20)}\"}}",
                        StringComparison.Ordinal
                    )
                )
            ).Status
        );

        // What is not taken is said.
        Assert.Equal(
            "?:json, X:groupKey",
            await house.BotAsync(
                "select string_agg((arguments ->> 'called') || ':' || (arguments ->> 'detail'), ', ' order by "
                    + "arguments ->> 'called') from glancy.notice where template = 'alert-unreadable'",
                Token
            )
        );
        Assert.Equal(
            "?, X",
            await house.BotAsync(
                "select string_agg(arguments ->> 'called', ', ' order by arguments ->> 'called') from glancy.notice "
                    + "where template = 'alert-too-large'",
                Token
            )
        );
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await http.PostAsync(new Uri("/slack/commands", UriKind.Relative), null, Token)).StatusCode
        );
        Assert.Equal("0", await house.BotAsync("select count(*) from glancy.alert_group where group_key = 'k'", Token));

        // Bodies that break off are no fault of ours: two hundred of them are one line.
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 200),
            new ParallelOptions { MaxDegreeOfParallelism = 20, CancellationToken = Token },
            async (_, cancellationToken) =>
            {
                using var socket = new System.Net.Sockets.TcpClient();
                await socket.ConnectAsync(IPEndPoint.Parse(settings["Alerts__Listen"]), cancellationToken);
                await socket
                    .GetStream()
                    .WriteAsync(
                        Encoding.ASCII.GetBytes(
                            $"POST /alerts HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nContent-Length: "
                                + $"900\r\n\r\n{{"
                        ),
                        cancellationToken
                    );
            }
        );
        await Wait.UntilAsync(
            () => Logged(house).Any(line => line.Contains("broke off", StringComparison.Ordinal)),
            "the log has a line for them",
            Token
        );
        Assert.Single(Logged(house), line => line.Contains("broke off", StringComparison.Ordinal));
        Assert.DoesNotContain(
            Logged(house),
            line =>
                line.Contains("\"@l\":\"Error\"", StringComparison.Ordinal)
                && line.Contains("/alerts", StringComparison.Ordinal)
        );

        await house.World.Postgres.StopAsync(RestartKind.Immediate);
        try
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await PostAsync(token, Good)).Status);
        }
        finally
        {
            await house.World.Postgres.ResumeAsync(CancellationToken.None);
            house.ForgetConnections();
        }

        await Wait.UntilAsync(
            async () => (await PostAsync(token, Good)).Status == HttpStatusCode.OK,
            "told again, it is taken",
            Token
        );
        Assert.Equal("1", await house.BotAsync("select count(*) from glancy.alert_group where group_key = 'k'", Token));

        async Task<(HttpStatusCode Status, string Text)> PostAsync(string? bearer, string body)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/alerts")
            {
                Content = new StringContent(body, Encoding.UTF8, "application/json"),
            };
            request.Headers.Authorization = bearer is null ? null : new AuthenticationHeaderValue("Bearer", bearer);
            using var response = await http.SendAsync(request, Token);
            return (response.StatusCode, await response.Content.ReadAsStringAsync(Token));
        }
    }

    private static string[] Logged(ChannelWorld house) => File.ReadAllLines(house.World.Folder.Replica("a").Log);

    private static string Said(ChannelWorld house) =>
        house.Carrying("alert:") is [var card] ? card.Blocks?.Said() ?? "" : "";
}
