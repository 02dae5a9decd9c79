using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Refusals;
using Glancy.Ops.Watching;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Notices;

/// <summary>
/// <c>glancy deadletters drop &lt;dead-letter&gt;</c>: nobody needs it any more, and it leaves the list.
/// </summary>
internal sealed class DeadLettersDropCommand(DeadLetterDesk desk) : ICommand
{
    public static CommandSpec Spec { get; } =
        new("deadletters drop", Topic.Records, Effect.Change, "", PermissionNames.DeadLetterHandle)
        {
            Arguments = [new("dead-letter")],
            Aliases = ["死信 丢弃"],
            Examples = ["deadletters drop post-345"],
        };

    public async Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var name = invocation.Values["dead-letter"];
        if (await desk.DropAsync(invocation.Person, name, cancellationToken) is { } refusal)
        {
            return RefusalView.Answer(refusal, invocation.Words);
        }

        invocation.NowRecorded();
        return new Answer(DeadLettersView.Said("dropped", name, invocation.Words), new DeadLetterDropData(name));
    }
}

/// <summary>As data.</summary>
/// <param name="Name">Which.</param>
internal sealed record DeadLetterDropData(string Name);
