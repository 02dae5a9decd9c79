using System.Text.Json.Nodes;

namespace Glancy.Sandbox.Slack;

/// <summary>Messages and views as Slack sends them.</summary>
internal sealed class MessageJson(Board board, Cabinet files)
{
    /// <param name="metadata">Only for who asked for it.</param>
    public JsonObject Of(Message message, bool metadata = false)
    {
        var thread = message.ThreadTs == message.Ts ? board.Thread(message.Channel, message.Ts).Skip(1).ToList() : [];
        return SlackWire.Object(
            new
            {
                Type = "message",
                message.Subtype,
                message.User,
                message.BotId,
                AppId = message.BotId is null ? null : Team.App,
                Team = Team.Id,
                message.Text,
                message.Ts,
                message.ThreadTs,
                message.Blocks,
                Metadata = metadata ? message.Metadata : null,
                Edited = message.Edited is { } at ? new { message.User, Ts = at } : null,
                Files = message.Files.Count > 0
                    ? message.Files.Select(files.Find).OfType<StoredFile>().Select(Of)
                    : null,
                Reactions = message.Reactions.Count > 0
                    ? message.Reactions.Select(r => new
                    {
                        r.Name,
                        r.Users,
                        r.Users.Count,
                    })
                    : null,
                PinnedTo = message.IsPinned ? new[] { message.Channel } : null,
                ReplyCount = thread.Count > 0 ? thread.Count : (int?)null,
                ReplyUsers = thread.Count > 0 ? thread.Select(m => m.User).Distinct() : null,
                ReplyUsersCount = thread.Count > 0 ? thread.Select(m => m.User).Distinct().Count() : (int?)null,
                LatestReply = thread.Count > 0 ? thread[^1].Ts : null,
            }
        );
    }

    public static JsonObject Of(StoredFile file) =>
        SlackWire.Object(
            new
            {
                file.Id,
                file.Name,
                file.Title,
                Mimetype = file.MimeType,
                Size = file.Content.Length,
                AltTxt = file.AltText,
                User = Team.BotUser,
                file.Channels,
                IsExternal = false,
                UserTeam = Team.Id,
            }
        );

    /// <param name="values">What stands in the inputs: by block_id, then by action_id.</param>
    public static JsonObject Of(ShownView view, JsonNode? values = null)
    {
        var shown = JsonNode.Parse(view.Content.GetRawText()) as JsonObject ?? [];
        var more = SlackWire.Object(
            new
            {
                view.Id,
                TeamId = Team.Id,
                view.Hash,
                RootViewId = view.RootId,
                AppId = Team.App,
                AppInstalledTeamId = Team.Id,
                BotId = Team.Bot,
            }
        );
        foreach (var (name, value) in more)
        {
            shown[name] = value?.DeepClone();
        }

        shown["previous_view_id"] = view.PreviousId;
        shown["state"] = new JsonObject { ["values"] = values ?? new JsonObject() };
        shown["private_metadata"] ??= "";
        shown["callback_id"] ??= "";
        shown["external_id"] ??= "";
        return shown;
    }
}
