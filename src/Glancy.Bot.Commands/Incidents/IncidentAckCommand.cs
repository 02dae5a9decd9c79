using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Ops.Incidents;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Incidents;

/// <summary>
/// <c>glancy incident ack</c>: "I have it", of the only one that nobody has, or of the one that is named; nobody else
/// is called any more (C2, §5.1).
/// </summary>
internal sealed class IncidentAckCommand(IncidentResponse response, IncidentAnswers answers) : ICommand
{
    public static CommandSpec Spec { get; } =
        new("incident ack", Topic.Act, Effect.Change, "5.1", PermissionNames.IncidentAck)
        {
            Arguments = [new("incident", ValueKind.Incident, Required: false)],
            Aliases = ["事件 应答", "应答", "ack"],
            Examples = ["incident ack", "incident ack INC-2025-0418-01"],
        };

    public async Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        return answers.Of(
            await response.AcknowledgeAsync(
                invocation.Person,
                invocation.Values.Find("incident"),
                AckWay.Said,
                cancellationToken
            ),
            "incident.acknowledged-now",
            invocation
        );
    }
}
