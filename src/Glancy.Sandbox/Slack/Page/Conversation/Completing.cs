namespace Glancy.Sandbox.Slack.Page.Conversation;

/// <summary>One line of the list over the composer.</summary>
/// <param name="Insert">What the composer holds when it is taken.</param>
/// <param name="Hint">What may follow.</param>
internal sealed record Offer(string Insert, string Shown, string Hint, string Summary, string Effect);

/// <summary>Which commands fit what is typed so far.</summary>
internal static class Completing
{
    private const int Most = 50;
    private const string Lead = Team.Command + " ";

    /// <summary>None when the line is no command, or when it is complete.</summary>
    public static IReadOnlyList<Offer> For(string typed, IReadOnlyList<Sayable> sayable, string about)
    {
        if (!typed.StartsWith('/') || typed.Contains('\n', StringComparison.Ordinal))
        {
            return [];
        }

        if (!typed.StartsWith(Lead, StringComparison.OrdinalIgnoreCase))
        {
            return Team.Command.StartsWith(typed, StringComparison.OrdinalIgnoreCase)
                ? [new Offer(Lead, Team.Command, "", about, "")]
                : [];
        }

        var said = typed[Lead.Length..].TrimStart();
        return
        [
            .. sayable
                .Select(s => (Command: s, Rank: Rank(s, said)))
                .Where(r => r.Rank < int.MaxValue)
                .OrderBy(r => r.Rank)
                .Take(Most)
                .Select(r => Of(r.Command)),
        ];
    }

    /// <summary>
    /// Whether the line is a command's name, whole: it can be sent as it stands, though longer ones may begin or end
    /// like it.
    /// </summary>
    public static bool IsWhole(string typed, IReadOnlyList<Sayable> sayable)
    {
        return typed.StartsWith(Lead, StringComparison.OrdinalIgnoreCase)
            && sayable.SelectMany(Names).Contains(typed[Lead.Length..].Trim(), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The command whose arguments are being typed; null when it is none yet.</summary>
    public static Sayable? Current(string typed, IReadOnlyList<Sayable> sayable)
    {
        return typed.StartsWith(Lead, StringComparison.OrdinalIgnoreCase)
            ? sayable
                .Where(s =>
                    Names(s)
                        .Any(n =>
                            typed[Lead.Length..].TrimStart().StartsWith(n + " ", StringComparison.OrdinalIgnoreCase)
                        )
                )
                .MaxBy(s => s.Verbs.Length)
            : null;
    }

    private static IEnumerable<string> Names(Sayable command) => command.Aliases.Prepend(command.Verbs);

    // The beginning of the verbs first, then of an alias, then of a later word.
    private static int Rank(Sayable command, string said) =>
        said.Length > command.Verbs.Length
        || said.Equals(command.Verbs, StringComparison.OrdinalIgnoreCase) && command.Usage == command.Verbs
            ? int.MaxValue
        : command.Verbs.StartsWith(said, StringComparison.OrdinalIgnoreCase) ? 0
        : command.Aliases.Any(a => a.StartsWith(said, StringComparison.OrdinalIgnoreCase)) ? 1
        : command.Verbs.Split(' ').Skip(1).Any(w => w.StartsWith(said, StringComparison.OrdinalIgnoreCase)) ? 2
        : int.MaxValue;

    private static Offer Of(Sayable command)
    {
        var rest = command.Usage.StartsWith(command.Verbs, StringComparison.Ordinal)
            ? command.Usage[command.Verbs.Length..].Trim()
            : "";
        return new Offer(
            Lead + command.Verbs + (rest.Length > 0 ? " " : ""),
            Lead + command.Verbs,
            rest,
            command.Summary,
            command.Effect
        );
    }
}
