using System.Diagnostics;
using System.Globalization;
using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Kernel.Database;
using Npgsql;

namespace Glancy.Bench;

/// <summary>A kind of search and how long it took: the median and the 95th of a hundred.</summary>
internal sealed record Searched(string What, long Events, double P50, double P95);

/// <summary>
/// The audit as it grows: how many events a second are verified, and what the searches take that people do.
/// </summary>
internal static class AuditScale
{
    private const int Searches = 60;

    /// <summary>At a database that is there already.</summary>
    public static async Task<int> RunAsync(string migrator, string runtime, string[] sizes)
    {
        await Schema.MigrateAsync(migrator, CancellationToken.None);
        await MeasureAsync(migrator, runtime, [.. sizes.Select(s => long.Parse(s, CultureInfo.InvariantCulture))]);
        return 0;
    }

    /// <summary>Fills up to each of the sizes and measures there.</summary>
    public static async Task<(IReadOnlyList<Searched> Searched, double PerSecond)> MeasureAsync(
        string migrator,
        string runtime,
        params long[] sizes
    )
    {
        await using var source = NpgsqlDataSource.Create(runtime + ";Command Timeout=0");
        var database = new BotDatabase(source);
        var log = new AuditLog(database, TimeProvider.System, new NoAnchors());
        var (searched, perSecond) = (new List<Searched>(), 0.0);
        foreach (var size in sizes)
        {
            var watch = Stopwatch.StartNew();
            await AuditFill.FillAsync(migrator, size);
            Say($"{size} events filled in {watch.Elapsed.TotalSeconds:0} s");
            watch.Restart();
            await NoteAsync(migrator, new AuditWords(database));
            Say($"{size} events noted in {watch.Elapsed.TotalSeconds:0} s");
            watch.Restart();
            var processor = Environment.CpuUsage.TotalTime;
            var verdict = await log.VerifyAsync(CancellationToken.None);
            perSecond = verdict.Events / watch.Elapsed.TotalSeconds;
            processor = Environment.CpuUsage.TotalTime - processor;
            Say($"{size, 10} verified: {perSecond:0} a second, {processor.TotalMicroseconds / size:0.00} us each here");
            if (!verdict.Intact || verdict.Events != size)
            {
                throw new InvalidOperationException(
                    "The chain is not intact: " + string.Join(", ", verdict.Faults.Take(5))
                );
            }

            foreach (var (what, query) in Kinds(size))
            {
                searched.Add(await SearchAsync(log, what, size, query));
                var last = searched[^1];
                Say($"{size, 10} {last.What, -32} p50 {last.P50, 8:0.00} ms  p95 {last.P95, 8:0.00} ms");
            }
        }

        return (searched, perSecond);
    }

    // What a replica does in the background, at once.
    private static async Task NoteAsync(string migrator, AuditWords words)
    {
        await using var source = NpgsqlDataSource.Create(migrator + ";Command Timeout=0");
        await using var connection = await source.OpenConnectionAsync();
        if (await words.GoAsync(1, CancellationToken.None) == 0)
        {
            return;
        }

        var indexes = await Tables.WithoutIndexesAsync(connection, "audit_words");
        await words.GoAsync(int.MaxValue, CancellationToken.None);
        await Tables.IndexAsync(connection, "audit_words", indexes);
    }

    // Of each kind another one every time: what is asked for is spread over everything that there is.
    private static IEnumerable<(string What, Func<int, AuditQuery> Query)> Kinds(long size)
    {
        long Some(int i) => 1 + (long)(AuditFill.Mixed(i, 11) % (ulong)size);
        string Run(int i) => "R-" + (Some(i) / AuditFill.PerRun).ToString(CultureInfo.InvariantCulture);
        string Person(int i) => string.Create(CultureInfo.InvariantCulture, $"p{i % AuditFill.People}");
        DateTimeOffset At(int i) => AuditFill.At(Some(i));
        yield return ("newest", _ => new AuditQuery());
        yield return ("page from anywhere", i => new AuditQuery(BeforeSeq: Some(i)));
        yield return ("actor, the bot", _ => new AuditQuery(Actor: "glancy"));
        yield return ("actor, a person", i => new AuditQuery(Actor: Person(i)));
        yield return ("actor, nobody", _ => new AuditQuery(Actor: "nobody"));
        yield return ("action", _ => new AuditQuery(Action: "incident-ack"));
        yield return ("action, never", _ => new AuditQuery(Action: "never"));
        yield return ("actor and action", i => new AuditQuery(Actor: Person(i), Action: "release-thaw"));
        yield return ("actor and action, never both", i => new AuditQuery(Actor: Person(i), Action: "run-end"));
        yield return ("run", i => new AuditQuery(Run: Run(i)));
        yield return ("run and actor", i => new AuditQuery(Run: Run(i), Actor: "glancy"));
        yield return ("an hour", i => new AuditQuery(From: At(i), To: At(i).AddHours(1)));
        yield return ("until", i => new AuditQuery(To: At(i)));
        yield return ("since", i => new AuditQuery(From: At(i)));
        yield return ("an hour, actor", i => new AuditQuery(Actor: Person(i), From: At(i), To: At(i).AddHours(1)));
        yield return ("until, action", i => new AuditQuery(Action: "reveal", To: At(i)));
        yield return ("text, frequent", _ => new AuditQuery(Text: "incident"));
        yield return ("text, a run", i => new AuditQuery(Text: Run(i)));
        yield return ("text, a day's incident", i => new AuditQuery(Text: $"inc-{At(i).UtcDateTime:yyyyMMdd}-2"));
        yield return ("text, Chinese", _ => new AuditQuery(Text: "停一停"));
        yield return ("text, nowhere", _ => new AuditQuery(Text: "nowhere at all"));
        yield return ("text, an hour", i => new AuditQuery(Text: "reason", From: At(i), To: At(i).AddHours(1)));
    }

    private static async Task<Searched> SearchAsync(AuditLog log, string what, long events, Func<int, AuditQuery> query)
    {
        var took = new List<double>();
        var whole = Stopwatch.StartNew();
        for (var i = -3; i < Searches && whole.Elapsed < TimeSpan.FromSeconds(15); i++)
        {
            var watch = Stopwatch.StartNew();
            await log.SearchAsync(query(i + 100), CancellationToken.None);
            if (i >= 0 || whole.Elapsed > TimeSpan.FromSeconds(5))
            {
                took.Add(watch.Elapsed.TotalMilliseconds);
            }
        }

        took.Sort();
        return new Searched(what, events, took[took.Count / 2], took[(int)((took.Count - 1) * 0.95)]);
    }

    private static void Say(FormattableString words) => Console.WriteLine(words.ToString(CultureInfo.InvariantCulture));

    private sealed class NoAnchors : IAuditAnchors
    {
        public Task<IReadOnlyList<AuditHead>?> ReadAsync(CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<AuditHead>?>([]);
    }
}
