using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Handovers;

/// <summary>
/// <c>glancy handover show [--at 2025-04-18T19:00]</c>: what would be handed over now, or was at a change of shift (C5,
/// §3.1).
/// </summary>
internal sealed class HandoverShowCommand(HandoverAnswers answers) : ICommand
{
    public static CommandSpec Spec { get; } =
        new("handover show", Topic.People, Effect.Read, "3.1", PermissionNames.HandoverSee)
        {
            Options = [new("at", ValueKind.Time, Chinese: "在")],
            Aliases = ["交接 查看", "交接"],
            Questions = ["要交接什么", "what do I hand over"],
            Examples = ["handover show", "handover show --at 2025-04-18T19:00"],
        };

    public Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        return invocation.Values.Time("at") is { } at
            ? answers.AtAsync(at, invocation, cancellationToken)
            : answers.NowAsync(invocation, cancellationToken);
    }
}
