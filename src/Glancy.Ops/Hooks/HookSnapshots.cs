using Glancy.Ops.Database;
using Glancy.Ops.Leases;
using Glancy.Ops.Releases;
using Glancy.Ops.Runbook;

namespace Glancy.Ops.Hooks;

/// <summary>Reads all hooks now and keeps what was read (§4.2, A1).</summary>
public sealed class HookSnapshots(BotDatabase database, HookReader reader, ReleaseTool releases, LeaseStore leases, RunbookHolder runbook, TimeProvider clock)
{
    /// <summary>All hooks now. Outside trouble makes a hook unknown; only the bot's own database can make this throw.</summary>
    public async Task<HookSnapshot> TakeAsync(CancellationToken cancellationToken)
    {
        var content = runbook.Current;
        var at = clock.GetUtcNow();
        var readings = await ReadAsync(content, at, cancellationToken);
        var stored = readings.Select(h => new
        {
            h.Hook.Id,
            h.Light,
            h.ExplainedBy,
            Measures = h.Measures.Select(m => new { m.Measure.Id, m.Segment, m.Value, m.Light, m.Near, m.Unknown }),
        });
        var ids = await database.QueryAsync<long>(
            "insert into glancy.hook_snapshot (at, runbook_version, readings) values (@at, @version, @readings) returning id",
            new { at = at.ToUniversalTime(), version = content.Version, readings = Jsonb.Of(stored) },
            cancellationToken);
        return new HookSnapshot(ids[0], at, content.Version, readings);
    }

    /// <summary>All hooks as they were at an instant; nothing is kept.</summary>
    public async Task<IReadOnlyList<HookReading>> ReadAsync(RunbookContent content, DateTimeOffset at, CancellationToken cancellationToken)
    {
        // Without the release tool's word there is no new colour to look at apart; the totals still say whether a light is red.
        var (status, _) = await releases.StatusAsync(cancellationToken);
        var open = await leases.OpenAsync(cancellationToken);
        return await reader.ReadAsync(content, status, at, hook => Explain(hook, open), cancellationToken);
    }

    private static string? Explain(Hook hook, IReadOnlyList<Lease> open) =>
        open.FirstOrDefault(lease => lease.Affects.Contains(hook.Id)) is { } lease ? $"{lease.Target["flag/".Length..]}={lease.Value}" : null;
}
