using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Ops.Alerts;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Alerts;

/// <summary><c>glancy alert unsilence A-3</c>: ends the silence before its time (C4).</summary>
internal sealed class AlertUnsilenceCommand(AlertDesk desk, AlertAnswers answers) : ICommand
{
    public static CommandSpec Spec { get; } =
        new("alert unsilence", Topic.Act, Effect.Change, "5.2", PermissionNames.AlertSilence)
        {
            Arguments = [new("alert", ValueKind.Alert)],
            Aliases = ["告警 解除静默"],
            Examples = ["alert unsilence A-3"],
        };

    public async Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        _ = AlertName.TryParse(invocation.Values["alert"], out var id);
        return await answers.OfAsync(
            await desk.UnsilenceAsync(invocation.Person, id, cancellationToken),
            "alert.unsilenced-now",
            invocation,
            cancellationToken
        );
    }
}
