using System.Text.Json;

namespace Glancy.Sandbox.Slack.Blocks;

/// <summary>Slack's limits of modals and Homes.</summary>
internal static class ViewCheck
{
    /// <param name="type"><c>modal</c> or <c>home</c>.</param>
    /// <returns>What is wrong, one by one; empty when nothing is.</returns>
    public static IReadOnlyList<string> Faults(JsonElement view, string type)
    {
        const string at = "/view";
        var found = new Findings();
        if (view.Text("type") != type)
        {
            found.Add(at, view.Text("type") is null ? "missing required field: type" : $"must be of type {type}");
            return found.All;
        }

        found.Text(view, "private_metadata", at, 3000, least: 0);
        found.Text(view, "callback_id", at, 255, least: 0);
        found.Text(view, "external_id", at, 255, least: 0);
        if (type == "modal")
        {
            found.TextObject(view, "title", at, 24, required: true);
            found.TextObject(view, "submit", at, 24);
            found.TextObject(view, "close", at, 24);
            if (view.Member("submit") is null && view.Items("blocks").Any(b => b.Text("type") == "input"))
            {
                found.Add(at, "missing required field: submit");
            }
        }

        BlockCheck.Look(view, at, type, found);
        return found.All;
    }
}
