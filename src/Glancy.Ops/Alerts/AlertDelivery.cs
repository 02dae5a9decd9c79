namespace Glancy.Ops.Alerts;

/// <summary>One alert as Alertmanager tells of it.</summary>
/// <param name="EndsAt">Null while it fires.</param>
public sealed record AlertFact(
    string Fingerprint,
    bool Firing,
    DateTimeOffset StartsAt,
    DateTimeOffset? EndsAt,
    IReadOnlyDictionary<string, string> Labels,
    IReadOnlyDictionary<string, string> Annotations,
    string GeneratorUrl);

/// <summary>One call of Alertmanager's webhook: a group and its alerts.</summary>
/// <param name="GroupKey">Alertmanager's own name of the group.</param>
/// <param name="Truncated">How many alerts of the group it did not send.</param>
public sealed record AlertDelivery(
    string GroupKey,
    string Receiver,
    IReadOnlyDictionary<string, string> GroupLabels,
    IReadOnlyDictionary<string, string> CommonLabels,
    int Truncated,
    IReadOnlyList<AlertFact> Alerts);
