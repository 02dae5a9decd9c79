namespace Glancy.Ops.Connectors.Alertmanager;

/// <summary>An alert that Alertmanager says fires.</summary>
/// <param name="Suppressed">Silenced or inhibited: it fires, and nobody is told of it.</param>
public sealed record ListedAlert(DateTimeOffset StartsAt, bool Suppressed);

/// <summary>Everything that fires there, by fingerprint.</summary>
/// <param name="UpSince">It keeps no alerts over a restart; before their senders have told it again, that it does not
/// list one means nothing.</param>
public sealed record AlertsListed(DateTimeOffset UpSince, IReadOnlyDictionary<string, ListedAlert> Alerts);
