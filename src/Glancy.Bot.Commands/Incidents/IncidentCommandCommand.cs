using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Ops.Incidents;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Incidents;

/// <summary>
/// <c>glancy incident command INC-2025-0418-01 [person] --reason ...</c>: takes the command, or hands it over (C3).
/// </summary>
internal sealed class IncidentCommandCommand(IncidentResponse response, IncidentAnswers answers) : ICommand
{
    public static CommandSpec Spec { get; } =
        new("incident command", Topic.Act, Effect.Change, "1.1", PermissionNames.IncidentCommand)
        {
            Arguments = [new("incident", ValueKind.Incident), new("person", ValueKind.Person, Required: false)],
            Options = [new("reason", ValueKind.Sentence, Required: true, Chinese: "原因")],
            Aliases = ["事件 指挥", "指挥"],
            Examples =
            [
                "incident command INC-2025-0418-01 --reason \"gao is on a plane\"",
                "incident command INC-2025-0418-01 mei --reason \"my shift ends\"",
            ],
        };

    public async Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var values = invocation.Values;
        return answers.Of(
            await response.CommandAsync(
                invocation.Person,
                values["incident"],
                values.Find("person"),
                values["reason"],
                cancellationToken
            ),
            "incident.commanded-now",
            invocation
        );
    }
}
