using Glancy.Ops.Kernel;
using Glancy.Ops.Procedures.Ports;
using Glancy.Runbook;

namespace Glancy.Ops.Tests.Toy;

/// <summary>
/// A lamp: a kind of state of its own, as a capability would bring it. First walk of <c>docs/contributing.md</c>.
/// </summary>
internal sealed class ToyTarget(ToyLamp lamp) : ITarget<ToyTarget>
{
    public const string State = "toy/lamp";

    public static TargetSpec Declared { get; } =
        new("toy/") { Names = ["lamp"], Title = static (_, _) => new Words("玩具灯", "toy lamp") };

    public bool IsSwitch => true;

    public bool ComesFirst => false;

    public string SetBy => ToySet.Spec.Kind;

    public Task<StatesObserved> ReadAsync(IReadOnlyList<string> states, CancellationToken cancellationToken) =>
        Task.FromResult(new StatesObserved(new Dictionary<string, string> { [State] = lamp.Value }, null));

    public ChangeTerms? Terms(string state, RunbookContent runbook) => new("off", [], ["HK-06"]);

    public string Says(string state, string value) => $"lamp={value}";

    public WayToRevert? Revert(string state, string prior) =>
        new("toy-set", new Dictionary<string, string> { ["value"] = prior });

    public string Returning(IReadOnlyDictionary<string, string> arguments) => arguments["value"];

    public Refusal NotClean(string lease, string state, string value, string owner) =>
        new("handover-switch-without-rule", "§3", lease, state, value, owner);

    public bool IsChangedBy(string audited) => audited == SetBy;
}

/// <summary>What is outside.</summary>
internal sealed class ToyLamp
{
    private readonly List<string> turns = [];

    public string Value { get; private set; } = "off";

    /// <summary>Every turn of it, in order.</summary>
    public IReadOnlyList<string> Turns => turns;

    public void Turn(string value)
    {
        if (Value != value)
        {
            Value = value;
            turns.Add(value);
        }
    }
}
