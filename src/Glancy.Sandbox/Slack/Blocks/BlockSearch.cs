using System.Text.Json;

namespace Glancy.Sandbox.Slack.Blocks;

/// <summary>Something that can be said by pressing it.</summary>
/// <param name="Value">The line.</param>
/// <param name="Choice">What was chosen, where it stands in a menu; null for a button.</param>
internal sealed record Offer(string BlockId, string ActionId, string Value, string Label, JsonElement? Choice);

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

    /// <summary>
    /// Every line that can be said by pressing, with its label; from a menu also the choice as Slack names it.
    /// </summary>
    public static IEnumerable<Offer> Offers(JsonElement? blocks) =>
        All(blocks)
            .SelectMany(p =>
                p.Element.Text("type") == "overflow"
                    ? p
                        .Element.Items("options")
                        .Select(o => Offered(p.Block, p.Element, o, SlackWire.Element(new { SelectedOption = o })))
                    : [Offered(p.Block, p.Element, p.Element, null)]
            )
            .OfType<Offer>();

    private static Offer? Offered(JsonElement block, JsonElement element, JsonElement said, JsonElement? choice) =>
        block.Text("block_id") is { } blockId
        && element.Text("action_id") is { } actionId
        && said.Text("value") is { } value
            ? new Offer(blockId, actionId, value, said.Member("text")?.Text("text") ?? "", choice)
            : null;

    private static IEnumerable<JsonElement> In(JsonElement block) =>
        block.Text("type") switch
        {
            "actions" => block.Items("elements"),
            "section" when block.Member("accessory") is { } accessory => [accessory],
            "input" when block.Member("element") is { } element => [element],
            _ => [],
        };
}
