using System.Globalization;
using Glancy.Ops.Connectors.Releasectl;
using Glancy.Ops.Kernel;
using Glancy.Ops.Procedures.Ports;
using Glancy.Ops.Releases.Actions;
using Glancy.Runbook;

namespace Glancy.Ops.Releases;

/// <summary>
/// <c>release/prod</c>: which batch the train carries, and how much of the traffic is on the new version; one state,
/// because one command sets both (§4.1).
/// </summary>
public sealed class TrainTarget(ReleaseTool releases) : ITarget<TrainTarget>
{
    public const string State = "release/prod";

    public static TargetSpec Declared { get; } = new("release/") { Names = ["prod"] };

    public bool IsSwitch => false;

    public bool ComesFirst => true;

    public string SetBy => ReleaseSet.Spec.Kind;

    /// <summary>A value as it is compared and shown: <c>REL-B3 15%</c>.</summary>
    public static string Value(string batch, string weight) => $"{batch} {weight}%";

    /// <inheritdoc/>
    public async Task<StatesObserved> ReadAsync(IReadOnlyList<string> states, CancellationToken cancellationToken)
    {
        if (!(await releases.StatusAsync(cancellationToken)).Has(out var status, out var unknown))
        {
            return StatesObserved.Unreadable(unknown);
        }

        var weight = status.Weight.ToString("0.###", CultureInfo.InvariantCulture);
        return new StatesObserved(
            new Dictionary<string, string> { [State] = Value(status.Batch ?? "none", weight) },
            null
        );
    }

    /// <inheritdoc/>
    public ChangeTerms? Terms(string state, RunbookContent runbook) => state == State ? ChangeTerms.Plain : null;

    /// <inheritdoc/>
    public string Says(string state, string value) => value;

    /// <inheritdoc/>
    public WayToRevert? Revert(string state, string prior)
    {
        ArgumentNullException.ThrowIfNull(prior);
        return prior.Split(' ') is [var batch, [.. var weight, '%']]
            ? new("revert-release", new Dictionary<string, string> { ["batch"] = batch, ["weight"] = weight })
            : null;
    }

    /// <inheritdoc/>
    public string Returning(IReadOnlyDictionary<string, string> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return Value(arguments["batch"], arguments["weight"]);
    }

    /// <inheritdoc/>
    public Refusal NotClean(string lease, string state, string value, string owner) =>
        new("handover-train-without-rule", "§3", lease, value, owner);

    /// <inheritdoc/>
    public bool IsChangedBy(string audited) => IsOfTrain(audited);

    /// <summary>Whether an action of the product's audit moves the release train.</summary>
    public static bool IsOfTrain(string audited)
    {
        ArgumentNullException.ThrowIfNull(audited);
        return audited.StartsWith("release", StringComparison.Ordinal)
            || audited.StartsWith("stage", StringComparison.Ordinal);
    }
}
