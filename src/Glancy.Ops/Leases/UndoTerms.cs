using Glancy.Ops.Hooks;
using Glancy.Runbook.Flags;
using Glancy.Runbook.Hooks;

namespace Glancy.Ops.Leases;

/// <summary>Why a lease may be taken back as it may (rule 7).</summary>
public enum UndoGround
{
    /// <summary>The change is not old yet.</summary>
    Fresh,

    /// <summary>A hook is red now that was not before the change.</summary>
    Worse,

    /// <summary>What the change was made for has recovered.</summary>
    Recovered,

    /// <summary>None of these: it takes a second person.</summary>
    SecondPerson,
}

/// <summary>How many persons it takes to take a lease back now, and why.</summary>
/// <param name="FreeUntil">Until when one person suffices whatever the hooks say.</param>
/// <param name="Hooks">For <see cref="UndoGround.Worse"/> those that are worse, otherwise those of the recovery
/// rule.</param>
public sealed record UndoTerms(UndoGround Ground, DateTimeOffset FreeUntil, IReadOnlyList<string> Hooks)
{
    public int Persons => Ground == UndoGround.SecondPerson ? 2 : 1;

    /// <summary>
    /// Pure. A hook that the lease itself explains counts neither as worse nor, while it does, as recovered.
    /// </summary>
    /// <param name="lights">Read at <paramref name="now"/>.</param>
    /// <param name="recovered">The recovery rule holds: three adjacent good windows since the change. Unknown is not
    /// recovered.</param>
    public static UndoTerms Of(
        Lease lease,
        LeaseRules rules,
        DateTimeOffset now,
        IReadOnlyList<HookReading> lights,
        bool recovered
    )
    {
        ArgumentNullException.ThrowIfNull(lease);
        ArgumentNullException.ThrowIfNull(rules);
        var until = lease.Since + rules.UndoFree;
        if (now < until)
        {
            return new UndoTerms(UndoGround.Fresh, until, lease.Recovers);
        }

        var worse = lights
            .Where(h =>
                h.RedUnexplained
                && WholeWindow.LiesAfter(lease.Since, h, now)
                && lease.Lights.TryGetValue(h.Hook.Id, out var before)
                && before != nameof(Light.Red)
            )
            .Select(h => h.Hook.Id)
            .ToList();
        return worse.Count > 0
            ? new UndoTerms(UndoGround.Worse, until, worse)
            : new UndoTerms(
                recovered && lease.Recovers.Count > 0 ? UndoGround.Recovered : UndoGround.SecondPerson,
                until,
                lease.Recovers
            );
    }
}
