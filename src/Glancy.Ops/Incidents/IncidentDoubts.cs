using System.Globalization;
using Glancy.Ops.Alerts;
using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Database;

namespace Glancy.Ops.Incidents;

/// <summary>
/// What speaks against an incident's being over (§5, §8): nobody has had it, its alert fires, a hook is red, something
/// of it is still to be followed up. Not forbidden, since people may know better; but they say so.
/// </summary>
internal static class IncidentDoubts
{
    /// <summary>Every doubt at once.</summary>
    public static async Task<IReadOnlyList<Refusal>> OfAsync(Transaction transaction, Incident incident)
    {
        // Quiet for a while it comes back as another group of the same key.
        var alerts = await transaction.QueryAsync<AlertRow>(
            """
            select g.id, coalesce(g.common_labels ->> 'alertname', g.group_labels ->> 'alertname', '') as called
              from glancy.incident i join glancy.alert_group own on own.id = i.alert_group
                join glancy.alert_group g on g.group_key = own.group_key
             where i.id = @Id and exists (select from glancy.alert a where a.group_id = g.id
               and a.status = 'firing') order by g.id
            """,
            new { incident.Id }
        );
        var hooks = await transaction.QueryAsync<HookRow>(
            "select hook, first_red_at from glancy.episode where ended_at is null order by hook",
            null
        );
        var followUps = await transaction.QueryAsync<FollowUpRow>(
            "select id, words from glancy.follow_up where done_at is null and position(lower(@Id) in lower(words)) > "
                + "0 order by id",
            new { incident.Id }
        );
        return
        [
            .. incident.Acknowledged is null
                ? new[] { new Refusal("incident-never-acknowledged", "§5.1", incident.Id) }
                : [],
            .. alerts.Select(a => new Refusal("incident-alert-fires", "§5.2", AlertName.Of(a.Id), a.Called)),
            .. hooks.Select(h => new Refusal(
                "incident-hook-red",
                "§4.2",
                h.Hook,
                h.First_Red_At.ToString("O", CultureInfo.InvariantCulture)
            )),
            .. followUps.Select(f => new Refusal(
                "incident-follow-up-open",
                "§3.1",
                string.Create(CultureInfo.InvariantCulture, $"F-{f.Id}"),
                f.Words
            )),
        ];
    }

    private sealed record AlertRow
    {
        public long Id { get; init; }

        public string Called { get; init; } = "";
    }

    private sealed record HookRow
    {
        public string Hook { get; init; } = "";

        public DateTimeOffset First_Red_At { get; init; }
    }

    private sealed record FollowUpRow
    {
        public long Id { get; init; }

        public string Words { get; init; } = "";
    }
}
