using System.Text.Json;
using System.Text.Json.Nodes;
using Glancy.Sandbox.Slack.Blocks;

namespace Glancy.Sandbox.Slack;

/// <summary>What a message says, as the workspace keeps it.</summary>
/// <param name="Blocks">Null when none were given, an empty list when an empty one was.</param>
internal sealed record AcceptedContent(string Text, JsonElement? Blocks, JsonElement? Metadata);

/// <summary>What became of a content that was sent.</summary>
/// <param name="Value">Null when it was refused.</param>
/// <param name="Error">Slack's error then.</param>
/// <param name="Messages">What exactly is wrong, one by one.</param>
internal sealed record Acceptance(AcceptedContent? Value, string Error = "", IReadOnlyList<string>? Messages = null);

/// <summary>
/// Takes what an app sends for a message or a view: judges it, and names the parts that have no name.
/// </summary>
internal sealed class Content(Mint mint, Cabinet files)
{
    public const int LongestPost = 40_000;
    public const int LongestUpdate = 4_000;
    private const int LongestMetadata = 16_384;

    /// <param name="body">Arguments of a method or an answer, with <c>text</c>, <c>blocks</c>, <c>metadata</c>; from a
    /// form, the latter two are JSON text.</param>
    public Acceptance Accept(JsonElement body, int longest)
    {
        var text = body.Text("text") ?? "";
        var blocks = Parsed(body.Member("blocks"));
        var metadata = Parsed(body.Member("metadata"));
        if (blocks is { ValueKind: not JsonValueKind.Array })
        {
            return new Acceptance(null, "invalid_blocks_format");
        }

        if (text.Length == 0 && (blocks is not { } some || some.GetArrayLength() == 0))
        {
            return new Acceptance(null, "no_text");
        }

        if (Findings.Length(text) > longest)
        {
            return new Acceptance(null, "msg_too_long");
        }

        var found = new Findings();
        BlockCheck.Look(
            SlackWire.Element(new { Blocks = blocks ?? SlackWire.Element(Array.Empty<object>()) }),
            "",
            "message",
            found
        );
        if (blocks is { } shown)
        {
            PictureCheck.Look(shown, files, found);
        }

        if (found.All.Count > 0)
        {
            return new Acceptance(null, "invalid_blocks", found.All);
        }

        return metadata is { } given && Fault(given) is { } fault
            ? new Acceptance(null, fault)
            : new Acceptance(new AcceptedContent(text, blocks is { } list ? Named(list) : null, metadata));
    }

    /// <summary>A list of blocks or a view, with a name for each part.</summary>
    public JsonElement Named(JsonElement content)
    {
        var node =
            JsonNode.Parse(content.GetRawText()) ?? throw new ArgumentException("Nothing to name.", nameof(content));
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

    // An empty object takes the metadata away.
    private static string? Fault(JsonElement metadata) =>
        metadata switch
        {
            { ValueKind: JsonValueKind.Object } when !metadata.EnumerateObject().Any() => null,
            _ when metadata.Text("event_type") is null
                    || metadata.Member("event_payload") is not { ValueKind: JsonValueKind.Object } =>
                "invalid_metadata_format",
            _ when metadata.GetRawText().Length > LongestMetadata => "metadata_too_large",
            _ => null,
        };

    private static JsonElement? Parsed(JsonElement? member)
    {
        if (member is not { ValueKind: JsonValueKind.String } text)
        {
            return member;
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

    private static IEnumerable<JsonObject> Elements(JsonObject block) =>
        block["type"]?.GetValue<string>() switch
        {
            "actions" => (block["elements"] as JsonArray)?.OfType<JsonObject>() ?? [],
            "section" => block["accessory"] is JsonObject accessory && accessory["type"]?.GetValue<string>() != "image"
                ? [accessory]
                : [],
            "input" => block["element"] is JsonObject element ? [element] : [],
            _ => [],
        };
}
