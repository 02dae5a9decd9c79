using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Glancy.Bot.Tests.Crash;
using Glancy.Bot.Tests.Slack;
using Glancy.Sandbox.Postgres;
using Glancy.Sandbox.Slack;
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

        await Wait.UntilAsync(() => Said(house) is { } said && said.Contains("ExportQueueHigh-3", StringComparison.Ordinal) && said.Contains('☑', StringComparison.Ordinal), "its card shows the alerts and what the metrics say", Token);
        var card = house.Carrying("alert:")[0];
        Assert.Contains($"<@{ChannelWorld.Lin}>", card.Text, StringComparison.Ordinal);

        await house.PressAsync(ChannelWorld.Lin, card, "alert silence A-1", Token);
        await Wait.UntilAsync(() => house.Workspace.Screens.ModalsOf(ChannelWorld.Lin).Count == 1, "a form asks why", Token);
        await house.Workspace.SubmitAsync(ChannelWorld.Lin, house.Workspace.Screens.ModalsOf(ChannelWorld.Lin)[0].Id, JsonSerializer.SerializeToElement(
            new Dictionary<string, object> { ["reason"] = new Dictionary<string, object> { ["value"] = new { type = "plain_text_input", value = "known, more workers come" } } }), Token);
        await Wait.UntilAsync(async () => (await alertmanager.SilencesAsync(Token)) is [var comment] && comment.EndsWith("lin: known, more workers come", StringComparison.Ordinal), "Alertmanager has the silence", Token);
        await Wait.UntilAsync(() => Said(house).Contains("alert unsilence A-1", StringComparison.Ordinal), "the card shows it", Token);

        await house.PressAsync(ChannelWorld.Lin, house.Carrying("alert:")[0], "alert unsilence A-1", Token);
        await Wait.UntilAsync(async () => (await alertmanager.SilencesAsync(Token)).Count == 0, "the silence is over", Token);
        await alertmanager.ResolveAsync("ExportQueueHigh", house.World.Clock.Now, Token);
        await Wait.UntilAsync(() => Said(house).Contains("已停止", StringComparison.Ordinal), "the card shows that it is over", Token);

        Assert.Equal(card.Ts, Assert.Single(house.Carrying("alert:")).Ts);
        Assert.Equal("3", await house.BotAsync("select count(*) from glancy.alert where status = 'resolved'", Token));
        await AtTheDoorAsync(house);
    }

    // Whoever has no token, writes nonsense or comes while the database is away.
    private static async Task AtTheDoorAsync(ChannelWorld house)
    {
        const string Good = """
            {"version":"4","groupKey":"k","status":"firing","receiver":"glancy","groupLabels":{"alertname":"X"},"commonLabels":{"alertname":"X"},
             "alerts":[{"status":"firing","labels":{"alertname":"X"},"annotations":{},"startsAt":"2025-04-18T01:00:00Z","endsAt":"0001-01-01T00:00:00Z","fingerprint":"f"}]}
            """;
        var settings = house.World.Alertmanager.Settings("a");
        using var http = new HttpClient { BaseAddress = new Uri("http://" + settings["Alerts__Listen"]) };
        var token = settings["Alerts__Token"];

        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(null, Good)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(token[1..], Good)).Status);
        Assert.Equal((HttpStatusCode.BadRequest, "malformed: groupKey"), await PostAsync(token, Good.Replace("groupKey", "key", StringComparison.Ordinal)));
        Assert.Equal((HttpStatusCode.BadRequest, "malformed: json"), await PostAsync(token, "{"));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await PostAsync(token, new string(' ', 5 << 20))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await http.PostAsync(new Uri("/slack/commands", UriKind.Relative), null, Token)).StatusCode);
        Assert.Equal("0", await house.BotAsync("select count(*) from glancy.alert_group where group_key = 'k'", Token));

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

        await Wait.UntilAsync(async () => (await PostAsync(token, Good)).Status == HttpStatusCode.OK, "told again, it is taken", Token);
        Assert.Equal("1", await house.BotAsync("select count(*) from glancy.alert_group where group_key = 'k'", Token));

        async Task<(HttpStatusCode Status, string Text)> PostAsync(string? bearer, string body)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/alerts") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            request.Headers.Authorization = bearer is null ? null : new AuthenticationHeaderValue("Bearer", bearer);
            using var response = await http.SendAsync(request, Token);
            return (response.StatusCode, await response.Content.ReadAsStringAsync(Token));
        }
    }

    private static string Said(ChannelWorld house) => house.Carrying("alert:") is [var card] ? card.Blocks?.Said() ?? "" : "";
}
