using System.Text.Json;

namespace Glancy.Slack.Inbound;

/// <summary>The <c>payload</c> of an interaction.</summary>
internal static class InteractionReader
{
    public static bool Takes(string type) => type is "block_actions" or "view_submission" or "message_action";

    public static SlackRequest? Read(JsonElement payload)
    {
        // In a shared channel the place or the person may be of another workspace than the app's. What names two
        // workspaces is a request of neither.
        var place = payload.Child("team")?.Text("id");
        var home = payload.Child("user")?.Text("team_id");
        if (payload.Child("user")?.Text("id") is not { } user || (place ?? home) is not { } team)
        {
            return null;
        }

        var of = home is null || home == team ? team : $"{team}, {home}";
        return payload.Text("type") switch
        {
            "block_actions" => Clicks(payload, of, user),
            "view_submission" => Submission(payload, of, user),
            "message_action" => Shortcut(payload, of, user),
            _ => null,
        };
    }

    private static BlockActions? Clicks(JsonElement payload, string team, string user)
    {
        if (
            !payload.TryGetProperty("actions", out var list)
            || list.ValueKind != JsonValueKind.Array
            || list.GetArrayLength() == 0
        )
        {
            return null;
        }

        var actions = new List<BlockAction>();
        foreach (var item in list.EnumerateArray())
        {
            if (item.Text("action_id") is not { } id || item.Text("action_ts") is not { } at)
            {
                return null;
            }

            actions.Add(
                new BlockAction(
                    id,
                    item.Text("block_id"),
                    item.Text("type") ?? "",
                    Chosen(item),
                    at,
                    $"click:{at}:{id}:{user}"
                )
            );
        }

        var container = payload.Child("container");
        return new BlockActions(string.Join('+', actions.Select(a => a.DedupeKey)), team, user)
        {
            ChannelId = payload.Child("channel")?.Text("id") ?? container?.Text("channel_id"),
            MessageTs = payload.Child("message")?.Text("ts") ?? container?.Text("message_ts"),
            ThreadTs = payload.Child("message")?.Text("thread_ts") ?? container?.Text("thread_ts"),
            View = View(payload),
            TriggerId = payload.Text("trigger_id"),
            ResponseUrl = SlackRequestReader.Address(payload.Text("response_url")),
            Actions = actions,
        };
    }

    private static ViewSubmission? Submission(JsonElement payload, string team, string user)
    {
        if (View(payload) is not { } view)
        {
            return null;
        }

        // A view that was sent back with errors returns with the same id and hash; only the trigger tells the two
        // apart.
        var trigger = payload.Text("trigger_id");
        return new ViewSubmission(
            trigger is null ? $"view:{view.Id}:{view.Hash}:{user}" : "view:" + trigger,
            team,
            user,
            view,
            trigger
        );
    }

    private static MessageShortcut? Shortcut(JsonElement payload, string team, string user) =>
        payload.Text("callback_id") is { } callback
        && payload.Text("trigger_id") is { } trigger
        && payload.Child("channel")?.Text("id") is { } channel
        && payload.Child("message") is { } message
        && message.Text("ts") is { } ts
            ? new MessageShortcut(team, user, trigger)
            {
                CallbackId = callback,
                ResponseUrl = SlackRequestReader.Address(payload.Text("response_url")),
                ChannelId = channel,
                MessageTs = ts,
                MessageUserId = message.Text("user"),
                MessageText = message.Text("text") ?? "",
            }
            : null;

    private static SlackView? View(JsonElement payload)
    {
        if (payload.Child("view") is not { } view || view.Text("id") is not { } id)
        {
            return null;
        }

        var values = new Dictionary<(string, string), string?>();
        if (view.Child("state")?.Child("values") is { } blocks)
        {
            foreach (var block in blocks.EnumerateObject().Where(b => b.Value.ValueKind == JsonValueKind.Object))
            {
                foreach (var field in block.Value.EnumerateObject())
                {
                    values[(block.Name, field.Name)] = Chosen(field.Value);
                }
            }
        }

        return new SlackView(
            id,
            view.Text("callback_id"),
            view.Text("private_metadata") ?? "",
            view.Text("hash"),
            view.Text("external_id"),
            values
        );
    }

    private static string? Chosen(JsonElement field) =>
        field.Text("value") ?? field.Child("selected_option")?.Text("value") ?? field.Text("selected_user");
}
