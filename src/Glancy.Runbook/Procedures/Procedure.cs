namespace Glancy.Runbook.Procedures;

/// <summary>How many confirmations a procedure wants (spec of the product: read, change, danger).</summary>
public enum Risk
{
    Read,
    Change,
    Danger,

    /// <summary>
    /// Takes one of our own changes back: a change or a danger by rule 7, which each plan decides anew. No plan has it.
    /// </summary>
    Undo,
}

/// <summary>What becomes of the controlled state that a procedure changes (rule 7).</summary>
public enum ChangeMode
{
    /// <summary>Each change is a lease until it is taken back.</summary>
    Temporary,

    /// <summary>It takes back the lease that its parameter <c>lease</c> names.</summary>
    Reverts,

    /// <summary>With the parameter <c>lease</c> it takes that one back; without it each change is one.</summary>
    Both,
}

/// <summary>
/// A procedure: typed steps, written as data under <c>runbook/procedures/</c>, run by one engine.
/// </summary>
public sealed record Procedure
{
    public required string Id { get; init; }

    public required Words Title { get; init; }

    public required string Section { get; init; }

    public required Risk Risk { get; init; }

    /// <summary>Roles of which a confirmer must hold one.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>Passes while the train is frozen (rule 6).</summary>
    public required bool Mitigation { get; init; }

    /// <summary>A rollback: it supersedes waiting or observing runs that hold one of its keys (rule 4).</summary>
    public required bool Supersedes { get; init; }

    /// <summary>Lock keys, with parameters in braces: <c>train/prod</c>, <c>flag/{flag}</c> (rule 4).</summary>
    public required IReadOnlyList<string> Keys { get; init; }

    public required IReadOnlyList<Parameter> Parameters { get; init; }

    public required IReadOnlyList<StepDefinition> Steps { get; init; }

    /// <summary>
    /// SHA-256 of the file and of the statements its steps name; what is confirmed is bound to it (rule 3).
    /// </summary>
    public required string ContentHash { get; init; }

    /// <summary>The parameter that names what is taken back.</summary>
    public const string Lease = "lease";

    /// <summary>The parameter that says where a state has to stand at before it is taken back.</summary>
    public const string From = "from";

    /// <summary>One person may confirm it alone while a Sev-1 is open (rule 5).</summary>
    public bool BreakGlass { get; init; }

    public ChangeMode Changes { get; init; }

    /// <summary>
    /// What confirming does, in one sentence without its full stop, with parameters in braces; null where the file says
    /// none, and the plan's changes have to say it.
    /// </summary>
    public Words? Consequence { get; init; }

    /// <summary>How long it usually takes until it is verified; null where the file does not say.</summary>
    public TimeSpan? Takes { get; init; }

    /// <summary>Refused while a hook is red or unknown and not explained (rule 9).</summary>
    public bool AddsRisk { get; init; }

    /// <summary>
    /// What a person gives who drafts it; the runbook gives the rest, and a lease that is taken back its own.
    /// </summary>
    public IEnumerable<Parameter> Asked =>
        Parameters.Where(p => p.GivenBy is null && !(Changes == ChangeMode.Both && p.Name is Lease or From));

    /// <summary>
    /// The procedure for these arguments: without the steps whose <see cref="StepDefinition.When"/> has no value, and
    /// without the keys that name a parameter without one.
    /// </summary>
    public Procedure For(IReadOnlyDictionary<string, string> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        bool Given(string name) => arguments.TryGetValue(name, out var value) && value.Length > 0;
        var reverts = Changes == ChangeMode.Both && Given(Lease);
        return this with
        {
            Changes =
                Changes != ChangeMode.Both ? Changes
                : reverts ? ChangeMode.Reverts
                : ChangeMode.Temporary,
            Risk = reverts ? Risk.Undo : Risk,
            Steps = [.. Steps.Where(step => step.When is null || Given(step.When))],
            Keys = [.. Keys.Where(key => Placeholders.Names(key).All(Given))],
        };
    }
}

/// <summary>A parameter of a procedure.</summary>
/// <param name="Type"><c>batch</c>, <c>text</c>, <c>flag</c>, <c>number</c>, <c>word</c>.</param>
public sealed record Parameter(string Name, Words Title, string Type, bool Required, string? Default)
{
    /// <summary>
    /// The source that gives its value from the others (<see cref="ArgumentSources"/>); null for one that a person
    /// gives.
    /// </summary>
    public string? GivenBy { get; init; }
}

/// <summary>One step as written.</summary>
/// <param name="Kind">An action kind, for example <c>bastion.run</c>.</param>
/// <param name="With">Arguments of the action; scalars may hold parameters in braces, lists are lists of
/// scalars.</param>
/// <param name="Phase">Effects come first; verification starts when the last effect is done.</param>
/// <param name="Deadline">How long the step may take before it counts as unknown (effects) or failed (checks).</param>
/// <param name="NotLaterThan">For announcements: due at the latest this long after the confirmation, wherever the run
/// is.</param>
/// <param name="Line">Line of the step in its file.</param>
public sealed record StepDefinition(
    string Id,
    string Kind,
    Words Title,
    StepPhase Phase,
    IReadOnlyDictionary<string, StepValue> With,
    TimeSpan Deadline,
    TimeSpan? NotLaterThan,
    int Line
)
{
    /// <summary>A parameter without whose value the step is left out; null when it is always there.</summary>
    public string? When { get; init; }
}

public enum StepPhase
{
    Effect,
    Verify,
}

/// <summary>A scalar or a list of scalars in a step's arguments.</summary>
public sealed record StepValue(IReadOnlyList<string> Items, bool IsList)
{
    public string Text => Items.Count > 0 ? Items[0] : "";
}

/// <summary>
/// A command on the bastion (§2.3): what a person would type, and how its output is read.
/// </summary>
/// <param name="Text">With parameters in braces; shown in plans, never executed as text.</param>
/// <param name="Parser"><c>pairs-colon</c>, <c>pairs-equals</c>, <c>text</c> or <c>none</c>.</param>
/// <param name="Changes">Controlled state that the command changes by itself, as <c>flag/name=value</c> or
/// <c>release/prod=REL-B3 0%</c> (rule 7).</param>
public sealed record CommandTemplate(
    string Id,
    string Text,
    bool ReadOnly,
    string Parser,
    TimeSpan Deadline,
    IReadOnlyList<string> Changes,
    string Section
);
