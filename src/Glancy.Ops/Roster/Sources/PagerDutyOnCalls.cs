using System.Globalization;
using System.Text.Json.Serialization;
using Glancy.Ops.Connectors.PagerDuty;
using Glancy.Runbook.Roster;

namespace Glancy.Ops.Roster.Sources;

/// <summary>
/// Who is on call on a schedule by PagerDuty's REST API v2: <c>GET /oncalls</c>, page by page, within a deadline.
/// </summary>
internal sealed class PagerDutyOnCalls(PagerDutyRest rest) : IRosterReader
{
    private const int PageSize = 100;
    private const int MostPages = 20;
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(15);

    public SourceKind Kind => SourceKind.PagerDuty;

    /// <inheritdoc/>
    public async Task<RosterReading> ReadAsync(
        string id,
        DateTimeOffset from,
        DateTimeOffset until,
        CancellationToken cancellationToken
    )
    {
        if (!rest.IsSetUp)
        {
            return new RosterReading.NotHeard("not-set-up");
        }

        using var within = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        within.CancelAfter(Within);
        List<HeardTurn> turns = [];
        for (var page = 0; page < MostPages; page++)
        {
            var (listed, trouble) = await rest.GetAsync<Listed>(
                Address(id, from, until, page * PageSize),
                within.Token,
                cancellationToken
            );
            if (listed is null)
            {
                return new RosterReading.NotHeard(trouble ?? "unreadable");
            }

            if (
                listed.OnCalls is not { } entries
                || entries.Any(e => e?.User?.Id is null || e.Schedule?.Id != id || e.End <= e.Start)
            )
            {
                return new RosterReading.NotHeard("unreadable");
            }

            turns.AddRange(entries.OfType<Entry>().Select(e => new HeardTurn(e.User?.Id ?? "", e.Start, e.End)));
            if (!listed.More)
            {
                return new RosterReading.Heard(turns, until);
            }
        }

        // So many turns in a week are no roster.
        return new RosterReading.NotHeard("unreadable");
    }

    private static string Address(string id, DateTimeOffset from, DateTimeOffset until, int offset) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"/oncalls?schedule_ids%5B%5D={Uri.EscapeDataString(id)}&since={Time(from)}&until={Time(until)}"
                + $"&time_zone=UTC&limit={PageSize}&offset={offset}"
        );

    private static string Time(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private sealed record Listed(
        [property: JsonPropertyName("oncalls")] IReadOnlyList<Entry?>? OnCalls,
        [property: JsonPropertyName("more")] bool More
    );

    private sealed record Entry(
        [property: JsonPropertyName("user")] Reference? User,
        [property: JsonPropertyName("schedule")] Reference? Schedule,
        [property: JsonPropertyName("start")] DateTimeOffset? Start,
        [property: JsonPropertyName("end")] DateTimeOffset? End
    );

    private sealed record Reference([property: JsonPropertyName("id")] string? Id);
}
