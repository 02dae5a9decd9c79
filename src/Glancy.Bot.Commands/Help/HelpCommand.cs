using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;

namespace Glancy.Bot.Commands.Help;

/// <summary><c>glancy help [command]</c>: made from the specs of all commands.</summary>
public sealed class HelpCommand(CommandBooks books) : ICommand
{
    public static CommandSpec Spec { get; } = new("help", Topic.See, Effect.Read, "", [])
    {
        Arguments = [new("command", Required: false, Many: true)],
        Options = [new("markdown")],
        Aliases = ["帮助", "?"],
        Examples = ["help", "help run confirm"],
    };

    public async Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(invocation);
        if (!invocation.Values.Has("markdown"))
        {
            return HelpAnswers.About(books.Current, string.Join(' ', invocation.Values.All("command")), invocation.Words);
        }

        await invocation.Replies.RawAsync(CommandTable.Markdown(books.Current.All, invocation.Words), invocation.Gone);
        return Answer.Shown();
    }
}
