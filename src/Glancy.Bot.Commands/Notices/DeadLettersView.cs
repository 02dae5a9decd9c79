using System.Globalization;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Kernel.Database;

namespace Glancy.Bot.Commands.Notices;

/// <summary>What was given up, and how to take it up again.</summary>
internal static class DeadLettersView
{
    public static Page Page(IReadOnlyList<DeadLetter> letters, Phrasebook words)
    {
        if (letters.Count == 0)
        {
            return new Page(words["deadletters.none"], []);
        }

        string[] columns = ["item", "at", "about", "attempts", "trouble"];
        return new Page(
            words.Say("deadletters.title", Text.FromInt64(letters.Count)),
            [
                new Block.Table([.. columns.Select(c => words["deadletters.column." + c])], [.. letters.Select(Row)]),
                new Block.Actions([Retry(letters[0].Name, words)]),
            ]
        )
        {
            Foot = words.Zone(),
        };
    }

    /// <summary>What was said of one.</summary>
    public static Page Said(string key, string name, Phrasebook words)
    {
        return new Page(words.Say("deadletters." + key, name), []);
    }

    private static NextStep Retry(string name, Phrasebook words) =>
        new(words.Say("deadletters.retry", name), $"glancy deadletters retry {name}");

    private static IReadOnlyList<Text> Row(DeadLetter letter) =>
        [
            letter.Name,
            TimeText.Moment(letter.At),
            letter.About,
            letter.Attempts.ToString(CultureInfo.InvariantCulture),
            letter.Trouble,
        ];
}
