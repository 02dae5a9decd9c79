using Glancy.Ops.Hooks;
using Glancy.Ops.Procedures.Ports;
using Glancy.Ops.Runbook;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Leases;

/// <summary>Looks at the hooks and says on which terms leases may be taken back now (rule 7).</summary>
public sealed class LeaseUndo(
    LeaseStore leases,
    HookSnapshots hooks,
    Recovery recovery,
    RunbookHolder runbook,
    TimeProvider clock
)
{
    /// <summary>One look for all of them, in their order.</summary>
    public async Task<IReadOnlyList<UndoTerms>> TermsAsync(
        IReadOnlyList<Lease> several,
        Decision decision,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(several);
        var now = clock.GetUtcNow();
        var rules = runbook.Current.Leases;

        // While all of them are fresh nobody has to ask anything.
        var lights = several.All(l => now < l.Since + rules.UndoFree)
            ? null
            : await hooks.OfAsync(decision, cancellationToken);
        var terms = new List<UndoTerms>();
        foreach (var lease in several)
        {
            var recovered =
                lights is not null
                && now >= lease.Since + rules.UndoFree
                && lease.Recovers.Count > 0
                && await recovery.HoldsAsync(lease.Recovers, lights, lease.Since, cancellationToken);
            terms.Add(UndoTerms.Of(lease, rules, now, lights?.Hooks ?? [], recovered));
        }

        return terms;
    }

    /// <summary>The risk of a procedure that takes a lease back: a change on easy terms, otherwise a danger.</summary>
    public async Task<Risk> RiskAsync(
        IReadOnlyDictionary<string, string> arguments,
        Decision decision,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(arguments);
        if (
            !LeaseName.TryParse(arguments.GetValueOrDefault("lease", ""), out var id)
            || await leases.FindAsync(id, cancellationToken) is not { } lease
        )
        {
            return Risk.Danger;
        }

        var terms = await TermsAsync([lease], decision, cancellationToken);
        return terms[0].Persons == 1 ? Risk.Change : Risk.Danger;
    }
}
