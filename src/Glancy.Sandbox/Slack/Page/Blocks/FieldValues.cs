using System.Text.Json;
using System.Text.Json.Nodes;

namespace Glancy.Sandbox.Slack.Page.Blocks;

/// <summary>What was typed and chosen in a view, in the shape of Slack's <c>view.state.values</c>.</summary>
public sealed class FieldValues
{
    private readonly Dictionary<(string Block, string Action), JsonObject> values = [];

    /// <summary>Text of an input; empty is none.</summary>
    public void Type(string block, string action, string text) =>
        values[(block, action)] = new JsonObject
        {
            ["type"] = "plain_text_input",
            ["value"] = text.Length == 0 ? null : text,
        };

    /// <param name="option">The option as the app sent it.</param>
    public void Choose(string block, string action, JsonElement? option) =>
        values[(block, action)] = new JsonObject
        {
            ["type"] = "static_select",
            ["selected_option"] = option is { } chosen ? JsonNode.Parse(chosen.GetRawText()) : null,
        };

    public void ChoosePerson(string block, string action, string? person) =>
        values[(block, action)] = new JsonObject { ["type"] = "users_select", ["selected_user"] = person };

    /// <summary>Whether anything was put there, or given at first.</summary>
    public bool Has(string block, string action) => values.ContainsKey((block, action));

    /// <summary>The text of an input that was typed so far.</summary>
    public string? Text(string block, string action) =>
        values.GetValueOrDefault((block, action))?["value"]?.GetValue<string>();

    /// <summary>block_id -> action_id -> value.</summary>
    public JsonElement ToJson()
    {
        var json = new JsonObject();
        foreach (var ((block, action), value) in values)
        {
            if (json[block] is not JsonObject inner)
            {
                json[block] = inner = [];
            }

            inner[action] = value.DeepClone();
        }

        return SlackWire.Element(json);
    }
}
