namespace Glancy.Ops.Alerts;

/// <summary>One alert as Alertmanager tells of it.</summary>
/// <param name="StartsAt"><see cref="Undated"/> when its beginning could not be read.</param>
/// <param name="EndsAt">Null while it fires, or when its end could not be read.</param>
public sealed record AlertFact(
    string Fingerprint,
    bool Firing,
    DateTimeOffset StartsAt,
    DateTimeOffset? EndsAt,
    IReadOnlyDictionary<string, string> Labels,
    IReadOnlyDictionary<string, string> Annotations,
    string GeneratorUrl
)
{
    /// <summary>
    /// The beginning of an alert of which no beginning is known: the same at every replica and every time.
    /// </summary>
    public static readonly DateTimeOffset Undated = DateTimeOffset.UnixEpoch;
}

/// <summary>One call of Alertmanager's webhook: a group and its alerts.</summary>
/// <param name="GroupKey">Alertmanager's own name of the group.</param>
/// <param name="Truncated">How many alerts of the group it did not send.</param>
public sealed record AlertDelivery(
    string GroupKey,
    string Receiver,
    IReadOnlyDictionary<string, string> GroupLabels,
    IReadOnlyDictionary<string, string> CommonLabels,
    int Truncated,
    IReadOnlyList<AlertFact> Alerts
)
{
    /// <summary>How the Alertmanager that told it calls itself (<c>externalURL</c>); empty when it does not.</summary>
    public string Source { get; init; } = "";

    /// <summary>The places that could not be read as they were written; everything else was taken.</summary>
    public IReadOnlyList<string> Spoiled { get; init; } = [];

    /// <summary>What its alerts are called; empty when they have no name in common.</summary>
    public string Called =>
        CommonLabels.GetValueOrDefault("alertname") ?? GroupLabels.GetValueOrDefault("alertname") ?? "";
}
