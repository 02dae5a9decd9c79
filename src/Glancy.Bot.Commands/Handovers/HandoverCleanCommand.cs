using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Ops.Handovers;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Handovers;

/// <summary>
/// <c>glancy handover clean</c>: nothing was left to anybody's chance; refused with everything that was (C5, §3).
/// </summary>
internal sealed class HandoverCleanCommand(HandoverDesk desk, HandoverAnswers answers) : ICommand
{
    public static CommandSpec Spec { get; } =
        new("handover clean", Topic.People, Effect.Change, "3", PermissionNames.HandoverClean)
        {
            Aliases = ["交接 清账"],
            Examples = ["handover clean"],
        };

    public async Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        return await answers.OfAsync(
            await desk.CleanAsync(invocation.Person, cancellationToken),
            invocation,
            cancellationToken
        );
    }
}
