using Glancy.Ops.Incidents;
using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Notices;
using Glancy.Ops.Procedures;
using Glancy.Ops.Procedures.Engine;
using Glancy.Ops.Procedures.Ports;
using Glancy.Ops.Roster;
using Glancy.Ops.Runbook;
using Glancy.Runbook.People;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.BreakGlass;

/// <summary>
/// Break-glass (rule 5): while a Sev-1 is open, one person may confirm the cure alone. Everything that makes up for it
/// - the page, the tie to the incident, the event - is in the transaction of the confirmation, and so before any
/// effect.
/// </summary>
internal sealed class BreakGlassDesk(
    IncidentStore incidents,
    RunTransitions transitions,
    NoticeBoard notices,
    RunbookHolder runbook,
    TimeProvider clock
) : IBreakGlass
{
    /// <inheritdoc/>
    public async Task<Refusal?> ObjectionAsync(
        Run run,
        Person person,
        string reason,
        OnCall onCall,
        CancellationToken cancellationToken
    )
    {
        return string.IsNullOrWhiteSpace(reason)
            ? new Refusal("break-glass-reason", "§8", run.Name)
            : BreakGlassRule.Objection(
                run.Definition,
                person,
                onCall,
                await incidents.OpenAsync(cancellationToken),
                runbook.Current
            );
    }

    /// <inheritdoc/>
    public async Task<Result<BreakGlassUse>> TakeAsync(
        Transaction transaction,
        Run run,
        Person person,
        string reason,
        OnCall onCall,
        IReadOnlyList<Confirmation> standing,
        int needed
    )
    {
        // Held to the commit: an incident that is being closed is either closed by now or will see this use.
        var open = await IncidentStore.HoldOpenAsync(transaction);
        if (BreakGlassRule.Objection(run.Definition, person, onCall, open, runbook.Current) is { } objection)
        {
            return objection;
        }

        if (
            BreakGlassRule.Sev1(open) is not { } incident
            || BreakGlassRule.RoleOf(person, onCall, runbook.Current) is not { } role
        )
        {
            throw new InvalidOperationException("Break-glass without an objection needs an incident and a role.");
        }

        var use = new BreakGlassUse(
            run.Id,
            incident.Id,
            person.Id,
            role,
            Waived(standing, needed),
            reason,
            clock.GetUtcNow(),
            null
        );
        await RunStore.OfIncidentAsync(transaction, use.RunId, use.Incident);
        await BreakGlassRows.AddAsync(transaction, use);
        await transitions.AppendEventAsync(
            transaction,
            run.Id,
            person.Id,
            "run-break-glass",
            null,
            new Dictionary<string, string> { ["incident"] = incident.Id, ["reason"] = reason }
        );
        await notices.PutAsync(transaction, Page(run, use, onCall));
        return use;
    }

    private static string[] Waived(IReadOnlyList<Confirmation> standing, int needed)
    {
        var waived = new List<string>();
        if (standing.Select(c => c.Person).Distinct(StringComparer.Ordinal).Count() < needed)
        {
            waived.Add(BreakGlassUse.SecondPerson);
        }

        if (standing.All(c => c.Role is null))
        {
            waived.Add(BreakGlassUse.ProcedureRole);
        }

        return [.. waived];
    }

    private static NoticeDraft Page(Run run, BreakGlassUse use, OnCall onCall) =>
        new(
            $"run:{run.Id}:break-glass",
            "page",
            "page-break-glass",
            new Dictionary<string, string>
            {
                ["run"] = run.Name,
                ["title_zh"] = Placeholders.Fill(run.Definition.Title.Zh, run.Arguments),
                ["title_en"] = Placeholders.Fill(run.Definition.Title.En, run.Arguments),
                ["incident"] = use.Incident,
                ["person"] = use.Person,
                ["role"] = use.Role,
                ["reason"] = use.Reason,
                ["waived"] = string.Join(", ", use.Waived),
                ["to_roles"] = string.Join(",", BreakGlassRule.Paged),
                ["to"] = string.Join(
                    ",",
                    BreakGlassRule
                        .Paged.SelectMany(role => onCall.Holders.GetValueOrDefault(role, []))
                        .Select(p => p.Id)
                        .Distinct()
                ),
            },
            run.Id
        );
}
