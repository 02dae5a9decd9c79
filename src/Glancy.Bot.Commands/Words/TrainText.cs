using System.Globalization;
using Glancy.Bot.Commands.Pages;

namespace Glancy.Bot.Commands.Words;

/// <summary>How the train is spoken of.</summary>
internal static class TrainText
{
    public static Text Weight(double weight) => weight.ToString("0.###", CultureInfo.InvariantCulture) + " %";

    /// <summary>What the release tool calls a state, in the reader's words; unknown ones as they are.</summary>
    public static Text State(string state, Phrasebook words)
    {
        return words.Knows("release.state." + state) ? words["release.state." + state] : state;
    }
}
