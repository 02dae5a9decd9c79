using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Refusals;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Incidents;
using Glancy.Ops.Kernel;
using Glancy.Ops.Runbook;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Incidents;

/// <summary>
/// <c>glancy incident show INC-2025-0418-01</c>: what is known of it, what happened, and what is left before it can be
/// closed (C3).
/// </summary>
internal sealed class IncidentShowCommand(IncidentStore incidents, IncidentTimeline timeline, RunbookHolder runbook)
    : ICommand
{
    private const int Usually = 40;
    private const int Most = 400;

    public static CommandSpec Spec { get; } =
        new("incident show", Topic.See, Effect.Read, "5.1", PermissionNames.IncidentSee)
        {
            Arguments = [new("incident", ValueKind.Incident)],
            Options = [new("limit", ValueKind.Number, Chinese: "条数")],
            Aliases = ["事件 查看"],
            Examples = ["incident show INC-2025-0418-01", "incident show INC-2025-0418-01 --limit 400"],
        };

    public async Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var id = invocation.Values["incident"];
        if (await incidents.DetailsAsync(id, cancellationToken) is not { } details)
        {
            return RefusalView.Answer(new Refusal("unknown-incident", "", id), invocation.Words);
        }

        var names = new Names(invocation.Words, runbook.Current);
        var happened = await timeline.ReadAsync(
            id,
            Math.Min(invocation.Values.Number("limit") ?? Usually, Most),
            cancellationToken
        );
        return new Answer(
            TimelineView.Under(IncidentView.Page(details, names), happened, names),
            IncidentData.Of(details, invocation.Words) with
            {
                Timeline = happened,
            }
        );
    }
}
