using System.Text.RegularExpressions;

namespace Glancy.Bot.Commands.Grammar;

/// <summary>
/// What people say that is no command and means just one: the name of a thing alone shows it, and a question that
/// stands with a command is answered by it. Nothing is guessed.
/// </summary>
internal static partial class Sayings
{
    private static readonly (Regex Name, Func<string, string[]> Line)[] Things =
    [
        (Hook(), id => ["hk", "HK-" + id.PadLeft(2, '0')]),
        (Run(), id => ["run", "show", "R-" + id]),
        (Alert(), id => ["alert", "show", "A-" + id]),
        (Lease(), _ => ["lease", "list"]),
        (FollowUp(), _ => ["handover", "show"]),
        (Batch(), _ => ["release", "status"]),
    ];

    /// <summary>The words of the command that is meant; null when it is none of these.</summary>
    /// <param name="words">As typed, without the options that every command takes.</param>
    public static IReadOnlyList<string>? Meant(IEnumerable<string> words, CommandBook book)
    {
        var said = string.Join(' ', words.Select(Folding.Fold)).Trim(' ', '?', '!', '.', '。', '、');
        return book.Asked(said)?.Spec.Verbs.Split(' ')
            ?? Things
                .Select(thing => (thing.Line, Match: thing.Name.Match(said)))
                .Where(thing => thing.Match.Success)
                .Select(thing => thing.Line(thing.Match.Groups[1].Value))
                .FirstOrDefault()
            ?? (
                said.StartsWith("INC", StringComparison.OrdinalIgnoreCase) && IncidentName.Of(said) is { } incident
                    ? ["incident", "show", incident]
                    : null
            );
    }

    [GeneratedRegex("^HK-?0?([0-9]{1,2})$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Hook();

    [GeneratedRegex("^R-?([0-9]{1,18})$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Run();

    [GeneratedRegex("^A-?([0-9]{1,18})$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Alert();

    [GeneratedRegex("^L-?([0-9]{1,18})$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Lease();

    [GeneratedRegex("^F-?([0-9]{1,18})$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FollowUp();

    [GeneratedRegex("^REL-?B?([0-9])$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Batch();
}
