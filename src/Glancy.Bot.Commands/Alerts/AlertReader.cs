using Glancy.Ops.Alerts;
using Glancy.Ops.Runbook;
using Glancy.Runbook.Alerts;

namespace Glancy.Bot.Commands.Alerts;

/// <summary>Everything that a page about a group shows.</summary>
/// <param name="Sop">Null when nobody has written one.</param>
/// <param name="Silence">That stands, or of which nobody knows; null for none.</param>
internal sealed record AlertDetails(
    AlertGroup Group,
    IReadOnlyList<AlertRow> Alerts,
    AlertSop? Sop,
    AlertSilence? Silence
);

/// <summary>Reads a group with all that belongs to it.</summary>
internal sealed class AlertReader(AlertStore alerts, RunbookHolder runbook)
{
    /// <summary>Null when there is no such group.</summary>
    public async Task<AlertDetails?> ReadAsync(long id, int limit, CancellationToken cancellationToken) =>
        await alerts.GetAsync(id, cancellationToken) is { } group
            ? new AlertDetails(
                group,
                await alerts.AlertsAsync(id, limit, cancellationToken),
                runbook.Current.Alerts.Find(group.Labels),
                await alerts.SilenceAsync(id, cancellationToken)
            )
            : null;
}

/// <summary>A group as data.</summary>
/// <param name="Sop">Id of its SOP; null when there is none.</param>
internal sealed record AlertData(AlertGroup Group, IReadOnlyList<AlertRow> Alerts, string? Sop, AlertSilence? Silence)
{
    public static AlertData Of(AlertDetails details)
    {
        return new AlertData(details.Group, details.Alerts, details.Sop?.Id, details.Silence);
    }
}
