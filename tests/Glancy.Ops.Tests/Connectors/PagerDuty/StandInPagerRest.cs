using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Glancy.Ops.Tests.Connectors.PagerDuty;

/// <summary>
/// PagerDuty's REST API on a loopback port, <c>GET /oncalls</c> and an incident's alerts: judges every question, and
/// its own answers, by the contract.
/// </summary>
internal sealed class StandInPagerRest : IAsyncDisposable
{
    public const string Token = "u+ABCDEFGHIJKLMNOPqr";

    private WebApplication? app;

    public string Url => app?.Urls.Single() ?? "";

    /// <summary>Who is on call, on which schedule; null for an end that is not told.</summary>
    public List<(string Schedule, string User, DateTimeOffset? Start, DateTimeOffset? End)> Turns { get; } = [];

    /// <summary>Keys of the alerts in each of its incidents.</summary>
    public Dictionary<string, IReadOnlyList<string>> Alerts { get; } = [];

    /// <summary>Entries to a page; PagerDuty never gives more than it is asked for.</summary>
    public int PageSize { get; set; } = 100;

    /// <summary>No turn goes on beyond what is asked for.</summary>
    public bool Clips { get; set; }

    /// <summary>Said instead of an answer, status and body; fine when null.</summary>
    public (int Status, string Body)? Instead { get; set; }

    public ConcurrentQueue<string> Wrong { get; } = [];

    public int Asked { get; private set; }

    public static async Task<StandInPagerRest> StartAsync(CancellationToken cancellationToken)
    {
        var standIn = new StandInPagerRest();
        standIn.app = await Loopback.StartAsync(
            app =>
            {
                app.MapGet("/oncalls", http => standIn.AnswerAsync(http, standIn.OnCalls));
                app.MapGet("/incidents/{id}/alerts", http => standIn.AnswerAsync(http, standIn.AlertsOf));
            },
            cancellationToken
        );
        return standIn;
    }

    public ValueTask DisposeAsync() => app?.DisposeAsync() ?? default;

    private async Task AnswerAsync(
        HttpContext http,
        Func<HttpRequest, IReadOnlyDictionary<string, string>, JsonElement> answer
    )
    {
        Asked++;
        var request = http.Request;
        if (
            request.Headers.Authorization != "Token token=" + Token
            || request.Headers.Accept.ToString().Replace(" ", "", StringComparison.Ordinal)
                != "application/vnd.pagerduty+json;version=2"
        )
        {
            http.Response.StatusCode = 401;
            return;
        }

        var query = request.Query.ToDictionary(q => q.Key, q => q.Value.ToString());
        if (Instead is { } instead)
        {
            http.Response.StatusCode = instead.Status;
            await http.Response.WriteAsync(instead.Body);
            return;
        }

        await http.Response.WriteAsJsonAsync(answer(request, query));
    }

    private JsonElement OnCalls(HttpRequest request, IReadOnlyDictionary<string, string> query)
    {
        Judge(PagerDutyContract.OnCallsQuery(JsonSerializer.SerializeToElement(query)));
        var (since, until) = (Time(query["since"]), Time(query["until"]));
        var offset = int.Parse(query["offset"], CultureInfo.InvariantCulture);
        var found = Turns
            .Where(t => t.Schedule == query["schedule_ids[]"] && !(t.End <= since) && !(t.Start >= until))
            .ToList();
        var answer = JsonSerializer.SerializeToElement(
            new
            {
                oncalls = found
                    .Skip(offset)
                    .Take(PageSize)
                    .Select(t => new
                    {
                        user = new
                        {
                            id = t.User,
                            type = "user_reference",
                            summary = t.User,
                        },
                        schedule = new
                        {
                            id = t.Schedule,
                            type = "schedule_reference",
                            summary = "on call",
                        },
                        escalation_policy = new
                        {
                            id = "PPOLICY",
                            type = "escalation_policy_reference",
                            summary = "glancy",
                        },
                        escalation_level = 1,
                        start = t.Start?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                        end = (Clips && t.End > until ? until : t.End)?.ToString(
                            "yyyy-MM-dd'T'HH:mm:ss'Z'",
                            CultureInfo.InvariantCulture
                        ),
                    }),
                limit = PageSize,
                offset,
                more = offset + PageSize < found.Count,
                total = (int?)null,
            }
        );
        Judge(PagerDutyContract.OnCallsAnswer(answer));
        return answer;
    }

    private JsonElement AlertsOf(HttpRequest request, IReadOnlyDictionary<string, string> query)
    {
        Judge(PagerDutyContract.AlertsQuery(JsonSerializer.SerializeToElement(query)));
        var keys = Alerts.GetValueOrDefault(request.RouteValues["id"] as string ?? "", []);
        var answer = JsonSerializer.SerializeToElement(
            new
            {
                alerts = keys.Select(
                    (key, i) =>
                        new
                        {
                            id = $"PALERT{i}",
                            type = "alert",
                            summary = key,
                            status = "triggered",
                            alert_key = key,
                            created_at = "2025-04-18T01:30:00Z",
                        }
                ),
                limit = 100,
                offset = 0,
                more = false,
                total = (int?)null,
            }
        );
        Judge(PagerDutyContract.AlertsAnswer(answer));
        return answer;
    }

    private void Judge(IReadOnlyList<string> faults)
    {
        foreach (var fault in faults)
        {
            Wrong.Enqueue(fault);
        }
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
