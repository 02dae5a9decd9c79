using System.Reflection;
using System.Text.Json;
using Glancy.Bot.Commands;
using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Help;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Refusals;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Runbook;
using Glancy.Runbook.Permissions;
using Glancy.Runbook.Procedures;

namespace Glancy.Bot.Terminal;

/// <summary>
/// What can be said, and which build this is, are answered by the client itself: whoever looks for a word in an outage
/// has no replica to ask.
/// </summary>
internal static class OwnHelp
{
    /// <summary>The exit code; null when the words are about something else.</summary>
    public static async Task<int?> AnswerAsync(
        IReadOnlyList<string> args,
        TerminalEnvironment environment,
        Func<string?, Phrasebook> words,
        TextWriter output,
        TextWriter errors
    )
    {
        if (args is ["--version"])
        {
            await output.WriteLineAsync(
                "glancy "
                    + typeof(OwnHelp)
                        .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
                        ?.InformationalVersion
            );
            return 0;
        }

        // The grammar is only built when the line can be meant for it: the client has to be quick.
        var spoken = HelpCommand.Spec.Aliases.Append(HelpCommand.Spec.Verbs).Append("h").ToList();
        if (
            !args.All(word => word.StartsWith("--", StringComparison.Ordinal))
            && !args.Any(word => spoken.Contains(Folding.Fold(word).TrimStart('-'), StringComparer.OrdinalIgnoreCase))
        )
        {
            return null;
        }

        var (verbs, procedures) = ShippedVerbs.Read();
        var book = CommandBook.Scan(typeof(CommandsServices).Assembly).With(verbs, procedures, []);
        var none = new RunbookHolder("", null);
        var reading = new CommandGrammar(new CommandBooks(book, none), none).Read([
            .. args.Select(word => word == "-h" ? "--help" : word),
        ]);
        var about = reading switch
        {
            Reading.HelpWanted wanted => wanted.Verbs,
            Reading.Understood { Command.Spec: var spec } understood when spec == HelpCommand.Spec => string.Join(
                ' ',
                understood.Values.All("command")
            ),
            _ => null,
        };
        if (about is null)
        {
            return null;
        }

        var phrases = words(reading.OutputOptions.Language ?? environment.Culture);
        if (reading is Reading.Understood { Values: var values } && values.Has("markdown"))
        {
            await output.WriteLineAsync(CommandTable.Markdown(book.All, ShippedPermissions.Read(), phrases));
            return 0;
        }

        var answer = HelpAnswers.About(book, about, ShippedPermissions.Read(), phrases);
        var isRefused = answer.Data is RefusalData;
        await (isRefused && !reading.OutputOptions.Json ? errors : output).WriteAsync(
            reading.OutputOptions.Json
                ? JsonSerializer.Serialize(answer.Data, answer.Data.GetType(), TerminalJson.Data) + "\n"
                : TerminalPage.Render(
                    Pastable.In(answer.Page, environment.Program),
                    environment.Width,
                    environment.Colour
                )
        );
        return (int)answer.ExitCode;
    }
}
