using Glancy.Ops.Connectors.Prometheus;
using Glancy.Ops.Hooks;
using Glancy.Ops.Runbook;

namespace Glancy.Ops.Slo;

/// <summary>Reads promises, budget and burn at once (A2, §0, §7.3).</summary>
public sealed class SloDesk(IPrometheus prometheus, BudgetTable table, RunbookHolder runbook, TimeProvider clock)
{
    /// <summary>
    /// Everything now; all queries are asked at the same time, each with its deadline. Outside trouble makes a row
    /// unknown and leaves the others alone.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<SloReport> ReadAsync(CancellationToken cancellationToken)
    {
        var content = runbook.Current;
        var at = clock.GetUtcNow();
        var zone = TimeZoneInfo.FindSystemTimeZoneById(content.Roster.TimeZone);
        var book = content.Slo;
        var reader = new MeasureReader(prometheus, zone, at, cancellationToken);

        // Promises are about everybody, so no segment is read apart: no release status.
        var objectives = book.Objectives.Select(o => reader.Start(o.Measure, release: null)[0]).ToList();
        var agreements = book.Agreements.Select(o => reader.Start(o.Measure, release: null)[0]).ToList();
        var burn = book.Budget.Burn.Select(b => reader.Start(b, release: null)[0]).ToList();
        var month = book.Budget.Month is { } consumed ? reader.Start(consumed, release: null)[0] : null;
        var day = table.ReadAsync(book.Budget.Day, at, cancellationToken);

        var burning = await Readings(burn);
        var used = month is null ? null : (await month).Reading;
        return new SloReport(
            at,
            content.Version,
            [.. book.Objectives.Zip(await Readings(objectives), (o, r) => new ObjectiveReading(o, r))],
            [.. book.Agreements.Zip(await Readings(agreements), (o, r) => new ObjectiveReading(o, r))],
            await day,
            used,
            burning,
            SloJudge.Exhaustion(used?.Value, burning.Count > 0 ? burning[0].Value : null, at, zone)
        );
    }

    private static async Task<IReadOnlyList<MeasureReading>> Readings(
        IReadOnlyList<Task<(MeasureReading Reading, TimeSpan Took)>> tasks
    ) => [.. (await Task.WhenAll(tasks)).Select(t => t.Reading)];
}
