using System.Text.Json;
using Glancy.Sandbox.Slack;
using Glancy.Sandbox.Slack.Blocks;

namespace Glancy.Sandbox.Stories.Venues;

/// <summary>A button, or an entry of a menu, that says what somebody wants to say.</summary>
/// <param name="Blanks">What its form asks for, by the names of the options; empty when it asks for nothing.</param>
internal sealed record SlackButton(Place Place, Offer Offer, IReadOnlyDictionary<string, string> Blanks);

/// <summary>Finds what of the channel's messages says a line.</summary>
internal static class SlackButtons
{
    private const string Blank = "...";
    private const string Dashes = "--";

    /// <summary>The newest one; null when the line has to be typed.</summary>
    public static SlackButton? Find(IEnumerable<Message> messages, IReadOnlyList<string> words)
    {
        foreach (var message in messages.Reverse())
        {
            foreach (var offer in BlockSearch.Offers(message.Blocks))
            {
                if (Says(offer.Value, words) is { } blanks)
                {
                    return new SlackButton(new Place.InMessage(message.Channel, message.Ts), offer, blanks);
                }
            }
        }

        return null;
    }

    /// <summary>Every line that a message offers.</summary>
    public static IEnumerable<string> Offered(Message message) =>
        BlockSearch.Offers(message.Blocks).Select(offer => offer.Value);

    // What is to be filled in; null when it says something else.
    private static Dictionary<string, string>? Says(string line, IReadOnlyList<string> words)
    {
        var said = line.Split(' ')[1..];
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
