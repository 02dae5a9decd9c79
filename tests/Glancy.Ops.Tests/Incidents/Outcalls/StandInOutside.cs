using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Glancy.Ops.Tests.Connectors;
using Glancy.Ops.Tests.Connectors.PagerDuty;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Glancy.Ops.Tests.Incidents.Outcalls;

/// <summary>How the other side takes the next request.</summary>
internal enum Mood
{
    Fine,
    Failing,
    TooMany,

    /// <summary>Answers nothing until the caller goes.</summary>
    Hanging,

    /// <summary>Does what it was asked, and the answer is lost.</summary>
    Losing,
}

/// <summary>
/// PagerDuty's Events API v2 and the messengers: judges every request by PagerDuty's contract and the messengers'
/// documented fields and signatures, and remembers alerts by their key.
/// </summary>
internal sealed class StandInOutside : IAsyncDisposable
{
    public const string RoutingKey = "0123456789abcdef0123456789abcdef";
    public const string Secret = "SECwhatever";

    private WebApplication? app;

    public string Url => app?.Urls.Single() ?? "";

    /// <summary>How the next requests are taken, one each; fine when there is none.</summary>
    public ConcurrentQueue<Mood> Moods { get; } = [];

    /// <summary>What was wrong with requests.</summary>
    public ConcurrentQueue<string> Wrong { get; } = [];

    /// <summary>
    /// What PagerDuty did: <c>rings KEY</c>, <c>repeated KEY</c>, <c>acknowledged KEY</c>, <c>resolved KEY</c>,
    /// <c>ignored KEY</c>.
    /// </summary>
    public ConcurrentQueue<string> Pager { get; } = [];

    /// <summary>Texts by way.</summary>
    public ConcurrentQueue<(string Way, string To, string Text)> Texts { get; } = [];

    private readonly Dictionary<string, string> alerts = [];

    public static async Task<StandInOutside> StartAsync(CancellationToken cancellationToken)
    {
        var outside = new StandInOutside();
        outside.app = await Loopback.StartAsync(
            app =>
            {
                app.MapPost("/v2/enqueue", http => outside.TakeAsync(http, outside.Enqueue));
                app.MapPost("/feishu", http => outside.TakeAsync(http, outside.Feishu));
                app.MapPost("/dingtalk", http => outside.TakeAsync(http, body => outside.DingTalk(http, body)));
                app.MapPost(
                    "/wecom",
                    http => outside.TakeAsync(http, body => outside.Robot("wecom", body, "mentioned_mobile_list"))
                );
                app.MapPost("/sms", http => outside.TakeAsync(http, body => outside.Sms(http, body)));
            },
            cancellationToken
        );
        return outside;
    }

    public ValueTask DisposeAsync() => app?.DisposeAsync() ?? default;

    private async Task TakeAsync(HttpContext http, Func<JsonElement, (int Status, object Body)> take)
    {
        var body = await JsonSerializer.DeserializeAsync<JsonElement>(
            http.Request.Body,
            cancellationToken: http.RequestAborted
        );
        switch (Moods.TryDequeue(out var mood) ? mood : Mood.Fine)
        {
            case Mood.Failing:
                http.Response.StatusCode = 503;
                return;
            case Mood.TooMany:
                http.Response.StatusCode = 429;
                http.Response.Headers.RetryAfter = "7";
                return;
            case Mood.Hanging:
                await Task.Delay(Timeout.Infinite, http.RequestAborted)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return;
            case Mood.Losing:
                take(body);
                http.Abort();
                return;
        }

        var (status, answer) = take(body);
        http.Response.StatusCode = status;
        await http.Response.WriteAsJsonAsync(answer);
    }

