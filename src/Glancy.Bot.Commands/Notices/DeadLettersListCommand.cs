using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Watching;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Notices;

/// <summary><c>glancy deadletters list</c>: what failed several times and was given up, newest first.</summary>
internal sealed class DeadLettersListCommand(DeadLetterDesk desk) : ICommand
{
    private const int Most = 50;

    public static CommandSpec Spec { get; } =
        new("deadletters list", Topic.See, Effect.Read, "", PermissionNames.DeadLetterSee)
        {
            Aliases = ["死信 列表"],
            Examples = ["deadletters list"],
        };

    public async Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var letters = await desk.ListAsync(Most, cancellationToken);
        return new Answer(DeadLettersView.Page(letters, invocation.Words), new DeadLettersData(letters));
    }
}

/// <summary>What was given up, as data.</summary>
internal sealed record DeadLettersData(IReadOnlyList<DeadLetter> DeadLetters);
