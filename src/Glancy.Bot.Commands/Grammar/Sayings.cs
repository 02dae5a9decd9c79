using System.Text.RegularExpressions;

namespace Glancy.Bot.Commands.Grammar;

/// <summary>
/// What people say that is no command and means just one: the name of a thing alone shows it, and a question that
/// stands with a command is answered by it. Nothing is guessed.
/// </summary>
internal static partial class Sayings
{
    // What shows a thing, by the letters of its name; the number is put where one is asked for.
    private static readonly Dictionary<string, Func<string, string[]>> Things = new(StringComparer.OrdinalIgnoreCase)
    {
        ["HK"] = number => ["hk", "HK-" + number.PadLeft(2, '0')],
        ["R"] = number => ["run", "show", "R-" + number],
        ["A"] = number => ["alert", "show", "A-" + number],
        ["L"] = _ => ["lease", "list"],
        ["F"] = _ => ["handover", "show"],
        ["REL-B"] = _ => ["release", "status"],
    };

    /// <summary>The words of the command that is meant; null when it is none of these.</summary>
    /// <param name="words">As typed, without the options that every command takes.</param>
    public static IReadOnlyList<string>? Meant(IEnumerable<string> words, CommandBook book)
    {
        var said = string.Join(' ', words.Select(Folding.Fold)).Trim(' ', '?', '!', '.', '。', '、');
        return book.Asked(said)?.Spec.Verbs.Split(' ') ?? Thing(said);
    }

    private static string[]? Thing(string said) =>
        Name().Match(said) is { Success: true } name ? Things[name.Groups[1].Value](name.Groups[2].Value)
        : said.StartsWith("INC", StringComparison.OrdinalIgnoreCase) && IncidentName.Of(said) is { } incident
            ? ["incident", "show", incident]
        : null;

    [GeneratedRegex("^(HK|R|A|L|F|REL-B)-?0*([0-9]{1,18})$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
