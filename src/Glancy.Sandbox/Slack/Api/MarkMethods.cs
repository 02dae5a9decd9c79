namespace Glancy.Sandbox.Slack.Api;

/// <summary><c>reactions.*</c> and <c>pins.*</c></summary>
internal sealed class MarkMethods(Workspace workspace)
{
    public Dictionary<string, Func<ApiCall, ApiAnswer>> All =>
        new()
        {
            ["reactions.add"] = call => React(call, give: true, "already_reacted"),
            ["reactions.remove"] = call => React(call, give: false, "no_reaction"),
            ["reactions.get"] = call =>
                Marked(call) is { Message: { } message } found
                    ? ApiAnswer.Yes(
                        new
                        {
                            Type = "message",
                            found.Message.Channel,
                            Message = workspace.Json.Of(message),
                        }
                    )
                    : ApiAnswer.No(Marked(call).Error),
            ["pins.add"] = call => Pin(call, pinned: true, "already_pinned"),
            ["pins.remove"] = call => Pin(call, pinned: false, "no_pin"),
            ["pins.list"] = call =>
                workspace.Members.Channel(call.Text("channel") ?? "") is { } channel
                    ? ApiAnswer.Yes(
                        new
                        {
                            Items = workspace
                                .Board.All.Where(m => m.Channel == channel.Id && m.IsPinned)
                                .Select(m => new
                                {
                                    Type = "message",
                                    m.Channel,
                                    Message = workspace.Json.Of(m),
                                }),
                        }
                    )
                    : ApiAnswer.No("channel_not_found"),
        };

    private ApiAnswer React(ApiCall call, bool give, string already)
    {
        var (message, error) = Marked(call);
        if (message is null)
        {
            return ApiAnswer.No(error);
        }

        // Skin tones come behind two colons.
        if (
            call.Text("name") is not { Length: <= 100 } name
            || !name.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '+' or ':')
        )
        {
            return ApiAnswer.No("invalid_name");
        }

        return workspace.Board.React(message.Channel, message.Ts, Team.BotUser, name, give)
            ? ApiAnswer.Yes()
            : ApiAnswer.No(already);
    }

    private ApiAnswer Pin(ApiCall call, bool pinned, string already)
    {
        var (message, error) = Marked(call);
        if (message is null)
        {
            return ApiAnswer.No(error);
        }

        var was = pinned;
        workspace.Board.Replace(
            message.Channel,
            message.Ts,
            m =>
            {
                was = m.IsPinned;
                return m with { IsPinned = pinned };
            }
        );
        return was == pinned ? ApiAnswer.No(already) : ApiAnswer.Yes();
    }

    private (Message? Message, string Error) Marked(ApiCall call)
    {
        if (workspace.Members.Channel(call.Text("channel") ?? "") is not { } channel)
        {
            return (null, "channel_not_found");
        }

        return call.Text("timestamp") is not { } ts
            ? (null, "no_item_specified")
            : (workspace.Board.Find(channel.Id, ts), "message_not_found");
    }
}
