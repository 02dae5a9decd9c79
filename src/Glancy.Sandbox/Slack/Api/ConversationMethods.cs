using System.Globalization;
using System.Text.Json.Nodes;

namespace Glancy.Sandbox.Slack.Api;

/// <summary><c>conversations.*</c></summary>
internal sealed class ConversationMethods(Workspace workspace)
{
    private const int LongestTopic = 250;

    public Dictionary<string, Func<ApiCall, ApiAnswer>> All =>
        new()
        {
            ["conversations.info"] = call =>
                Found(call) is { } channel
                    ? ApiAnswer.Yes(new { Channel = Json(channel) })
                    : ApiAnswer.No("channel_not_found"),
            ["conversations.list"] = List,
            ["conversations.members"] = Members,
            ["conversations.open"] = Open,
            ["conversations.setTopic"] = SetTopic,
            ["conversations.history"] = History,
            ["conversations.replies"] = Replies,
        };

    private Channel? Found(ApiCall call) =>
        call.Text("channel") is { } id ? workspace.Members.Channels.FirstOrDefault(c => c.Id == id) : null;

    private ApiAnswer List(ApiCall call)
    {
        var types = call.Names("types");
        var wanted = workspace
            .Members.Channels.Where(c =>
                types.Contains("im") && c.IsDirect
                || (types.Count == 0 || types.Contains("public_channel")) && !c.IsDirect
            )
            .ToList();
        return Pages.Of(wanted, call.Text("cursor"), call.Number("limit", 100, 999)) is { } page
            ? ApiAnswer.Yes(
                new { Channels = page.Items.Select(Json), ResponseMetadata = new { NextCursor = page.Next ?? "" } }
            )
            : ApiAnswer.No("invalid_cursor");
    }

    private ApiAnswer Members(ApiCall call) =>
        Found(call) is not { } channel ? ApiAnswer.No("channel_not_found")
        : Pages.Of(channel.Members, call.Text("cursor"), call.Number("limit", 100, 999)) is { } page
            ? ApiAnswer.Yes(new { Members = page.Items, ResponseMetadata = new { NextCursor = page.Next ?? "" } })
        : ApiAnswer.No("invalid_cursor");

    private ApiAnswer Open(ApiCall call)
    {
        var users = call.Names("users");
        if (call.Text("channel") is null && users.Count == 0)
        {
            return ApiAnswer.No("users_list_not_supplied");
        }

        if (users.Count > 1)
        {
            return ApiAnswer.No("too_many_users");
        }

        var channel =
            users.Count == 0 ? Found(call)
            : workspace.Members.Person(users[0]) is { } person ? workspace.Members.Channel(person.DirectChannel)
            : null;
        return channel is not null
            ? ApiAnswer.Yes(new { Channel = Json(channel) })
            : ApiAnswer.No(users.Count == 0 ? "channel_not_found" : "user_not_found");
    }

    private ApiAnswer SetTopic(ApiCall call)
    {
        var topic = call.Text("topic") ?? "";
        switch (Found(call))
        {
            case null:
                return ApiAnswer.No("channel_not_found");
            case { IsArchived: true }:
                return ApiAnswer.No("is_archived");
            case { IsDirect: true }:
                return ApiAnswer.No("method_not_supported_for_channel_type");
            case { } channel when !channel.Members.Contains(Team.BotUser):
                return ApiAnswer.No("not_in_channel");
            case { } when topic.EnumerateRunes().Count() > LongestTopic:
                return ApiAnswer.No("too_long");
            case { } channel:
                if (channel.Topic != topic)
                {
                    channel = channel with { Topic = topic };
                    workspace.Members.Put(channel);
                    workspace.Post(
                        new Message(
                            channel.Id,
                            "",
                            Team.BotUser,
                            topic.Length > 0 ? $"set the channel topic: {topic}" : "cleared the channel topic"
                        )
                        {
                            Subtype = "channel_topic",
                            BotId = Team.Bot,
                        }
                    );
                }

                return ApiAnswer.Yes(new { Channel = Json(channel) });
        }
    }

    // The newest first.
    private ApiAnswer History(ApiCall call)
    {
        if (Found(call) is not { } channel)
        {
            return ApiAnswer.No("channel_not_found");
        }

        if (!channel.Members.Contains(Team.BotUser))
        {
            return ApiAnswer.No("not_in_channel");
        }

        return Page(call, workspace.Board.In(channel.Id).Reverse());
    }

    // The oldest first, and before all others the message that the thread answers to.
    private ApiAnswer Replies(ApiCall call)
    {
        if (Found(call) is not { } channel)
        {
            return ApiAnswer.No("channel_not_found");
        }

        var thread = workspace.Board.Thread(channel.Id, call.Text("ts") ?? "");
        return thread.Count == 0 ? ApiAnswer.No("thread_not_found") : Page(call, thread, always: thread[0].Ts);
    }

    private ApiAnswer Page(ApiCall call, IEnumerable<Message> messages, string? always = null)
    {
        if (!TryTime(call.Text("oldest"), 0, out var oldest))
        {
            return ApiAnswer.No("invalid_ts_oldest");
        }

        if (!TryTime(call.Text("latest"), decimal.MaxValue, out var latest))
        {
            return ApiAnswer.No("invalid_ts_latest");
        }

        var inclusive = call.Flag("inclusive");
        var within = messages
            .Where(m =>
                m.Ts == always
                || (
                    TryTime(m.Ts, 0, out var at)
                    && (inclusive ? at >= oldest && at <= latest : at > oldest && at < latest)
                )
            )
            .ToList();
        if (Pages.Of(within, call.Text("cursor"), call.Number("limit", 100, 999)) is not { } page)
        {
            return ApiAnswer.No("invalid_cursor");
        }

        var metadata = call.Flag("include_all_metadata");
        return ApiAnswer.Yes(
            new
            {
                Messages = page.Items.Select(m => workspace.Json.Of(m, metadata)),
                HasMore = page.Next is not null,
                ResponseMetadata = page.Next is { } next ? new { NextCursor = next } : null,
            }
        );
    }

    private static bool TryTime(string? ts, decimal otherwise, out decimal time)
    {
        time = otherwise;
        return ts is null
            || decimal.TryParse(ts, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out time);
    }

    private static JsonObject Json(Channel channel) =>
        channel.IsDirect
            ? SlackWire.Object(
                new
                {
                    channel.Id,
                    IsIm = true,
                    IsChannel = false,
                    User = channel.With,
                    IsOrgShared = false,
                    IsArchived = false,
                    IsOpen = true,
                    ContextTeamId = Team.Id,
                }
            )
            : SlackWire.Object(
                new
                {
                    channel.Id,
                    channel.Name,
                    NameNormalized = channel.Name,
                    IsChannel = true,
                    IsGroup = false,
                    IsIm = false,
                    IsMpim = false,
                    IsPrivate = false,
                    channel.IsArchived,
                    IsGeneral = false,
                    IsShared = channel.IsExternal,
                    IsExtShared = channel.IsExternal,
                    IsOrgShared = false,
                    IsMember = channel.Members.Contains(Team.BotUser),
                    ContextTeamId = Team.Id,
                    Topic = new
                    {
                        Value = channel.Topic,
                        Creator = "",
                        LastSet = 0,
                    },
                    Purpose = new
                    {
                        Value = "",
                        Creator = "",
                        LastSet = 0,
                    },
                    NumMembers = channel.Members.Count,
                }
            );
}
