using Glancy.Ops.Kernel;
using Glancy.Ops.Procedures.Ports;
using Glancy.Ops.Roster;
using Glancy.Ops.Runbook;
using Glancy.Runbook.People;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Procedures;

/// <summary>Why a person may not confirm a run now, before the world is looked at.</summary>
public sealed class ConfirmationChecks(
    RunStore runs,
    DutyRoster roster,
    PlanGuards guards,
    IBreakGlass breakGlass,
    RunbookHolder runbook,
    TimeProvider clock
)
{
    private const int ShortestCode = 6;

    /// <summary>The answer to whoever comes second: by whom and when.</summary>
    public static Refusal AlreadyConfirmed(Run run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var last = run.Confirmations[^1];
        return new Refusal(
            "already-confirmed",
            "",
            run.Name,
            last.Person,
            last.At.ToString("O", System.Globalization.CultureInfo.InvariantCulture)
        );
    }

    /// <summary>Null when the person may.</summary>
    public async Task<Refusal?> RefusalAsync(
        Run run,
        string code,
        Person person,
        string? breakGlassReason,
        Decision decision,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(code);
        ArgumentNullException.ThrowIfNull(person);
        var now = clock.GetUtcNow();

        // A draft ends with the old version; whoever comes too late is told of that, and not of a draft that is to be
        // made anew.
        if (
            (run.Open || run.State == RunState.Expired)
            && run.OldKeptUntil <= now
            && await guards.RefusalAsync(GuardMoment.Late, run, null, decision, cancellationToken) is { } gone
        )
        {
            return gone;
        }

        if (run.Ended)
        {
            return run.State == RunState.Expired
                ? new Refusal("expired", "§4.4", run.Name)
                : new Refusal("already-ended", "", run.Name, run.State.ToString());
        }

        if (!run.Open)
        {
            return AlreadyConfirmed(run);
        }

        if (now >= run.ExpiresAt)
        {
            return new Refusal("expired", "§4.4", run.Name);
        }

        if (code.Length < ShortestCode || !run.Plan.Hash.StartsWith(code, StringComparison.OrdinalIgnoreCase))
        {
            return new Refusal("bad-code", "§4.4", run.Name, code);
        }

        var onCall = await roster.HoldersAsync(now, cancellationToken);
        var (roles, takesTwo) = (run.Definition.Roles, run.Plan.Risk == Risk.Danger);
        if (breakGlassReason is not null)
        {
            if (
                await breakGlass.ObjectionAsync(run, person, breakGlassReason, onCall, cancellationToken) is
                { } objection
            )
            {
                return objection;
            }
        }
        else if (Approvals.MayConfirm(person, roles, takesTwo, onCall, runbook.Current) is { Refusal: { } no })
        {
            return no;
        }
        else if (run.RequestedBy != Actor.Bot && run.Confirmations.Any(c => c.Person == person.Id))
        {
            return new Refusal("same-person", "§4.4", person.Id, run.Name);
        }

        if (
            !run.Definition.Supersedes && await runs.HolderAsync(run.Plan.Keys, run.Id, cancellationToken) is { } holder
        )
        {
            return new Refusal("key-held", "§4.4", string.Join(", ", run.Plan.Keys), "R-" + holder);
        }

        return await guards.RefusalAsync(GuardMoment.Confirmation, run, person.Id, decision, cancellationToken);
    }
}
