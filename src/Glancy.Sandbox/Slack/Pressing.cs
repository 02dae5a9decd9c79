using System.Text.Json;
using System.Text.Json.Nodes;
using Glancy.Sandbox.Slack.Blocks;

namespace Glancy.Sandbox.Slack;

/// <summary>A person presses a button or chooses something.</summary>
internal sealed class Pressing(Workspace workspace)
{
    /// <param name="choice">For a select and the like what was chosen, as Slack names it: <c>{"selected_option":
    /// {...}}</c>, <c>{"selected_user": "U..."}</c>.</param>
    /// <param name="values">What stands in the inputs of a view.</param>
    /// <exception cref="ArgumentException">There is no such button there, or nobody sees it.</exception>
    public async Task PressAsync(
        Person person,
        Place place,
        string blockId,
        string actionId,
        JsonElement? choice,
        JsonElement? values,
        CancellationToken cancellationToken
    )
    {
        var payload = SlackWire.Object(
            new
            {
                Type = "block_actions",
                User = User(person),
                ApiAppId = Team.App,
                Token = "sandbox",
                TriggerId = workspace.Triggers.Give(person.Id),
                Team = new { Team.Id, Team.Domain },
                IsEnterpriseInstall = false,
            }
        );
        payload["enterprise"] = null;
        var blocks = place switch
        {
            Place.InMessage at => Message(
                payload,
                person,
                workspace.Board.Find(at.Channel, at.Ts)
                    ?? throw new ArgumentException($"There is no message {at.Ts} in {at.Channel}.")
            ),
            Place.InEphemeral at => Ephemeral(
                payload,
                workspace.Asides.Find(at.Id) is { } shown && shown.For == person.Id
                    ? shown
                    : throw new ArgumentException($"{person.Id} sees no ephemeral message {at.Id}.")
            ),
            Place.InView at => View(
                payload,
                workspace.Screens.Find(at.Id) is { } view && view.User == person.Id
                    ? view
                    : throw new ArgumentException($"{person.Id} sees no view {at.Id}."),
                values
            ),
            _ => throw new ArgumentException("No such place.", nameof(place)),
        };
        var element =
            BlockSearch.Element(blocks, blockId, actionId)
            ?? throw new ArgumentException($"There is no {actionId} in {blockId}.");
        payload["actions"] = new JsonArray(Action(element, blockId, choice));
        if (await workspace.App.InteractionAsync(payload, cancellationToken) is AppAnswer.Failed)
        {
            Complain(person, place);
        }
    }

    public static object User(Person person) =>
        new
        {
            person.Id,
            Username = person.Login,
            Name = person.Login,
            person.TeamId,
        };

    private JsonElement? Message(JsonObject payload, Person person, Message message)
    {
        payload["container"] = SlackWire.Object(
            new
            {
                Type = "message",
                MessageTs = message.Ts,
                ChannelId = message.Channel,
                IsEphemeral = false,
                message.ThreadTs,
            }
        );
        payload["message"] = workspace.Json.Of(message);
        ToChannel(
            payload,
            message.Channel,
            new AnsweredDeed(person.Id, message.Channel, Message: message.Ts, ThreadTs: message.ThreadTs)
        );
        return message.Blocks;
    }

    // An ephemeral message is in no history, so Slack does not send it along.
    private JsonElement? Ephemeral(JsonObject payload, Ephemeral shown)
    {
        payload["container"] = SlackWire.Object(
            new
            {
                Type = "message",
                MessageTs = shown.Id,
                ChannelId = shown.Channel,
                IsEphemeral = true,
                shown.ThreadTs,
            }
        );
        ToChannel(
            payload,
            shown.Channel,
            new AnsweredDeed(shown.For, shown.Channel, Ephemeral: shown.Id, ThreadTs: shown.ThreadTs)
        );
        return shown.Blocks;
    }

    private static JsonElement? View(JsonObject payload, ShownView view, JsonElement? values)
    {
        payload["container"] = SlackWire.Object(new { Type = "view", ViewId = view.Id });
        payload["view"] = MessageJson.Of(view, values is { } given ? JsonNode.Parse(given.GetRawText()) : null);
        return view.Content.Member("blocks");
    }

    private void ToChannel(JsonObject payload, string channel, AnsweredDeed deed)
    {
        payload["channel"] = SlackWire.Object(
            new
            {
                Id = channel,
                Name = workspace.Members.Channel(channel) is { IsDirect: false } named ? named.Name : "directmessage",
            }
        );
        payload["state"] = new JsonObject { ["values"] = new JsonObject() };
        payload["response_url"] = workspace.Addresses.Give("actions", deed);
    }

    private JsonObject Action(JsonElement element, string blockId, JsonElement? choice)
    {
        var action = new JsonObject
        {
            ["type"] = element.Text("type"),
            ["action_id"] = element.Text("action_id"),
            ["block_id"] = blockId,
        };
        foreach (var name in new[] { "text", "value", "style" })
        {
            action[name] = element.Member(name) is { } value ? JsonNode.Parse(value.GetRawText()) : null;
            if (action[name] is null)
            {
                action.Remove(name);
            }
        }

        foreach (var (name, value) in choice is { } given ? JsonNode.Parse(given.GetRawText()) as JsonObject ?? [] : [])
        {
            action[name] = value?.DeepClone();
        }

        action["action_ts"] = workspace.Mint.Ts();
        return action;
    }

    private void Complain(Person person, Place place)
    {
        switch (place)
        {
            case Place.InView view
                when workspace.Screens.Replace(view.Id, v => v with { Trouble = ClientWords.NotResponding(person) })
                    is not null:
                break;
            case Place.InMessage message:
                workspace.Asides.Slackbot(message.Channel, person.Id, ClientWords.NotResponding(person));
                break;
            case Place.InEphemeral shown when workspace.Asides.Find(shown.Id) is { } ephemeral:
                workspace.Asides.Slackbot(ephemeral.Channel, person.Id, ClientWords.NotResponding(person));
                break;
        }
    }
}
