using System.Text.Json;
using Glancy.Sandbox.Slack;
using Glancy.Sandbox.Slack.Blocks;

namespace Glancy.Sandbox.Stories.Venues;

/// <summary>A button that says what somebody wants to say.</summary>
/// <param name="Label">As it is read.</param>
/// <param name="Blanks">What its form asks for, by the names of the options; empty when it asks for nothing.</param>
internal sealed record SlackButton(
    Place Place,
    string BlockId,
    string ActionId,
    string Label,
    IReadOnlyDictionary<string, string> Blanks
);

/// <summary>Finds the button of the channel's messages that says a line.</summary>
internal static class SlackButtons
{
    private const string Blank = "...";
    private const string Dashes = "--";

    /// <summary>The newest one; null when the line has to be typed.</summary>
    public static SlackButton? Find(IEnumerable<Message> messages, IReadOnlyList<string> words)
    {
        foreach (var message in messages.Reverse())
        {
            foreach (var (block, element) in BlockSearch.All(message.Blocks))
            {
                if (
                    Says(element, words) is { } blanks
                    && block.Text("block_id") is { } blockId
                    && element.Text("action_id") is { } actionId
                )
                {
                    return new SlackButton(
                        new Place.InMessage(message.Channel, message.Ts),
                        blockId,
                        actionId,
                        element.Member("text")?.Text("text") ?? "",
                        blanks
                    );
                }
            }
        }

        return null;
    }

    /// <summary>Every line that a message offers.</summary>
    public static IEnumerable<string> Offered(Message message) =>
        BlockSearch.All(message.Blocks).Select(p => p.Element.Text("value")).OfType<string>();

    // What is to be filled in; null when it says something else.
    private static Dictionary<string, string>? Says(JsonElement button, IReadOnlyList<string> words)
    {
        var said = (button.Text("value") ?? "").Split(' ')[1..];
        if (said.Length != words.Count || said.Zip(words).Any(p => p.First != p.Second && p.First != Blank))
        {
            return null;
        }

        return Enumerable
            .Range(1, said.Length - 1)
            .Where(i => said[i] == Blank)
            .ToDictionary(i => said[i - 1][Dashes.Length..], i => words[i]);
    }
}
