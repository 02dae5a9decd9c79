using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Glancy.Sandbox.Slack;

/// <summary>What a message says, as the workspace keeps it.</summary>
/// <param name="Blocks">Null when none were given, an empty list when an empty one was.</param>
internal sealed record AcceptedContent(string Text, JsonElement? Blocks, JsonElement? Metadata);

/// <summary>Takes what an app sends for a message or a view: judges it, and names the parts that have no name.</summary>
internal sealed class Content(Mint mint)
{
    public const int LongestPost = 40_000;
    public const int LongestUpdate = 4_000;

    /// <summary>The content of a message, or Slack's error.</summary>
    public (AcceptedContent? Accepted, string? Error) Accept(JsonElement body, int longest, bool mayBeEmpty = false)
    {
        var text = body.Text("text") ?? "";
        var blocks = List(body, "blocks");
        if (blocks is { ValueKind: not JsonValueKind.Array })
        {
            return (null, "invalid_blocks_format");
        }

        if (!mayBeEmpty && text.Length == 0 && (blocks is not { } some || some.GetArrayLength() == 0))
        {
            return (null, "no_text");
        }

        if (new StringInfo(text).LengthInTextElements > longest)
        {
            return (null, "msg_too_long");
        }

        return (new AcceptedContent(text, blocks is { } given ? Named(given) : null, body.Member("metadata")), null);
    }

    /// <summary>What is wrong with a view: Slack's error, or null.</summary>
    /// <param name="type"><c>modal</c> or <c>home</c>.</param>
    public static string? Fault(JsonElement view, string type) =>
        view.Text("type") != type || view.Member("blocks") is not { ValueKind: JsonValueKind.Array } || (type == "modal" && view.Member("title") is null) ? "invalid_arguments" : null;

    /// <summary>A list of blocks or a view with a name for each part.</summary>
    public JsonElement Named(JsonElement content)
    {
        var node = JsonNode.Parse(content.GetRawText()) ?? throw new ArgumentException("Nothing to name.", nameof(content));
        var blocks = node as JsonArray ?? node["blocks"] as JsonArray ?? [];
        foreach (var block in blocks.OfType<JsonObject>())
        {
            block["block_id"] ??= mint.Part();
            foreach (var element in Elements(block))
            {
                element["action_id"] ??= mint.Part();
            }
        }

        return JsonSerializer.SerializeToElement(node, SlackWire.Options);
    }

    // A form carries lists and objects as JSON text.
    private static JsonElement? List(JsonElement body, string name)
    {
        if (body.Member(name) is not { ValueKind: JsonValueKind.String } text)
        {
            return body.Member(name);
        }

        try
        {
            return JsonSerializer.Deserialize<JsonElement>(text.GetString() ?? "");
        }
        catch (JsonException)
        {
            return text;
        }
    }

    private static IEnumerable<JsonObject> Elements(JsonObject block) => block["type"]?.GetValue<string>() switch
    {
        "actions" => (block["elements"] as JsonArray)?.OfType<JsonObject>() ?? [],
        "section" => block["accessory"] is JsonObject accessory && accessory["type"]?.GetValue<string>() != "image" ? [accessory] : [],
        "input" => block["element"] is JsonObject element ? [element] : [],
        _ => [],
    };
}
