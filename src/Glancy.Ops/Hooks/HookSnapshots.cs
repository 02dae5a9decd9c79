using System.Diagnostics;
using Glancy.Ops.Connectors.Releasectl;
using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Procedures.Ports;
using Glancy.Ops.Runbook;
using Glancy.Runbook;
using Glancy.Runbook.Hooks;

namespace Glancy.Ops.Hooks;

/// <summary>Reads all hooks, and keeps what decisions rest on (§4.2, A1).</summary>
public sealed class HookSnapshots(
    BotDatabase database,
    HookReader reader,
    ReleaseTool releases,
    IExplanations explanations,
    RunbookHolder runbook,
    TimeProvider clock
) : IOldRows
{
    private readonly Lock gate = new();
    private Shared? shared;

    /// <summary>
    /// What reads them looks back half an hour (a thaw's steady time) or at the newest (a lease's lights); the rest of
    /// it is for whoever looks into an incident.
    /// </summary>
    public TimeSpan Kept => TimeSpan.FromDays(14);

    /// <inheritdoc/>
    /// <remarks>The newest one stays, however old it is: a lease asks for it.</remarks>
    public Task<int> RemoveAsync(DateTimeOffset before, int atOnce, CancellationToken cancellationToken) =>
        database.ExecuteAsync(
            """
            delete from glancy.hook_snapshot where id in (
              select id from glancy.hook_snapshot
               where at < @before and id <> (select id from glancy.hook_snapshot order by at desc, id desc limit 1)
               order by at limit @atOnce)
            """,
            new { before, atOnce },
            cancellationToken
        );

    /// <summary>
    /// All hooks now. Outside trouble makes a hook unknown; only the bot's own database can make this throw.
    /// </summary>
    public async Task<HookSnapshot> TakeAsync(CancellationToken cancellationToken)
    {
        var content = runbook.Current;
        var at = clock.GetUtcNow();
        var (readings, release) = await ReadAsync(content, StatusAsync(cancellationToken), at, cancellationToken);
        return new HookSnapshot(null, at, content.Version, readings) { Release = release };
    }

    /// <summary>All hooks as a decision sees them: read and kept when they are first asked for.</summary>
    public Task<HookSnapshot> OfAsync(Decision decision, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(decision);
        return decision.OnceAsync(() => TakeAndRecordAsync(cancellationToken));
    }

    /// <summary>
    /// All hooks as of a second ago at most, kept under a number: for who only looks. Many who look at once share one
    /// look.
    /// </summary>
    public Task<HookSnapshot> SharedAsync(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (shared is not { } last || !last.IsOf(runbook.Current.Version, clock.GetUtcNow()))
            {
                // Who leaves does not take it from the others.
                var look = TakeAndRecordAsync(CancellationToken.None);
                shared = last = new Shared(runbook.Current.Version, clock.GetUtcNow(), Stopwatch.GetTimestamp(), look);
            }

            return last.Look.WaitAsync(cancellationToken);
        }
    }

    /// <summary>All hooks now, kept under a number.</summary>
    public async Task<HookSnapshot> TakeAndRecordAsync(CancellationToken cancellationToken)
    {
        var taken = await TakeAsync(cancellationToken);
        var stored = taken.Hooks.Select(h => new
        {
            h.Hook.Id,
            h.Light,
            h.ExplainedBy,
            Measures = h.Measures.Select(m => new
            {
                m.Measure.Id,
                m.Segment,
                m.Value,
                m.Light,
                m.Near,
                m.Unknown,
            }),
        });
        var ids = await database.QueryAsync<long>(
            "insert into glancy.hook_snapshot (at, runbook_version, readings) values (@at, @version, @readings) "
                + "returning id",
            new
            {
                at = taken.At.ToUniversalTime(),
                version = taken.RunbookVersion,
                readings = Jsonb.Of(stored),
            },
            cancellationToken
        );
        return taken with { Id = ids[0] };
    }

    /// <summary>The hooks of that content as they were at an instant; nothing is kept.</summary>
    public async Task<IReadOnlyList<HookReading>> ReadAsync(
        RunbookContent content,
        DateTimeOffset at,
        CancellationToken cancellationToken
    ) => (await ReadAsync(content, StatusAsync(cancellationToken), at, cancellationToken)).Readings;

    /// <summary>
    /// These hooks as they were before a snapshot; the train stood as it does in the snapshot, and is not asked about
    /// again.
    /// </summary>
    public async Task<IReadOnlyList<HookReading>> BeforeAsync(
        HookSnapshot snapshot,
        IReadOnlyCollection<string> hooks,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var content = runbook.Current;
        return (
            await ReadAsync(
                content with
                {
                    Hooks = [.. content.Hooks.Where(h => hooks.Contains(h.Id))],
                },
                Task.FromResult(snapshot.Release),
                at,
                cancellationToken
            )
        ).Readings;
    }

    private async Task<(IReadOnlyList<HookReading> Readings, ReleaseStatus? Release)> ReadAsync(
        RunbookContent content,
        Task<ReleaseStatus?> asked,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        var lookback = content.Hooks.Select(h => h.Lookback).DefaultIfEmpty().Max();
        var stood = await explanations.SinceAsync(at - lookback, cancellationToken);
        var readings = await reader.ReadAsync(
            content,
            asked,
            at,
            hook => Explaining(hook, stood, at)?.Says,
            cancellationToken
        );
        var status = await asked;
        return (
            [
                .. readings.Select(reading =>
                    (status is not null ? reading : Unsegmented(reading)) with
                    {
                        Fading = Explaining(reading.Hook, stood, at) is { EndedAt: { } ended } && ended <= at,
                    }
                ),
            ],
            status
        );
    }

    private async Task<ReleaseStatus?> StatusAsync(CancellationToken cancellationToken) =>
        (await releases.StatusAsync(cancellationToken)).OrNull();

    // Without the release tool's word nobody knows which colour to look at apart. A total that is red is red all the
    // same; anything better is unknown (rule 9), because a new colour with little traffic hides in the total.
    private static HookReading Unsegmented(HookReading reading)
    {
        if (
            reading.Light == Light.Red
            || reading.Hook.Measures.FirstOrDefault(m => m.SegmentsByColour) is not { } measure
        )
        {
            return reading;
        }

        var missing = new MeasureReading(
            measure,
            "new",
            null,
            Light.Unknown,
            false,
            false,
            null,
            UnknownReason.Unreachable
        );
        return reading with { Light = Light.Unknown, Measures = [missing, .. reading.Measures] };
    }

    // One that stands explains better than one that has ended and only shows still.
    private static Explanation? Explaining(Hook hook, IReadOnlyList<Explanation> stood, DateTimeOffset at) =>
        stood
            .Where(change => change.Explains(hook.Id, at, hook.Lookback))
            .OrderBy(change => change.EndedAt <= at)
            .FirstOrDefault();

    // A second of the world's clock, which may stand still or jump, and one of ours.
    private sealed record Shared(string Version, DateTimeOffset At, long Began, Task<HookSnapshot> Look)
    {
        private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

        public bool IsOf(string version, DateTimeOffset now) =>
            Version == version
            && (now - At).Duration() < Fresh
            && Stopwatch.GetElapsedTime(Began) < Fresh
            && !Look.IsFaulted;
    }
}
