using Glancy.Ops.Connectors.Bastion;
using Glancy.Ops.Connectors.Releasectl;
using Glancy.Ops.Kernel;
using Glancy.Runbook.Commands;

namespace Glancy.Ops.Procedures;

/// <summary>What was observed of controlled state; either every asked value, or why it is unknown.</summary>
public sealed record StatesObserved(IReadOnlyDictionary<string, string> Values, Refusal? Unknown);

/// <summary>
/// Reads the state that plans are bound to: <c>flag/name</c>, <c>release/prod</c>, <c>digest/command</c> (rule 3).
/// </summary>
public sealed class ControlledState(IBastion bastion, ReleaseTool releases)
{
    /// <summary>The release train: which batch, and how much of the traffic is on the new version; one state, because one command sets both.</summary>
    public const string Release = DeclaredStates.Release;

    /// <summary>What a feature flag's state begins with.</summary>
    public const string FlagPrefix = DeclaredStates.FlagPrefix;

    /// <summary>The train's value as it is compared and shown: <c>REL-B3 15%</c>.</summary>
    public static string ReleaseValue(string batch, string weight) => $"{batch} {weight}%";

    /// <summary>The batch and weight of a train's value; null when it is none.</summary>
    public static (string Batch, string Weight)? ReadRelease(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Split(' ') is [var batch, [.. var weight, '%']] ? (batch, weight) : null;
    }

    /// <summary>Reads each asked state; what cannot be read or parsed makes the whole observation unknown.</summary>
    public async Task<StatesObserved> ReadAsync(IReadOnlyList<string> states, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(states);
        var parts = await Task.WhenAll(
            FlagsAsync(states, cancellationToken),
            ReleaseAsync(states, cancellationToken),
            DigestsAsync(states, cancellationToken));
        if (parts.FirstOrDefault(part => part.Unknown is not null) is { } unknown)
        {
            return unknown;
        }

        var values = parts.SelectMany(part => part.Values).ToDictionary(v => v.Key, v => v.Value, StringComparer.Ordinal);
        var missing = states.FirstOrDefault(state => !values.ContainsKey(state));
        return missing is null ? new StatesObserved(values, null) : Unknown(new Refusal("unparsable-output", "§2.3", missing));
    }

    private async Task<StatesObserved> FlagsAsync(IReadOnlyList<string> states, CancellationToken cancellationToken)
    {
        var flags = Names(states, FlagPrefix);
        if (flags.Count == 0)
        {
            return Nothing();
        }

        var parameters = new Dictionary<string, string> { ["glob"] = "glancy.*" };
        var reading = await bastion.ReadAsync("configctl.feature.list", parameters, cancellationToken);
        return reading is BastionReading.Read { Succeeded: true } read && ParsedPairs.OfEquals(read.Text) is { Ok: true, Values: var values }
            ? new StatesObserved(flags.Where(values.ContainsKey).ToDictionary(f => FlagPrefix + f, f => values[f]), null)
            : Unknown(BastionRefusal.Of(reading, "configctl.feature.list"));
    }

    private async Task<StatesObserved> ReleaseAsync(IReadOnlyList<string> states, CancellationToken cancellationToken)
    {
        if (!states.Contains(Release))
        {
            return Nothing();
        }

        var (status, unknown) = await releases.StatusAsync(cancellationToken);
        if (status is null)
        {
            return Unknown(unknown ?? new Refusal("unparsable-output", "§2.3", "releasectl.stage.status"));
        }

        var weight = status.Weight.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture);
        return new StatesObserved(new Dictionary<string, string> { [Release] = ReleaseValue(status.Batch ?? "none", weight) }, null);
    }

    private async Task<StatesObserved> DigestsAsync(IReadOnlyList<string> states, CancellationToken cancellationToken)
    {
        var values = new Dictionary<string, string>();
        foreach (var command in Names(states, "digest/"))
        {
            var reading = await bastion.DigestAsync(command, cancellationToken);
            if (reading is not BastionReading.Read { Digest: { } digest })
            {
                return Unknown(BastionRefusal.Of(reading, command));
            }

            values["digest/" + command] = digest;
        }

        return new StatesObserved(values, null);
    }

    private static List<string> Names(IReadOnlyList<string> states, string prefix) =>
        [.. states.Where(s => s.StartsWith(prefix, StringComparison.Ordinal)).Select(s => s[prefix.Length..])];

    private static StatesObserved Nothing() => new(new Dictionary<string, string>(), null);

    private static StatesObserved Unknown(Refusal why) => new(new Dictionary<string, string>(), why);
}
