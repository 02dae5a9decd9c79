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
/// <param name="Truncated">Alerts that Alertmanager had and did not send.</param>
/// <param name="Readings">What the SOP's measures said last; empty before the first reading.</param>
/// <param name="VerifiedAt">Everything of the SOP's last column was good, after the end.</param>
/// <param name="UnknownSince">Alertmanager could not say of one of them whether it still fires; null when that is known
/// of all.</param>
public sealed record AlertGroup(
    long Id,
    string Receiver,
    IReadOnlyDictionary<string, string> GroupLabels,
    IReadOnlyDictionary<string, string> CommonLabels,
    int Truncated,
    DateTimeOffset OpenedAt,
    DateTimeOffset? ResolvedAt,
    AlertCard Card,
    long? StormId,
    IReadOnlyList<CheckReading> Readings,
    DateTimeOffset? ReadAt,
    DateTimeOffset? VerifiedAt,
    int Firing,
    int Resolved,
    DateTimeOffset? UnknownSince = null
)
{
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
/// <param name="Token">Stands in the silence's comment, so that it can be found.</param>
/// <param name="SilenceId">Alertmanager's name of it; null until that is known.</param>
/// <param name="InFlight">Its request may be under way still.</param>
public sealed record AlertSilence(
    long Id,
    long GroupId,
    Guid Token,
    string? SilenceId,
    SilenceState State,
    DateTimeOffset AskedAt,
    DateTimeOffset EndsAt,
    string Reason,
    string Person,
    bool InFlight = false
);
