using Glancy.Ops.Kernel;
using Glancy.Runbook;

namespace Glancy.Ops.Procedures.Ports;

/// <summary>What holds of a temporary change of a state, by what the runbook says of it (rule 7).</summary>
/// <param name="Default">The value in normal operation, which is no change of ours; null where there is none.</param>
/// <param name="Affects">Hooks that the change explains.</param>
/// <param name="Recovers">Hooks and lines of SOPs that let one person take it back once they have recovered.</param>
/// <param name="IsKillSwitch">Setting it takes the kill switch's risk, however it is reached (rule 5).</param>
public sealed record ChangeTerms(
    string? Default,
    IReadOnlyList<string> Affects,
    IReadOnlyList<string> Recovers,
    bool IsKillSwitch = false
)
{
    /// <summary>Nothing is said of it.</summary>
    public static ChangeTerms Plain { get; } = new(null, [], []);
}

/// <summary>
/// How a value is given back: a procedure of the runbook with its arguments, beside <c>lease</c>, <c>from</c> and
/// <c>reason</c>.
/// </summary>
public sealed record WayToRevert(string Procedure, IReadOnlyDictionary<string, string> Arguments);

/// <summary>
/// A kind of controlled state that is changed: everything that leases, undo, incidents, the handover and the words want
/// to know of it. One class per kind (<see cref="ITarget{TSelf}"/>).
/// </summary>
public interface ITarget : IStateReader
{
    TargetSpec Spec { get; }

    /// <summary>
    /// A switch: it stands for a time, holds the incident open in which it was changed, and is offered back once it has
    /// recovered. What is none stays where it was brought, long after the incident.
    /// </summary>
    bool IsSwitch { get; }

    /// <summary>Told before all others where it is asked what may have turned a light red (rule 8).</summary>
    bool ComesFirst { get; }

    /// <summary>What the runbook says of a change of this state; null where a change of it is none of ours.</summary>
    ChangeTerms? Terms(string state, RunbookContent runbook);

    /// <summary>The state with a value, on one line: <c>glancy.cache.mode=l2_prio</c>, <c>REL-B3 15%</c>.</summary>
    string Says(string state, string value);

    /// <summary>How a value returns; null for a value that none of these can have.</summary>
    WayToRevert? Revert(string state, string prior);

    /// <summary>The value that <see cref="Revert"/>'s procedure gives back with these arguments.</summary>
    string Returning(IReadOnlyDictionary<string, string> arguments);

    /// <summary>
    /// Why a shift is not handed over clean while this change stands without a rule that takes it back (§3).
    /// </summary>
    Refusal NotClean(string lease, string state, string value, string owner);

    /// <summary>The kind of step that sets such a state.</summary>
    string SetBy { get; }

    /// <summary>Whether an action of the product's own audit changes such a state, whoever did it.</summary>
    bool IsChangedBy(string audited);
}

/// <summary>A kind of controlled state with what the lint has to know of it.</summary>
public interface ITarget<TSelf> : ITarget
    where TSelf : ITarget<TSelf>
{
    static abstract TargetSpec Declared { get; }

    TargetSpec ITarget.Spec => TSelf.Declared;

    string IStateReader.Prefix => TSelf.Declared.Prefix;
}
