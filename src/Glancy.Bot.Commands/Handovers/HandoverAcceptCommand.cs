using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Ops.Handovers;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Handovers;

/// <summary><c>glancy handover accept</c>: the incoming Primary takes the shift over (C5, §3.1).</summary>
internal sealed class HandoverAcceptCommand(HandoverDesk desk, HandoverAnswers answers) : ICommand
{
    public static CommandSpec Spec { get; } =
        new("handover accept", Topic.People, Effect.Change, "3.1", PermissionNames.HandoverAccept)
        {
            Aliases = ["交接 接受", "接班"],
            Examples = ["handover accept"],
        };

    public async Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        return await answers.OfAsync(
            await desk.AcceptAsync(invocation.Person, cancellationToken),
            invocation,
            cancellationToken
        );
    }
}
