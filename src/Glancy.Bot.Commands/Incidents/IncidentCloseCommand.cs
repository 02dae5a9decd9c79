using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Ops.Incidents;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Incidents;

/// <summary>
/// <c>glancy incident close INC-2025-0418-01 --reason ...</c>; refused with everything that is left to do, and asked
/// where it does not look over (C3, rule 5).
/// </summary>
internal sealed class IncidentCloseCommand(IncidentDesk desk, IncidentAnswers answers) : ICommand
{
    public static CommandSpec Spec { get; } =
        new("incident close", Topic.Act, Effect.Change, "8", PermissionNames.IncidentClose)
        {
            Arguments = [new("incident", ValueKind.Incident)],
            Options =
            [
                new("reason", ValueKind.Sentence, Required: true, Chinese: "原因"),
                new("anyway", ValueKind.Sentence, Chinese: "仍要关闭"),
            ],
            Aliases = ["事件 关闭", "关事件"],
            Examples = ["incident close INC-2025-0418-01 --reason \"lookups answer again for an hour\""],
        };

    public async Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        return answers.Of(
            await desk.CloseAsync(
                invocation.Person,
                invocation.Values["incident"],
                invocation.Values["reason"],
                invocation.Values.Find("anyway"),
                cancellationToken
            ),
            "incident.closed-now",
            invocation
        );
    }
}
