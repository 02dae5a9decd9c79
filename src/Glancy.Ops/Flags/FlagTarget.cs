using Glancy.Ops.Connectors.Bastion;
using Glancy.Ops.Flags.Actions;
using Glancy.Ops.Kernel;
using Glancy.Ops.Procedures.Ports;
using Glancy.Runbook;

namespace Glancy.Ops.Flags;

/// <summary><c>flag/{name}</c>: a feature flag of the configuration centre (§2.3).</summary>
internal sealed class FlagTarget(IBastion bastion) : ITarget<FlagTarget>
{
    /// <summary>What a flag's state begins with.</summary>
    public const string Before = "flag/";

    private const string List = "configctl.feature.list";

    public static TargetSpec Declared { get; } =
        new(Before, References.Flag) { Title = static (name, _) => new Words(name, name) };

    public bool IsSwitch => true;

    public bool ComesFirst => false;

    public string SetBy => FlagSet.Spec.Kind;

    /// <inheritdoc/>
    public async Task<StatesObserved> ReadAsync(IReadOnlyList<string> states, CancellationToken cancellationToken)
    {
        var reading = await bastion.ReadAsync(
            List,
            new Dictionary<string, string> { ["glob"] = "glancy.*" },
            cancellationToken
        );
        return
            reading is BastionReading.Read { Succeeded: true } read
            && ParsedPairs.OfEquals(read.Text) is { Ok: true, Values: var values }
            ? new StatesObserved(
                states.Where(s => values.ContainsKey(Name(s))).ToDictionary(s => s, s => values[Name(s)]),
                null
            )
            : StatesObserved.Unreadable(BastionRefusal.Of(reading, List));
    }

    /// <inheritdoc/>
    public ChangeTerms? Terms(string state, RunbookContent runbook)
    {
        return runbook.Flags.TryGetValue(Name(state), out var flag)
            ? new ChangeTerms(flag.Default, flag.Affects, flag.Recovers, flag.KillSwitch)
            : null;
    }

    /// <inheritdoc/>
    public string Says(string state, string value) => $"{Name(state)}={value}";

    /// <inheritdoc/>
    public WayToRevert? Revert(string state, string prior) =>
        new("revert-switch", new Dictionary<string, string> { ["flag"] = Name(state), ["value"] = prior });

    /// <inheritdoc/>
    public string Returning(IReadOnlyDictionary<string, string> arguments)
    {
        return arguments["value"];
    }

    /// <inheritdoc/>
    public Refusal NotClean(string lease, string state, string value, string owner) =>
        new("handover-switch-without-rule", "§3", lease, Name(state), value, owner);

    /// <inheritdoc/>
    public bool IsChangedBy(string audited)
    {
        return audited.StartsWith("flag", StringComparison.Ordinal)
            || audited.StartsWith("feature", StringComparison.Ordinal);
    }

    private static string Name(string state) => Declared.NameOf(state);
}
