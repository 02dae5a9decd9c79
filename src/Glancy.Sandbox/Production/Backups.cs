using System.Globalization;

namespace Glancy.Sandbox.Production;

/// <summary>Backups as §2.5 promises them: how old the newest of each kind is, and a row for each that ended.</summary>
public sealed class Backups
{
    private static readonly (string Kind, TimeSpan Every, TimeSpan Takes, string Place, long Bytes)[] Kinds =
    [
        (
            "base",
            TimeSpan.FromHours(6),
            TimeSpan.FromMinutes(11),
            "s3://glancy-dr-ap-sg/pg/{0:yyyyMMdd}/base-{0:HHmm}.tar",
            48_000_000_000
        ),
        (
            "wal",
            TimeSpan.FromMinutes(1),
            TimeSpan.FromSeconds(3),
            "s3://glancy-dr-ap-sg/pg/{0:yyyyMMdd}/wal/{0:HHmmss}",
            16_777_216
        ),
        (
            "exports-dump",
            TimeSpan.FromHours(24),
            TimeSpan.FromMinutes(4),
            "s3://glancy-dr-ap-sg/exports/{0:yyyyMMdd}.dump",
            2_100_000_000
        ),
        (
            "queue-offsets",
            TimeSpan.FromHours(24),
            TimeSpan.FromSeconds(20),
            "s3://glancy-dr-ap-sg/redis/{0:yyyyMMdd}.rdb",
            9_000_000
        ),
        ("config-snapshot", TimeSpan.FromHours(4), TimeSpan.FromSeconds(5), "cfg-{0:yyyyMMdd-HHmmss}", 40_000),
        (
            "kms-export",
            TimeSpan.FromDays(30),
            TimeSpan.FromSeconds(30),
            "s3://glancy-dr-ap-sg/kms/{0:yyyyMM}.bin",
            12_000
        ),
    ];

    private readonly Dictionary<string, DateTimeOffset> newest = [];
    private readonly Dictionary<string, (Instrument Age, Instrument Promised)> shown = [];
    private readonly Queue<string> asked = new();
    private readonly Instrument objects;
    private readonly Instrument database;

    /// <param name="start">Each kind is found in the middle of its interval.</param>
    public Backups(Instruments instruments, DateTimeOffset start)
    {
        ArgumentNullException.ThrowIfNull(instruments);
        foreach (var kind in Kinds)
        {
            newest[kind.Kind] = start - (kind.Every / 2);
            shown[kind.Kind] = (
                instruments.One("backup_age_seconds", ("kind", kind.Kind)),
                instruments.One("backup_promised_seconds", ("kind", kind.Kind))
            );
        }

        objects = instruments.One("object_replication_lag_seconds");
        database = instruments.One("pg_replication_lag_seconds");
    }

    public static IReadOnlyList<string> Names => [.. Kinds.Select(k => k.Kind)];

    /// <summary>Makes one at the next step, whatever is wrong with the schedule.</summary>
    /// <exception cref="ArgumentException">There is no such kind.</exception>
    public void Ask(string kind)
    {
        if (!newest.ContainsKey(kind))
        {
            throw new ArgumentException($"There is no backup '{kind}'. Known: {string.Join(", ", Names)}.");
        }

        asked.Enqueue(kind);
    }

    public void Move(Step step, StepRows rows)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(rows);
        foreach (var kind in Kinds)
        {
            var due = step.At - newest[kind.Kind] >= kind.Every && step.Faults[Faults.BackupMissing] == 0;
            if (due || asked.Contains(kind.Kind))
            {
                Make(step, kind.Kind, kind.Takes, kind.Place, kind.Bytes, rows);
            }

            // Somebody's own snapshot is as good as the schedule's.
            if (kind.Kind == "config-snapshot" && step.Flags.LastSnapshot is { } taken && taken > newest[kind.Kind])
            {
                newest[kind.Kind] = taken;
            }

            shown[kind.Kind].Age.Set(Math.Round((step.At - newest[kind.Kind]).TotalSeconds));
            shown[kind.Kind].Promised.Set(kind.Every.TotalSeconds);
        }

        asked.Clear();
        objects.Set(Math.Round((14 * step.Noise.About1(0.15)) + (240 * step.Faults[Faults.ReplicationLag]), 1));
        database.Set(Math.Round((0.3 * step.Noise.About1(0.2)) + (20 * step.Faults[Faults.ReplicationLag]), 2));
    }

    private void Make(Step step, string kind, TimeSpan takes, string place, long bytes, StepRows rows)
    {
        newest[kind] = step.At;
        if (step.IsFine || kind != "wal")
        {
            rows.Backups.Add(
                new BackupRow(
                    kind,
                    step.At - takes,
                    step.At,
                    string.Format(CultureInfo.InvariantCulture, place, step.Local),
                    (long)(bytes * step.Noise.About1(0.02))
                )
            );
        }
    }
}