    private (int Status, object Body) Enqueue(JsonElement body)
    {
        List<string> wrong =
        [
            .. PagerDutyContract.Event(body),
            .. Text(body, "routing_key") == RoutingKey ? [] : new[] { "wrong routing_key" },
        ];
        if (wrong.Count > 0)
        {
            wrong.ForEach(Wrong.Enqueue);
            return (
                400,
                Said(
                    new
                    {
                        status = "invalid event",
                        message = "Event object is invalid",
                        errors = wrong,
                    },
                    PagerDutyContract.Refused
                )
            );
        }

        var key = Text(body, "dedup_key");
        lock (alerts)
        {
            var open = alerts.GetValueOrDefault(key) is { Length: > 0 };
            switch (Text(body, "event_action"))
            {
                case "trigger":
                    Pager.Enqueue((open ? "repeated " : "rings ") + key);
                    alerts[key] = open ? alerts[key] : "triggered";
                    break;
                case "acknowledge":
                    Pager.Enqueue((open ? "acknowledged " : "ignored ") + key);
                    alerts[key] = open ? "acknowledged" : "";
                    break;
                default:
                    Pager.Enqueue((open ? "resolved " : "ignored ") + key);
                    alerts[key] = "";
                    break;
            }
        }

        return (
            202,
            Said(
                new
                {
                    status = "success",
                    message = "Event processed",
                    dedup_key = key,
                },
                PagerDutyContract.Taken
            )
        );
    }

    // What stands in for PagerDuty says what PagerDuty says.
    private object Said(object answer, Func<JsonElement, IReadOnlyList<string>> judge)
    {
        foreach (var fault in judge(JsonSerializer.SerializeToElement(answer)))
        {
            Wrong.Enqueue("answer " + fault);
        }

        return answer;
    }

    private (int Status, object Body) Feishu(JsonElement body)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var timestamp = Text(body, "timestamp");
        var sign = Convert.ToBase64String(
            new HMACSHA256(Encoding.UTF8.GetBytes(timestamp + "\n" + Secret)).ComputeHash(Array.Empty<byte>())
        );
        if (
            Text(body, "sign") != sign
            || Math.Abs(now - long.Parse(timestamp, System.Globalization.CultureInfo.InvariantCulture)) > 3600
        )
        {
            Wrong.Enqueue("feishu signature");
            return (
                200,
                new { code = 19021, msg = "sign match fail or timestamp is not within one hour from current time" }
            );
        }

        Texts.Enqueue(("feishu", "", Text(body.GetProperty("content"), "text")));
        return (200, new { code = 0, msg = "success" });
    }

    private (int Status, object Body) DingTalk(HttpContext http, JsonElement body)
    {
        var timestamp = http.Request.Query["timestamp"].ToString();
        var sign = Convert.ToBase64String(
            new HMACSHA256(Encoding.UTF8.GetBytes(Secret)).ComputeHash(
                Encoding.UTF8.GetBytes(timestamp + "\n" + Secret)
            )
        );
        if (http.Request.Query["sign"] != sign || http.Request.Query["access_token"] != "t")
        {
            Wrong.Enqueue("dingtalk signature");
            return (200, new { errcode = 310000, errmsg = "sign not match" });
        }

        return Robot("dingtalk", body, "atMobiles");
    }

    private (int Status, object Body) Robot(string way, JsonElement body, string mentioned)
    {
        if (Text(body, "msgtype") != "text")
        {
            Wrong.Enqueue(way + " msgtype");
        }

        var at = body.TryGetProperty("at", out var beside) ? beside : body.GetProperty("text");
        Texts.Enqueue(
            (
                way,
                string.Join(',', at.GetProperty(mentioned).EnumerateArray().Select(m => m.GetString())),
                Text(body.GetProperty("text"), "content")
            )
        );
        return (200, new { errcode = 0, errmsg = "ok" });
    }

    private (int Status, object Body) Sms(HttpContext http, JsonElement body)
    {
        if (http.Request.Headers.Authorization != "Bearer " + Secret)
        {
            return (401, new { });
        }

        Texts.Enqueue(("sms", Text(body, "to"), Text(body, "text")));
        return (200, new { });
    }

    private static string Text(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString() ?? ""
            : "";
}
