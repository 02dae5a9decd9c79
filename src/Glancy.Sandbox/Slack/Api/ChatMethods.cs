namespace Glancy.Sandbox.Slack.Api;

/// <summary><c>chat.*</c></summary>
internal sealed class ChatMethods(Workspace workspace)
{
    public Dictionary<string, Func<ApiCall, ApiAnswer>> All =>
        new()
        {
            ["chat.postMessage"] = Post,
            ["chat.postEphemeral"] = PostEphemeral,
            ["chat.update"] = Update,
            ["chat.delete"] = Delete,
            ["chat.getPermalink"] = GetPermalink,
        };

    private ApiAnswer Post(ApiCall call)
    {
        var (channel, error) = Writable(call);
        if (channel is null)
        {
            return ApiAnswer.No(error);
        }

        var accepted = workspace.Content.Accept(call.Arguments, Content.LongestPost);
        if (accepted.Value is not { } content)
        {
            return ApiAnswer.No(accepted.Error, accepted.Messages);
        }

        if (call.Text("thread_ts") is { } parent && workspace.Board.Find(channel.Id, parent) is null)
        {
            return ApiAnswer.No("thread_not_found");
        }

        var message = workspace.Post(
            new Message(channel.Id, "", Team.BotUser, content.Text)
            {
                BotId = Team.Bot,
                Blocks = content.Blocks,
                Metadata = content.Metadata,
                ThreadTs = call.Text("thread_ts"),
                IsBroadcast = call.Flag("reply_broadcast"),
            }
        );
        return ApiAnswer.Yes(
            new
            {
                Channel = channel.Id,
                message.Ts,
                Message = workspace.Json.Of(message),
            }
        );
    }

    private ApiAnswer PostEphemeral(ApiCall call)
    {
        var (channel, error) = Writable(call);
        if (channel is null)
        {
            return ApiAnswer.No(error);
        }

        if (call.Text("user") is not { } user || !channel.Members.Contains(user))
        {
            return ApiAnswer.No("user_not_in_channel");
        }

        var accepted = workspace.Content.Accept(call.Arguments, Content.LongestPost);
        if (accepted.Value is not { } content)
        {
            return ApiAnswer.No(accepted.Error, accepted.Messages);
        }

        var shown = workspace.Asides.Show(
            new Ephemeral("", channel.Id, user, Team.BotUser, content.Text)
            {
                Blocks = content.Blocks,
                ThreadTs = call.Text("thread_ts"),
            }
        );
        return ApiAnswer.Yes(new { MessageTs = shown.Id });
    }

    private ApiAnswer Update(ApiCall call)
    {
        var (channel, message, error) = Own(call, "cant_update_message");
        if (message is null)
        {
            return ApiAnswer.No(error);
        }

        var accepted = workspace.Content.Accept(call.Arguments, Content.LongestUpdate);
        if (accepted.Value is not { } content)
        {
            return ApiAnswer.No(accepted.Error, accepted.Messages);
        }

        // What is left out stays; an empty list or object takes it away.
        var at = workspace.Mint.Ts();
        var updated = workspace.Board.Replace(
            channel,
            message.Ts,
            m =>
                m with
                {
                    Text = content.Text,
                    Blocks = content.Blocks ?? m.Blocks,
                    Metadata = content.Metadata is { } given
                        ? given.EnumerateObject().Any()
                            ? given
                            : null
                        : m.Metadata,
                    Edited = at,
                }
        );
        return updated is null
            ? ApiAnswer.No("message_not_found")
            : ApiAnswer.Yes(
                new
                {
                    Channel = channel,
                    updated.Ts,
                    updated.Text,
                    Message = workspace.Json.Of(updated),
                }
            );
    }

    private ApiAnswer Delete(ApiCall call)
    {
        var (channel, message, error) = Own(call, "cant_delete_message");
        return message is not null && workspace.Board.Delete(channel, message.Ts)
            ? ApiAnswer.Yes(new { Channel = channel, message.Ts })
            : ApiAnswer.No(error);
    }

    private ApiAnswer GetPermalink(ApiCall call)
    {
        if (workspace.Members.Channel(call.Text("channel") ?? "") is not { } channel)
        {
            return ApiAnswer.No("channel_not_found");
        }

        var message = workspace.Board.Find(channel.Id, call.Text("message_ts") ?? "");
        return message is null
            ? ApiAnswer.No("message_not_found")
            : ApiAnswer.Yes(
                new
                {
                    Channel = channel.Id,
                    Permalink = new Uri(
                        workspace.Addresses.Origin,
                        $"archives/{channel.Id}/p{message.Ts.Replace(".", "", StringComparison.Ordinal)}"
                    ).AbsoluteUri,
                }
            );
    }

    // A person's id stands for the conversation with that person.
    private (Channel? Channel, string Error) Writable(ApiCall call)
    {
        var id = call.Text("channel") ?? "";
        var channel =
            workspace.Members.Channel(id)
            ?? (workspace.Members.Person(id) is { } person ? workspace.Members.Channel(person.DirectChannel) : null);
        return channel switch
        {
            null => (null, "channel_not_found"),
            { IsArchived: true } => (null, "is_archived"),
            _ when !channel.Members.Contains(Team.BotUser) => (null, "not_in_channel"),
            _ => (channel, ""),
        };
    }

    private (string Channel, Message? Message, string Error) Own(ApiCall call, string forbidden)
    {
        if (workspace.Members.Channel(call.Text("channel") ?? "") is not { } channel)
        {
            return ("", null, "channel_not_found");
        }

        return workspace.Board.Find(channel.Id, call.Text("ts") ?? "") switch
        {
            null => (channel.Id, null, "message_not_found"),
            { BotId: Team.Bot } own => (channel.Id, own, "message_not_found"),
            _ => (channel.Id, null, forbidden),
        };
    }
}
