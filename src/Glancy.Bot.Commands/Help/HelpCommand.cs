using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Ops.Roster;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Help;

/// <summary><c>glancy help [command]</c>: made from the specs of all commands.</summary>
public sealed class HelpCommand(CommandBooks books, Permissions permissions) : ICommand
{
    public static CommandSpec Spec { get; } =
        new("help", Topic.See, Effect.Read, "", PermissionNames.HelpSee)
        {
            Arguments = [new("command", Required: false, Many: true)],
            Options = [new("markdown")],
            Aliases = ["帮助", "?"],
            Questions = ["怎么用", "我能做什么", "what can I do", "what can you do"],
            Examples = ["help", "help run confirm"],
        };

    public async Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(invocation);
        if (!invocation.Values.Has("markdown"))
        {
            var about = string.Join(' ', invocation.Values.All("command"));
            return HelpAnswers.About(books.Current, about, permissions.Held, invocation.Words);
        }

        var table = CommandTable.Markdown(books.Current.All, permissions.Held, invocation.Words);
        await invocation.Replies.RawAsync(table, invocation.Gone);
        return Answer.Shown();
    }
}
