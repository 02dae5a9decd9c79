using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Refusals;
using Glancy.Ops.Watching;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Notices;

/// <summary><c>glancy deadletters retry &lt;dead-letter&gt;</c>: one that was given up is taken up again.</summary>
internal sealed class DeadLettersRetryCommand(DeadLetterDesk desk) : ICommand
{
    public static CommandSpec Spec { get; } =
        new("deadletters retry", Topic.Records, Effect.Change, "", PermissionNames.DeadLetterHandle)
        {
            Arguments = [new("dead-letter")],
            Aliases = ["死信 重试"],
            Examples = ["deadletters retry post-345"],
        };

    public async Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var name = invocation.Values["dead-letter"];
        if (await desk.RetryAsync(invocation.Person, name, cancellationToken) is { } refusal)
        {
            return RefusalView.Answer(refusal, invocation.Words);
        }

        invocation.NowRecorded();
        return new Answer(DeadLettersView.Said("retried", name, invocation.Words), new DeadLetterRetryData(name));
    }
}

/// <summary>As data.</summary>
/// <param name="Name">Which.</param>
internal sealed record DeadLetterRetryData(string Name);
