using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Glancy.Ops.Kernel.Database;
using Glancy.Sandbox.Postgres;
using Glancy.Sandbox.Processes;
using Glancy.Sandbox.Worlds;
using Npgsql;

namespace Glancy.Bench;

/// <summary>How long something takes when so many runs lie behind.</summary>
internal sealed record Grown(string What, long Runs, double P50, double P95);

/// <summary>
/// <c>./glancy bench --scale</c>: what people ask and confirm, with the runs of years behind it, and the audit as it
/// grows. Each may take twice as long at the most as with next to nothing.
/// </summary>
internal static class Scale
{
    private const int Rounds = 25;
    private static readonly long[] Runs = [1_000, 100_000, 1_000_000];
    private static readonly long[] Events = [10_000, 1_000_000, 10_000_000];
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    private static readonly string[][] Asked =
    [
        ["status"],
        ["hk"],
        ["run", "list"],
        ["run", "list", "--all"],
        ["audit", "search"],
        ["audit", "search", "--actor", "lin"],
        ["handover", "show"],
    ];

    /// <param name="most">No more runs than this, and ten times as many events.</param>
    public static async Task<int> RunAsync(long most)
    {
        var folder = PrivateFolder.CreateTemporary("glancy-scale");
        try
        {
            var grown = await GrowAsync(Path.Combine(folder, "world"), [.. Runs.Where(r => r <= most)]);
            await using var server = await PostgresServer.StartAsync(
                new PostgresOptions(Path.Combine(folder, "audit")),
                CancellationToken.None
            );
            var databases = server.Databases;
            await Schema.MigrateAsync(databases.BotMigrator, CancellationToken.None);
            var (searched, perSecond) = await AuditScale.MeasureAsync(
                databases.BotMigrator,
                databases.BotRuntime,
                [.. Events.Where(e => e <= most * 10)]
            );
            await WriteAsync(grown, searched, perSecond);
            return 0;
        }
        finally
        {
            PrivateFolder.Delete(folder);
        }
    }

    private static async Task<IReadOnlyList<Grown>> GrowAsync(string folder, long[] sizes)
    {
        await using var world = await World.StartAsync(
            new WorldOptions(folder)
            {
                Root = Bench.Root(),
                BotDll = BotCommand.Find(null),
                Replicas = 1,
                Past = TimeSpan.FromMinutes(30),
                RollbackTakes = TimeSpan.FromSeconds(1),
            },
            null,
            CancellationToken.None
        );
        await world.SettleAsync(CancellationToken.None);
        await Rollback.MeasureAsync(world, TimeSpan.FromSeconds(1));
        var grown = new List<Grown>();
        foreach (var size in sizes)
        {
            var watch = Stopwatch.StartNew();
            await FillAsync(world.Databases.BotMigrator, size);
            Say($"{size} runs filled in {watch.Elapsed.TotalSeconds:0} s");
            foreach (var words in Asked)
            {
                grown.Add(
                    await MeasureAsync(string.Join(' ', words), size, () => Bench.AskAsync(world.Replicas[0], words))
                );
                var last = grown[^1];
                Say($"{size, 10} {last.What, -32} p50 {last.P50, 8:0.00} ms  p95 {last.P95, 8:0.00} ms");
            }
        }

        return grown;
    }

    // Copies of the run that really was, as it is in the rows, with its steps and its history; years ago.
    private static async Task FillAsync(string migrator, long until)
    {
        await using var source = NpgsqlDataSource.Create(migrator + ";Command Timeout=0");
        await using var connection = await source.OpenConnectionAsync();
        foreach (var (table, key) in new[] { ("run", "id"), ("run_step", "run_id"), ("run_event", "run_id") })
        {
            var (columns, values) = await ColumnsAsync(connection, table, key);
            var indexes = await Tables.WithoutIndexesAsync(connection, table);
            var few =
                table == "run" ? ""
                : table == "run_step" ? "and r.ordinal < 3"
                : "and r.seq < 6";
            await Tables.RunAsync(
                connection,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"""
                    insert into glancy.{table} ({columns})
                    select {values} from glancy.{table} r,
                      generate_series((select coalesce(max({key}), 0) + 1 from glancy.{table}), {until}) g
                     where r.{key} = (select min(id) from glancy.run where state = 'Succeeded') {few}
                    """
                )
            );
            await Tables.IndexAsync(connection, table, indexes);
        }
    }

    private static async Task<(string Columns, string Values)> ColumnsAsync(
        NpgsqlConnection connection,
        string table,
        string key
    )
    {
        await using var command = new NpgsqlCommand(
            """
            select string_agg(quote_ident(column_name), ', ' order by ordinal_position),
              string_agg(case when column_name = $2 then 'g' when data_type like 'timestamp%'
                then 'r.' || quote_ident(column_name) || ' - interval ''700 days'''
                else 'r.' || quote_ident(column_name) end, ', ' order by ordinal_position)
              from information_schema.columns
             where table_schema = 'glancy' and table_name = $1 and is_generated = 'NEVER'
            """,
            connection
        )
        {
            Parameters =
            {
                new() { Value = table },
                new() { Value = key },
            },
        };
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return (reader.GetString(0), reader.GetString(1));
    }

    private static async Task<Grown> MeasureAsync(string what, long runs, Func<Task> act)
    {
        var took = new List<double>();
        for (var i = -2; i < Rounds; i++)
        {
            var watch = Stopwatch.StartNew();
            await act();
            if (i >= 0)
            {
                took.Add(watch.Elapsed.TotalMilliseconds);
            }
        }

        took.Sort();
        return new Grown(what, runs, took[Rounds / 2], took[(int)((Rounds - 1) * 0.95)]);
    }

    private static async Task WriteAsync(
        IReadOnlyList<Grown> grown,
        IReadOnlyList<Searched> searched,
        double verifiedPerSecond
    )
    {
        var at = TimeProvider.System.GetUtcNow();
        var name = at.ToString("'scale-'yyyyMMdd-HHmmss", CultureInfo.InvariantCulture) + ".json";
        var file = Path.Combine(Bench.Root(), "bench", "results", name);
        await File.WriteAllTextAsync(
            file,
            JsonSerializer.Serialize(
                new
                {
                    at,
                    processors = Environment.ProcessorCount,
                    verifiedPerSecond,
                    grown,
                    searched,
                },
                Readable
            ) + "\n"
        );
        await ScaleTable.WriteAsync(
            Path.Combine(Bench.Root(), "docs", "performance.md"),
            grown,
            searched,
            verifiedPerSecond
        );
        Console.WriteLine(Path.GetRelativePath(Bench.Root(), file));
    }

    private static void Say(FormattableString words) => Console.WriteLine(words.ToString(CultureInfo.InvariantCulture));
}
