using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Kernel;
using Glancy.Runbook;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Help;

/// <summary>A command as data.</summary>
internal sealed record CommandData(
    string Verbs,
    string Usage,
    string Summary,
    string Effect,
    string Section,
    IReadOnlyList<string> Roles,
    IReadOnlyList<string> Aliases,
    IReadOnlyList<string> Examples
);

/// <summary>Help on everything, on a group of commands or on one.</summary>
public static class HelpAnswers
{
    /// <param name="verbs">What the help is about, in any spelling; empty for all.</param>
    /// <param name="held">Who holds what, by the permission's id.</param>
    public static Answer About(
        CommandBook book,
        string verbs,
        IReadOnlyDictionary<string, PermissionTerms> held,
        Phrasebook words
    )
    {
        ArgumentNullException.ThrowIfNull(book);
        ArgumentNullException.ThrowIfNull(verbs);
        if (verbs.Length == 0)
        {
            return new Answer(HelpView.All(book.All, words), Data(book.All, held, words));
        }

        if (book.Find(verbs) is { } one)
        {
            return new Answer(HelpView.One(one.Spec, held, words), Data([one], held, words));
        }

        var group = book.Group(verbs);
        var commands = book
            .All.Where(c => group is not null && c.Spec.Verbs.StartsWith(group + " ", StringComparison.Ordinal))
            .ToList();
        if (commands.Count > 0)
        {
            return new Answer(HelpView.All(commands, words), Data(commands, held, words));
        }

        var unknown = new Reading.NotUnderstood(
            new Refusal("unknown-command", "", verbs),
            Nearness.Nearest(verbs, book.Paths),
            null
        );
        return new Answer(
            UsageView.Page(unknown, words),
            Refusals.RefusalView.Data(unknown.Refusal, words),
            ExitCode.Usage
        );
    }

    private static List<CommandData> Data(
        IReadOnlyList<CommandRegistration> all,
        IReadOnlyDictionary<string, PermissionTerms> held,
        Phrasebook words
    ) =>
        [
            .. all.Select(c => c.Spec)
                .Select(s => new CommandData(
                    s.Verbs,
                    s.Usage,
                    s.Summary(words).Plain,
                    Phrasebook.Hyphenated(s.Effect.ToString()),
                    s.Section,
                    WhoMay.Roles(s, held),
                    s.Aliases,
                    s.Examples
                )),
        ];
}
