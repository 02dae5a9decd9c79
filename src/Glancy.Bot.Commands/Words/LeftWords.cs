using Glancy.Bot.Commands.Pages;
using Glancy.Ops.Handovers;

namespace Glancy.Bot.Commands.Words;

/// <summary>What a shift leaves to the next, by name.</summary>
internal static class LeftWords
{
    public static Text Of(IEnumerable<string> left, Phrasebook words)
    {
        return words.List(left.Select(name => name == Handover.Frozen ? words["handover.frozen-train"] : name));
    }
}
