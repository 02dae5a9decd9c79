using System.Text.Json;

namespace Glancy.Sandbox.Slack.Blocks;

/// <summary>Finds what can be clicked or filled in.</summary>
internal static class BlockSearch
{
    /// <param name="blocks">A list of blocks.</param>
    public static JsonElement? Element(JsonElement? blocks, string blockId, string actionId) =>
        All(blocks).FirstOrDefault(p => p.Block.Text("block_id") == blockId && p.Element.Text("action_id") == actionId)
            is { Element.ValueKind: JsonValueKind.Object } found
            ? found.Element
            : null;

    /// <summary>Each element with the block it is in.</summary>
    public static IEnumerable<(JsonElement Block, JsonElement Element)> All(JsonElement? blocks) =>
        blocks is { ValueKind: JsonValueKind.Array } list
            ? list.EnumerateArray().SelectMany(block => In(block).Select(element => (block, element)))
            : [];

    private static IEnumerable<JsonElement> In(JsonElement block) =>
        block.Text("type") switch
        {
            "actions" => block.Items("elements"),
            "section" when block.Member("accessory") is { } accessory => [accessory],
            "input" when block.Member("element") is { } element => [element],
            _ => [],
        };
}
