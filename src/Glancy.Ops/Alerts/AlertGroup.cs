using Glancy.Ops.Hooks;

namespace Glancy.Ops.Alerts;

/// <summary>How a group is shown in the channel.</summary>
public enum AlertCard
{
    /// <summary>Not at all: only its end was heard.</summary>
    None,
    Own,
    Storm,
}

/// <summary>One stretch of an alert group, from its first alert to its end.</summary>
public sealed record AlertGroup
{
    public required long Id { get; init; }

    public required string Receiver { get; init; }

    public required IReadOnlyDictionary<string, string> GroupLabels { get; init; }

    public required IReadOnlyDictionary<string, string> CommonLabels { get; init; }

    /// <summary>Alerts that Alertmanager had and did not send.</summary>
    public required int Truncated { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public required DateTimeOffset? ResolvedAt { get; init; }

    public required AlertCard Card { get; init; }

    public required long? StormId { get; init; }

    /// <summary>What the SOP's measures said last; empty before the first reading.</summary>
    public required IReadOnlyList<CheckReading> Readings { get; init; }

    public required DateTimeOffset? ReadAt { get; init; }

    /// <summary>Everything of the SOP's last column was good, after the end.</summary>
    public required DateTimeOffset? VerifiedAt { get; init; }

    public required int Firing { get; init; }

    public required int Resolved { get; init; }

    /// <summary>
    /// Alertmanager could not say of one of them whether it still fires; null when that is known of all.
    /// </summary>
    public DateTimeOffset? UnknownSince { get; init; }

    public string Name => AlertName.Of(Id);

    /// <summary>What its alerts have in common, which is what an SOP is found by.</summary>
    public IReadOnlyDictionary<string, string> Labels =>
        CommonLabels.Concat(GroupLabels).DistinctBy(pair => pair.Key).ToDictionary(StringComparer.Ordinal);

    /// <summary>What people call it; the group's labels when its alerts have no name in common.</summary>
    public string Called =>
        Labels.GetValueOrDefault("alertname") ?? string.Join(' ', GroupLabels.Select(l => $"{l.Key}={l.Value}"));

    /// <summary>What a silence of it matches; null when it has nothing that tells it from all others.</summary>
    public IReadOnlyDictionary<string, string>? SilencedBy =>
        GroupLabels.Count > 0 ? GroupLabels
        : CommonLabels.Count > 0 ? CommonLabels
        : null;
}

/// <summary>One alert of a group as it stands.</summary>
/// <param name="UnknownSince">Whether it still fires is not known since then.</param>
public sealed record AlertRow(
    string Fingerprint,
    bool Firing,
    DateTimeOffset StartsAt,
    DateTimeOffset? EndsAt,
    IReadOnlyDictionary<string, string> Labels,
    IReadOnlyDictionary<string, string> Annotations,
    DateTimeOffset? UnknownSince = null
);

/// <summary>How a silence stands.</summary>
public enum SilenceState
{
    /// <summary>Sent, and nobody knows what came of it.</summary>
    Asked,
    Stands,
    Ended,
    Lifted,
    Refused,
}

/// <summary>A silence that somebody asked for.</summary>
public sealed record AlertSilence
{
    public required long Id { get; init; }

    public required long GroupId { get; init; }

    /// <summary>Stands in the silence's comment, so that it can be found.</summary>
    public required Guid Token { get; init; }

    /// <summary>Alertmanager's name of it; null until that is known.</summary>
    public required string? SilenceId { get; init; }

    public required SilenceState State { get; init; }

    public required DateTimeOffset AskedAt { get; init; }

    public required DateTimeOffset EndsAt { get; init; }

    public required string Reason { get; init; }

    public required string Person { get; init; }

    /// <summary>Its request may be under way still.</summary>
    public bool InFlight { get; init; }
}
