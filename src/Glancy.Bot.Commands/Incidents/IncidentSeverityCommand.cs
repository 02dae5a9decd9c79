using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Ops.Incidents;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Incidents;

/// <summary>
/// <c>glancy incident severity INC-2025-0418-01 sev1 --reason ...</c>; raised, it has to be acknowledged anew (C3,
/// §5.1).
/// </summary>
internal sealed class IncidentSeverityCommand(IncidentResponse response, IncidentAnswers answers) : ICommand
{
    public static CommandSpec Spec { get; } =
        new("incident severity", Topic.Act, Effect.Change, "5.1", PermissionNames.IncidentSeverity)
        {
            Arguments = [new("incident", ValueKind.Incident), new("severity", ValueKind.Severity)],
            Options = [new("reason", ValueKind.Sentence, Required: true, Chinese: "原因")],
            Aliases = ["事件 定级", "定级"],
            Examples = ["incident severity INC-2025-0418-01 sev1 --reason \"payments fail too\""],
        };

    public async Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var values = invocation.Values;
        return answers.Of(
            await response.RegradeAsync(
                invocation.Person,
                values["incident"],
                values.Severity("severity"),
                values["reason"],
                cancellationToken
            ),
            "incident.regraded-now",
            invocation
        );
    }
}
