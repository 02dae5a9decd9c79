using System.Text.Json;
using Glancy.Bot.Commands;
using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Runbook;
using Glancy.Bot.Commands.Words;
using Glancy.Ops;
using Glancy.Ops.Runbook;

namespace Glancy.Bot.Terminal;

/// <summary>
/// <c>glancy runbook lint &lt;folder&gt; [--source &lt;file&gt;]</c> is answered by the client itself: folder and file
/// are the asker's, read with the asker's rights, and need no replica - not in an outage and not in a pull request.
/// </summary>
internal static class OwnFolder
{
    /// <summary>The exit code; null when the words are about something else.</summary>
    public static async Task<int?> LintAsync(
        IReadOnlyList<string> args,
        TerminalEnvironment environment,
        Func<string?, Phrasebook> words,
        TextWriter output
    )
    {
        // The grammar is only built when the line can be meant for it: the client has to be quick.
        var spoken = RunbookLintCommand
            .Spec.Aliases.Append(RunbookLintCommand.Spec.Verbs)
            .Select(path => path.Split(' ')[^1]);
        if (args.Count < 3 || !args.Any(word => spoken.Contains(Folding.Fold(word), StringComparer.OrdinalIgnoreCase)))
        {
            return null;
        }

        var none = new RunbookHolder("", null);
        var grammar = new CommandGrammar(
            new CommandBooks(CommandBook.Scan(typeof(CommandsServices).Assembly), none),
            none
        );
        if (
            grammar.Read(args) is not Reading.Understood { Command.Spec: var spec } understood
            || spec != RunbookLintCommand.Spec
            || (understood.Values.Find("folder") ?? understood.Values.Find("source")) is null
        )
        {
            return null;
        }

        var folder = understood.Values.Find("folder") ?? RunbookLintCommand.OwnFolder;
        var written = understood.Values.Find("source") is { } source ? WrittenRunbook.Read(source) : null;
        var answer = RunbookLint.Answer(
            OpsServices.FilesAlone(services => services.AddGlancyBotCommands()).Load(folder),
            null,
            words(understood.OutputOptions.Language),
            written
        );
        await output.WriteAsync(
            understood.OutputOptions.Json
                ? JsonSerializer.Serialize(answer.Data, answer.Data.GetType(), TerminalJson.Data) + "\n"
                : TerminalPage.Render(answer.Page, environment.Width, environment.Colour)
        );
        return (int)answer.ExitCode;
    }
}
