using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Glancy.Ops.Tests.Connectors.PagerDuty;

/// <summary>PagerDuty's <c>GET /oncalls</c> on a loopback port: judges every question, and its own answers, by the contract.</summary>
internal sealed class StandInOnCalls : IAsyncDisposable
{
    public const string Token = "u+ABCDEFGHIJKLMNOPqr";

    private WebApplication? app;

    public string Url => app?.Urls.Single() ?? "";

    /// <summary>Who is on call, on which schedule; null for an end that is not told.</summary>
    public List<(string Schedule, string User, DateTimeOffset? Start, DateTimeOffset? End)> Turns { get; } = [];

    /// <summary>Entries to a page; PagerDuty never gives more than it is asked for.</summary>
    public int PageSize { get; set; } = 100;

    /// <summary>No turn goes on beyond what is asked for.</summary>
    public bool Clips { get; set; }

    /// <summary>Said instead of an answer, status and body; fine when null.</summary>
    public (int Status, string Body)? Instead { get; set; }

    public ConcurrentQueue<string> Wrong { get; } = [];

    public int Asked { get; private set; }

    public static async Task<StandInOnCalls> StartAsync(CancellationToken cancellationToken)
    {
        var standIn = new StandInOnCalls();
        standIn.app = await Loopback.StartAsync(app => app.MapGet("/oncalls", standIn.AnswerAsync), cancellationToken);
        return standIn;
    }

    public ValueTask DisposeAsync() => app?.DisposeAsync() ?? default;

    private async Task AnswerAsync(HttpContext http)
    {
        Asked++;
        var request = http.Request;
        if (request.Headers.Authorization != "Token token=" + Token || request.Headers.Accept.ToString().Replace(" ", "", StringComparison.Ordinal) != "application/vnd.pagerduty+json;version=2")
        {
            http.Response.StatusCode = 401;
            return;
        }

        var query = request.Query.ToDictionary(q => q.Key, q => q.Value.ToString());
        foreach (var fault in PagerDutyContract.OnCallsQuery(JsonSerializer.SerializeToElement(query)))
        {
            Wrong.Enqueue(fault);
        }

        if (Instead is { } instead)
        {
            http.Response.StatusCode = instead.Status;
            await http.Response.WriteAsync(instead.Body);
            return;
        }

        var (since, until) = (Time(query["since"]), Time(query["until"]));
        var offset = int.Parse(query["offset"], CultureInfo.InvariantCulture);
        var found = Turns.Where(t => t.Schedule == query["schedule_ids[]"] && !(t.End <= since) && !(t.Start >= until)).ToList();
        var answer = JsonSerializer.SerializeToElement(new
        {
            oncalls = found.Skip(offset).Take(PageSize).Select(t => new
            {
                user = new { id = t.User, type = "user_reference", summary = t.User },
                schedule = new { id = t.Schedule, type = "schedule_reference", summary = "on call" },
                escalation_policy = new { id = "PPOLICY", type = "escalation_policy_reference", summary = "glancy" },
                escalation_level = 1,
                start = t.Start?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                end = (Clips && t.End > until ? until : t.End)?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            }),
            limit = PageSize,
            offset,
            more = offset + PageSize < found.Count,
            total = (int?)null,
        });
        foreach (var fault in PagerDutyContract.OnCallsAnswer(answer))
        {
            Wrong.Enqueue("answer " + fault);
        }

        await http.Response.WriteAsJsonAsync(answer);
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
