using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Notices;
using Glancy.Runbook;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Procedures.Actions;

/// <summary>
/// One kind of step: how it is described in a plan and how it is carried out. One class per kind
/// (<see cref="IAction{TSelf}"/>).
/// </summary>
public interface IAction
{
    /// <summary>What a procedure calls it.</summary>
    string Kind { get; }

    /// <summary>Pure: what the step would type, what it looks at and what it changes.</summary>
    StepIntent Describe(StepArguments arguments, RunbookContent runbook);

    /// <summary>
    /// Carries the step out, or asks how it is going: called again with the same execution until it is settled.
    /// Expected trouble is a result; what is thrown is a defect or a lost lease.
    /// </summary>
    Task<StepResult> ApplyAsync(StepExecution execution, CancellationToken cancellationToken);
}

/// <summary>
/// A kind of step with what it is called, takes, and is asked about by others: the one thing that the lint has to know
/// of it.
/// </summary>
internal interface IAction<TSelf> : IAction
    where TSelf : IAction<TSelf>
{
    static abstract ActionSpec Spec { get; }

    string IAction.Kind => TSelf.Spec.Kind;
}

/// <summary>What a step is going to do.</summary>
/// <param name="Command">What a person would type; empty when there is no command.</param>
/// <param name="Observes">Controlled state that must not have moved before the step starts.</param>
/// <param name="Sets">Controlled state to desired value.</param>
/// <param name="ScriptSets">Controlled state that the step's script changes by itself, as declared in the data.</param>
/// <param name="SatisfiedIsDone">When every desired value already stands, there is nothing to do.</param>
public sealed record StepIntent(
    string Command,
    IReadOnlyList<string> Observes,
    IReadOnlyDictionary<string, string> Sets,
    IReadOnlyDictionary<string, string> ScriptSets,
    bool SatisfiedIsDone
)
{
    /// <summary>A step that touches no controlled state.</summary>
    public static StepIntent Nothing(string command = "") =>
        new(command, [], new Dictionary<string, string>(), new Dictionary<string, string>(), false);

    /// <summary>
    /// Controlled state to the value it has to stand at beforehand, where anything else is not ours to change (rule 7).
    /// </summary>
    public IReadOnlyDictionary<string, string> Expects { get; init; } = new Dictionary<string, string>();

    public IEnumerable<string> Touches =>
        Observes.Concat(Sets.Keys).Concat(ScriptSets.Keys).Distinct(StringComparer.Ordinal);
}

/// <summary>A step's arguments with the run's parameters filled in.</summary>
public sealed record StepArguments(StepDefinition Step, IReadOnlyDictionary<string, string> Parameters)
{
    public string this[string name] =>
        Step.With.TryGetValue(name, out var value) ? Placeholders.Fill(value.Text, Parameters) : "";

    public IReadOnlyList<string> List(string name) =>
        Step.With.TryGetValue(name, out var value)
            ? [.. value.Items.Select(item => Placeholders.Fill(item, Parameters))]
            : [];

    /// <summary>
    /// The argument <c>from</c> as the expected value of a state; nothing where it is not given, or stands for a
    /// parameter without a value.
    /// </summary>
    public IReadOnlyDictionary<string, string> From(string state) =>
        this["from"] is { Length: > 0 } from && !Placeholders.Names(from).Any()
            ? new Dictionary<string, string> { [state] = from }
            : new Dictionary<string, string>();

    /// <summary>A list of name=value items.</summary>
    public IReadOnlyDictionary<string, string> Pairs(string name) =>
        List(name)
            .Select(item => item.Split('=', 2))
            .Where(parts => parts.Length == 2)
            .ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);
}

/// <summary>One attempt at one step of one run.</summary>
public sealed record StepExecution
{
    public required Run Run { get; init; }

    public required RunStep Step { get; init; }

    public required StepArguments Arguments { get; init; }

    public required RunbookContent Runbook { get; init; }

    /// <summary>What keyed effects are remembered by (<see cref="EffectKey"/>).</summary>
    public required string Key { get; init; }

    /// <summary>What epochs are compared within.</summary>
    public required string Fence { get; init; }

    public required long Epoch { get; init; }

    /// <summary>World time recorded when the attempt started; the same after a crash.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset Now { get; init; }
}

/// <summary>How a step stands.</summary>
public abstract record StepResult
{
    private StepResult() { }

    /// <summary>It is done.</summary>
    /// <param name="Notices">What is said in the same transaction as the step's end.</param>
    /// <param name="Also">What else of the bot's own database belongs into that transaction.</param>
    public sealed record Done(
        IReadOnlyDictionary<string, string> Evidence,
        IReadOnlyList<NoticeDraft>? Notices = null,
        Func<Transaction, Task>? Also = null
    ) : StepResult
    {
        public Done()
            : this(new Dictionary<string, string>()) { }
    }

    /// <summary>The far side is still at it; ask again after a moment of real time.</summary>
    public sealed record StillRunning(TimeSpan AskAgainAfter, IReadOnlyDictionary<string, string> Evidence)
        : StepResult;

    /// <summary>Nothing to do before this world time; the run lets go of its lease until then.</summary>
    public sealed record WaitUntil(DateTimeOffset At, IReadOnlyDictionary<string, string> Evidence) : StepResult;

    /// <summary>A person has to say that it is done.</summary>
    public sealed record WaitForPerson : StepResult;

    /// <summary>It said no, and it is known that it said no.</summary>
    public sealed record Failed(
        Refusal Why,
        IReadOnlyDictionary<string, string> Evidence,
        PauseReason Pause = PauseReason.Failed
    ) : StepResult;

    /// <summary>Whether it happened is not known; only a person may try again.</summary>
    public sealed record Unknown(Refusal Why, IReadOnlyDictionary<string, string> Evidence) : StepResult;
}
