using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Refusals;
using Glancy.Bot.Commands.Words;
using Glancy.Ops;
using Glancy.Ops.Incidents;
using Glancy.Ops.Runbook;

namespace Glancy.Bot.Commands.Incidents;

/// <summary><c>glancy incident show INC-2025-0418-01</c>: what is known of it, and what is left before it can be closed (C3).</summary>
public sealed class IncidentShowCommand(IncidentStore incidents, RunbookHolder runbook) : ICommand
{
    public static CommandSpec Spec { get; } = new("incident show", Topic.See, Effect.Read, "5.1", [])
    {
        Arguments = [new("incident", ValueKind.Incident)],
        Aliases = ["事件 查看"],
        Examples = ["incident show INC-2025-0418-01"],
    };

    public async Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(invocation);
        var id = invocation.Values["incident"];
        return await incidents.DetailsAsync(id, cancellationToken) is { } details
            ? new Answer(IncidentView.Page(details, new Names(invocation.Words, runbook.Current)), IncidentData.Of(details, invocation.Words))
            : RefusalView.Answer(new Refusal("unknown-incident", "", id), invocation.Words);
    }
}
