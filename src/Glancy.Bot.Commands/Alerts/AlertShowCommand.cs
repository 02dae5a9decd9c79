using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Refusals;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Alerts;
using Glancy.Ops.Kernel;
using Glancy.Ops.Runbook;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Alerts;

/// <summary>
/// <c>glancy alert show A-3</c>: what fires, its SOP as it stands, and every alert of the group (C4).
/// </summary>
internal sealed class AlertShowCommand(AlertReader reader, RunbookHolder runbook) : ICommand
{
    private const int Most = 1_000;

    public static CommandSpec Spec { get; } =
        new("alert show", Topic.See, Effect.Read, "5.2", PermissionNames.AlertSee)
        {
            Arguments = [new("alert", ValueKind.Alert)],
            Aliases = ["告警 查看"],
            Examples = ["alert show A-3"],
        };

    public async Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var name = invocation.Values["alert"];
        return
            AlertName.TryParse(name, out var id) && await reader.ReadAsync(id, Most, cancellationToken) is { } details
            ? new Answer(
                AlertView.Page(details, AlertView.Everything, new Names(invocation.Words, runbook.Current)),
                AlertData.Of(details)
            )
            : RefusalView.Answer(new Refusal("unknown-alert", "", name), invocation.Words);
    }
}
