using System.Text;
using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Words;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Help;

/// <summary>The README's table of commands, generated so that it cannot go stale.</summary>
public static class CommandTable
{
    private const int LongestHint = 1_000;
    private const string Between = " | ";

    /// <summary>Markdown, lines separated by a line feed, none at the end.</summary>
    /// <param name="held">Who holds what, by the permission's id.</param>
    public static string Markdown(
        IReadOnlyList<CommandRegistration> commands,
        IReadOnlyDictionary<string, PermissionTerms> held,
        Phrasebook words
    )
    {
        ArgumentNullException.ThrowIfNull(commands);
        ArgumentNullException.ThrowIfNull(words);
        var table = new StringBuilder();
        string[] columns =
        [
            words["help.column.command"].Plain,
            words["help.column.summary"].Plain,
            words["help.column.effect"].Plain,
            words["help.column.roles"].Plain,
            words["help.column.section"].Plain,
        ];
        table.Append("| ").AppendJoin(" | ", columns).Append(" |\n| --- | --- | --- | --- | --- |");
        foreach (var spec in commands.Select(c => c.Spec))
        {
            table
                .Append("\n| `glancy ")
                .Append(Escaped(spec.Usage))
                .Append("` | ")
                .Append(Escaped(spec.Summary(words).Plain))
                .Append(" | ")
                .Append(words.Of("help.effect", spec.Effect).Plain)
                .Append(" | ")
                .Append(WhoMay.Say(spec, held, words).Plain)
                .Append(" | ")
                .Append(spec.Section)
                .Append(" |");
        }

        return table.ToString();
    }

    private static string Escaped(string cell) => cell.Replace("|", "\\|", StringComparison.Ordinal);

    /// <summary>The verbs in one line, as many as Slack's usage hint has room for.</summary>
    public static string Hint(IReadOnlyList<CommandRegistration> commands)
    {
        ArgumentNullException.ThrowIfNull(commands);
        var hint = HelpCommand.Spec.Verbs;
        foreach (
            var verbs in commands
                .Select(c => c.Spec.Verbs)
                .Where(v => v != HelpCommand.Spec.Verbs)
                .Order(StringComparer.Ordinal)
                .TakeWhile(v => hint.Length + v.Length + Between.Length <= LongestHint)
        )
        {
            hint += Between + verbs;
        }

        return hint;
    }
}
