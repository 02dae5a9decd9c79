using System.Text.Json.Nodes;

namespace Glancy.Sandbox.Slack.Api;

/// <summary>What a method answers: always 200, and <c>ok</c> says whether it was done.</summary>
internal sealed record ApiAnswer(JsonObject Body)
{
    public static ApiAnswer Yes(object? more = null)
    {
        var body = new JsonObject { ["ok"] = true };
        foreach (var (name, value) in more is null ? [] : SlackWire.Object(more))
        {
            body[name] = value?.DeepClone();
        }

        return new ApiAnswer(body);
    }

    /// <param name="messages">What exactly is wrong, one by one.</param>
    public static ApiAnswer No(string error, IReadOnlyList<string>? messages = null)
    {
        var body = new JsonObject { ["ok"] = false, ["error"] = error };
        if (messages is { Count: > 0 })
        {
            body["response_metadata"] = new JsonObject
            {
                ["messages"] = new JsonArray([.. messages.Select(m => (JsonNode)m)]),
            };
        }

        return new ApiAnswer(body);
    }

    public static ApiAnswer Missing(string argument) =>
        No("invalid_arguments", [$"[ERROR] missing required field: {argument}"]);
}
