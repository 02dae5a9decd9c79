using Glancy.Sandbox.Slack;
using Glancy.Sandbox.Slack.Page.Conversation;

namespace Glancy.Sandbox.Tests.Slack.Page.Conversation;

public sealed class MessageViewTests
{
    private static readonly Message Plain = new(Team.OpsChannel, "1.000001", "UOLGA0000", "hello <@ULIN00000>")
    {
        At = Drawing.Morning,
    };

    [Fact]
    public async Task A_persons_message_with_reactions_and_a_thread() =>
        Drawing.Check(
            "person",
            await DrawAsync(
                new Line.Shared(
                    Plain with
                    {
                        Reactions = [new Reaction("eyes", ["ULIN00000", "UOLGA0000"])],
                        Edited = "1.000002",
                    },
                    2,
                    ["ULIN00000"],
                    Drawing.Morning
                ),
                "UOLGA0000"
            )
        );

    [Fact]
    public async Task A_bots_message_carries_a_badge() =>
        Drawing.Check(
            "bot",
            await DrawAsync(
                new Line.Shared(Plain with { User = Team.BotUser, BotId = Team.Bot, IsPinned = true }, 0, [], null),
                "ULIN00000"
            )
        );

    [Fact]
    public async Task What_only_one_sees_says_so() =>
        Drawing.Check(
            "aside",
            await DrawAsync(
                new Line.Aside(
                    new Ephemeral("1.000001", Team.OpsChannel, "ULIN00000", Team.BotUser, "*no*")
                    {
                        At = Drawing.Morning,
                    }
                ),
                "ULIN00000"
            )
        );

    private static async Task<string> DrawAsync(Line line, string person)
    {
        var workspace = Drawing.Workspace();
        return await Drawing.HtmlAsync<MessageView>(
            new() { [nameof(MessageView.Line)] = line },
            Drawing.SurfaceOf(person, workspace),
            workspace
        );
    }
}
