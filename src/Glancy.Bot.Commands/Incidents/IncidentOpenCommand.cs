using System.Data.Common;
using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Ops.Hooks.Episodes;
using Glancy.Ops.Incidents;
using Glancy.Ops.Runbook;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Incidents;

/// <summary>
/// <c>glancy incident open sev1 "lookups fail"</c>; anybody on the roster may (C3, §5.1). What the red lights say is
/// told where it differs.
/// </summary>
internal sealed class IncidentOpenCommand(
    IncidentDesk desk,
    EpisodeStore episodes,
    RunbookHolder runbook,
    IncidentAnswers answers
) : ICommand
{
    public static CommandSpec Spec { get; } =
        new("incident open", Topic.Act, Effect.Change, "5.1", PermissionNames.IncidentOpen)
        {
            // Nobody thinks of quotation marks at such a moment.
            Arguments = [new("severity", ValueKind.Severity), new("title", ValueKind.Sentence, Many: true)],
            Aliases = ["事件 打开", "报事件"],
            Examples = ["incident open sev1 \"lookups fail everywhere\"", "incident open sev2 exports are late"],
        };

    public async Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var title = string.Join(' ', invocation.Values.All("title"));
        var outcome = await desk.OpenAsync(
            invocation.Person,
            invocation.Values.Severity("severity"),
            title,
            cancellationToken
        );
        var answer = answers.Of(outcome, "incident.opened-now", invocation);
        return
            outcome is IncidentOutcome.Accepted { Details.Incident: var incident }
            && await ProposedAsync(cancellationToken) is { } proposed
            && proposed.Severity != incident.Severity
            ? answer with
            {
                Page = IncidentView.With(answer.Page, proposed, invocation.Words),
            }
            : answer;
    }

    // The incident is open by now, whatever became of this.
    private async Task<SeverityProposal?> ProposedAsync(CancellationToken cancellationToken)
    {
        try
        {
            return SeverityProposal.Of(await episodes.OpenAsync(cancellationToken), runbook.Current.Escalation);
        }
        catch (DbException)
        {
            return null;
        }
    }
}
