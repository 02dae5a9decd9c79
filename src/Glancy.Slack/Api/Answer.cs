using System.Net;
using System.Text.Json;

namespace Glancy.Slack.Api;

/// <summary>What one attempt brought.</summary>
internal abstract record Answer
{
    private Answer() { }

    public sealed record Yes(JsonElement Body) : Answer;

    public sealed record No(string Code, IReadOnlyList<string> Details) : Answer;

    /// <param name="After">Null when Slack did not say.</param>
    public sealed record TooMuch(TimeSpan? After) : Answer;

    /// <summary>Surely not taken: no connection came about.</summary>
    public sealed record NotSent(string Detail) : Answer;

    /// <summary>Sent; what Slack made of it nobody knows.</summary>
    public sealed record Doubt(string Detail) : Answer;

    /// <summary>Reads an answer that came.</summary>
    public static Answer Read(HttpStatusCode status, TimeSpan? after, byte[] body)
    {
        if (status == HttpStatusCode.TooManyRequests)
        {
            return new TooMuch(after);
        }

        if ((int)status >= 500)
        {
            return new Doubt($"HTTP {(int)status}");
        }

        if (Parse(body) is not { } json)
        {
            return (int)status is >= 200 and < 400
                ? new Doubt($"HTTP {(int)status} without an answer of Slack's")
                : new No($"http_{(int)status}", []);
        }

        if (json.GetProperty("ok").ValueKind == JsonValueKind.True)
        {
            return new Yes(json);
        }

        return json.Text("error") switch
        {
            "ratelimited" or "rate_limited" => new TooMuch(after),

            // Slack's reference: part of the operation may have succeeded before these.
            ("fatal_error" or "internal_error" or "service_unavailable" or "request_timeout") and var error =>
                new Doubt(error),
            var error => new No(error ?? "no_error_code", DetailsOf(json)),
        };
    }

    private static JsonElement? Parse(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return
                document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("ok", out _)
                ? document.RootElement.Clone()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string[] DetailsOf(JsonElement json)
    {
        var details = new List<string>();
        if (
            json.Child("response_metadata") is { } metadata
            && metadata.TryGetProperty("messages", out var messages)
            && messages.ValueKind == JsonValueKind.Array
        )
        {
            details.AddRange(
                messages
                    .EnumerateArray()
                    .Where(m => m.ValueKind == JsonValueKind.String)
                    .Select(m => m.GetString() ?? "")
            );
        }

        if (json.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Array)
        {
            // The same things once more, or more of them; words at one method, objects at another.
            details.AddRange(
                errors
                    .EnumerateArray()
                    .Select(Said)
                    .Where(said => said.Length > 0 && !details.Any(d => d.EndsWith(said, StringComparison.Ordinal)))
                    .ToList()
            );
        }

        if (json.Text("needed") is { } needed)
        {
            details.Add("needed: " + needed);
        }

        return [.. details];
    }

    private static string Said(JsonElement error) =>
        error.ValueKind switch
        {
            JsonValueKind.String => error.GetString() ?? "",
            JsonValueKind.Object => (error.Text("message") ?? error.Text("code") ?? "")
                + (error.Text("pointer") is { } pointer ? $" [json-pointer:{pointer}]" : ""),
            _ => "",
        };
}
