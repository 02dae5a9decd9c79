using System.Text.Json;
using System.Text.Json.Nodes;
using Glancy.Sandbox.Slack.Blocks;

namespace Glancy.Sandbox.Slack;

/// <summary>A person sends a modal off, or closes it.</summary>
internal sealed class Submitting(Workspace workspace)
{
    /// <param name="values">What stands in the inputs: by block_id, then by action_id, each <c>{"type": ..., "value":
    /// ...}</c> or with <c>selected_option</c> and the like.</param>
    public async Task SubmitAsync(
        Person person,
        ShownView view,
        JsonElement values,
        CancellationToken cancellationToken
    )
    {
        var missing = Unfilled(view, values).ToDictionary(b => b, _ => ClientWords.Required(person));
        if (missing.Count > 0)
        {
            workspace.Screens.Replace(view.Id, v => v with { Errors = missing });
            return;
        }

        workspace.Screens.Replace(view.Id, v => v with { Errors = new Dictionary<string, string>(), Trouble = null });
        var payload = Payload("view_submission", person, view, JsonNode.Parse(values.GetRawText()));
        payload["trigger_id"] = workspace.Triggers.Give(person.Id);
        payload["response_urls"] = new JsonArray();
        var answer = await workspace.App.InteractionAsync(payload, cancellationToken);
        if (
            answer is AppAnswer.Failed
            || (answer is AppAnswer.Acknowledged { Body: { } body } && !Follow(person, view, body))
        )
        {
            workspace.Screens.Replace(view.Id, v => v with { Trouble = ClientWords.Trouble(person) });
        }
        else if (answer is AppAnswer.Acknowledged { Body: null })
        {
            workspace.Screens.Close(view.Id);
        }
    }

    /// <summary>Closes one, and tells the app when it wanted to know.</summary>
    public async Task CloseAsync(Person person, ShownView view, CancellationToken cancellationToken)
    {
        workspace.Screens.Close(view.Id);
        if (view.Content.IsTrue("notify_on_close"))
        {
            var payload = Payload("view_closed", person, view, null);
            payload["is_cleared"] = false;
            await workspace.App.InteractionAsync(payload, cancellationToken);
        }
    }

    // False when the answer makes no sense.
    private bool Follow(Person person, ShownView view, JsonElement body)
    {
        switch (body.Text("response_action"))
        {
            case null:
                workspace.Screens.Close(view.Id);
                return true;
            case "clear":
                workspace.Screens.CloseAll(person.Id);
                return true;
            case "errors" when body.Member("errors") is { ValueKind: JsonValueKind.Object } errors:
                var said = errors.EnumerateObject().ToDictionary(e => e.Name, e => e.Value.ToString());
                workspace.Screens.Replace(view.Id, v => v with { Errors = said });
                return view
                    .Content.Items("blocks")
                    .Select(b => b.Text("block_id"))
                    .Any(b => b is not null && said.ContainsKey(b));
            case "update" when body.Member("view") is { } next && ViewCheck.Faults(next, "modal").Count == 0:
                return workspace.Screens.Update(view.Id, workspace.Content.Named(next)) is not null;
            case "push" when body.Member("view") is { } next && ViewCheck.Faults(next, "modal").Count == 0:
                return workspace.Screens.Push(person.Id, workspace.Content.Named(next)) is not null;
            default:
                return false;
        }
    }

    private static JsonObject Payload(string type, Person person, ShownView view, JsonNode? values)
    {
        var payload = SlackWire.Object(
            new
            {
                Type = type,
                Team = new { Team.Id, Team.Domain },
                User = Pressing.User(person),
                ApiAppId = Team.App,
                Token = "sandbox",
                IsEnterpriseInstall = false,
            }
        );
        payload["enterprise"] = null;
        payload["view"] = MessageJson.Of(view, values);
        return payload;
    }

    // Slack's client asks for these before it sends anything.
    private static IEnumerable<string> Unfilled(ShownView view, JsonElement values)
    {
        foreach (
            var (block, element) in BlockSearch
                .All(view.Content.Member("blocks"))
                .Where(p => p.Block.Text("type") == "input" && !p.Block.IsTrue("optional"))
        )
        {
            if (
                block.Text("block_id") is { } id
                && element.Text("action_id") is { } action
                && !HasValue(values, id, action)
            )
            {
                yield return id;
            }
        }
    }

    private static bool HasValue(JsonElement values, string block, string action) =>
        values.Member(block)?.Member(action) is { ValueKind: JsonValueKind.Object } given
        && given
            .EnumerateObject()
            .Any(p =>
                p.Name != "type"
                && p.Value switch
                {
                    { ValueKind: JsonValueKind.String } text => text.GetString() is { Length: > 0 },
                    { ValueKind: JsonValueKind.Array } list => list.GetArrayLength() > 0,
                    { ValueKind: JsonValueKind.Null } => false,
                    _ => true,
                }
            );
}
