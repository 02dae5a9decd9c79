namespace Glancy.Bot.Commands.Grammar;

/// <summary>
/// The words of one line beside what they were folded to: verbs in their one spelling, options in theirs, and a way
/// back to the words as typed, because a person's own sentence is kept as it is.
/// </summary>
internal sealed class TypedWords
{
    private readonly Dictionary<string, string> asTyped = new(StringComparer.Ordinal);

    public TypedWords(IReadOnlyList<string> typed, CommandBook book, IReadOnlyList<OptionSpec> everywhere)
    {
        Typed = typed;
        var folded = typed.Select(Folding.Fold).ToList();
        for (var i = 0; i < typed.Count; i++)
        {
            asTyped.TryAdd(folded[i], typed[i]);
            if (
                folded[i].StartsWith("--", StringComparison.Ordinal)
                && folded[i].IndexOf('=', StringComparison.Ordinal) is var at and > 0
            )
            {
                asTyped.TryAdd(folded[i][(at + 1)..], typed[i][(typed[i].AsSpan().IndexOfAny('=', '＝') + 1)..]);
            }
        }

        var found = FindVerbs(folded, book, everywhere);
        var options = everywhere
            .Concat(found.Command?.Spec.Options ?? [])
            .Where(o => o.Chinese is not null)
            .ToDictionary(o => "--" + o.Chinese, o => "--" + o.Name);
        Verbs = found.Verbs;
        Command = found.Command;
        Rest = found.Rest;
        Folded = [.. Rewritten(folded, found).Select(word => Renamed(word, options))];
    }

    public IReadOnlyList<string> Typed { get; }

    public IReadOnlyList<string> Folded { get; }

    /// <summary>The verbs that were recognised, perhaps only the first of a pair.</summary>
    public IReadOnlyList<string> Verbs { get; }

    /// <summary>The command these verbs say; null when they say none.</summary>
    public CommandRegistration? Command { get; }

    /// <summary>
    /// What follows the verbs, or everything that was not understood at all; without the options that every command
    /// takes.
    /// </summary>
    public IReadOnlyList<string> Rest { get; }

    /// <summary>A value as it was typed.</summary>
    public string Original(string folded) => asTyped.GetValueOrDefault(folded, folded);

    private static IEnumerable<string> Rewritten(List<string> folded, Found found)
    {
        for (var i = 0; i < folded.Count; i++)
        {
            if (i == found.At)
            {
                foreach (var verb in found.Verbs)
                {
                    yield return verb;
                }
            }

            if (i < found.At || i >= found.At + found.Length)
            {
                yield return folded[i];
            }
        }
    }

    private static string Renamed(string word, Dictionary<string, string> options)
    {
        var name = word.Split('=')[0];
        return options.TryGetValue(name, out var renamed) ? renamed + word[name.Length..] : word;
    }

    // The verbs come first; only options that every command takes may stand before them.
    private static Found FindVerbs(List<string> folded, CommandBook book, IReadOnlyList<OptionSpec> everywhere)
    {
        var at = 0;
        while (at < folded.Count && everywhere.FirstOrDefault(o => Names(o, folded[at])) is { } option)
        {
            at += option.Kind is null || folded[at].Contains('=', StringComparison.Ordinal) ? 1 : 2;
        }

        at = Math.Min(at, folded.Count);

        for (var length = Math.Min(3, folded.Count - at); length > 0; length--)
        {
            if (book.Find(string.Join(' ', folded.Skip(at).Take(length))) is { } command)
            {
                return new Found(at, length, command.Spec.Verbs.Split(' '), command, folded[(at + length)..]);
            }
        }

        return at < folded.Count && book.Group(folded[at]) is { } group
            ? new Found(at, 1, [group], null, folded[(at + 1)..])
            : new Found(at, 0, [], null, folded[at..]);
    }

    /// <summary>Whether a folded word is this option, with its value behind an equals sign or without.</summary>
    public static bool Names(OptionSpec option, string word)
    {
        var name = word.Split('=')[0];
        return name == "--" + option.Name || name == "--" + option.Chinese;
    }

    private sealed record Found(
        int At,
        int Length,
        IReadOnlyList<string> Verbs,
        CommandRegistration? Command,
        IReadOnlyList<string> Rest
    );
}
