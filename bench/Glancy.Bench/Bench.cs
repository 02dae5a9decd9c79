using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Glancy.Sandbox.Processes;
using Glancy.Sandbox.Worlds;
using Npgsql;

namespace Glancy.Bench;

/// <summary>Ratios of things measured in the same run on the same machine; a figure alone says nothing.</summary>
internal static class Bench
{
    private static readonly TimeSpan Script = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Past = TimeSpan.FromMinutes(30);

    public static async Task<int> RunAsync(string[] args)
    {
        if (Asked.Read(args) is not { } options)
        {
            Console.Error.WriteLine(Asked.Usage);
            return 64;
        }

        var folder = PrivateFolder.CreateTemporary("glancy-bench");
        try
        {
            var lines = new List<Line>();
            foreach (var (scene, i) in Scenes(options, folder, BotCommand.Find(null)).Select((s, i) => (s, i)))
            {
                var place = Path.Combine(folder, i.ToString(CultureInfo.InvariantCulture));
                lines.AddRange(await PlayAsync(options, scene, place));
            }

            if (options.Only is null)
            {
                var results = new Results(TimeProvider.System.GetUtcNow(), Environment.ProcessorCount, lines);
                Console.WriteLine(Path.GetRelativePath(Root(), Table.Write(Root(), results)));
            }

            return lines.All(l => l.Good) ? 0 : 1;
        }
        finally
        {
            PrivateFolder.Delete(folder);
        }
    }

    /// <summary>Puts what a run saw into the docs.</summary>
    public static int Tabulate(string file)
    {
        var page = Table.Docs(Root());
        File.WriteAllText(page, Table.Put(File.ReadAllText(page), Table.Read(file)));
        return 0;
    }

    /// <summary>What a line says to lin, as data.</summary>
    /// <exception cref="InvalidOperationException">It was not answered.</exception>
    public static async Task<JsonElement> AskAsync(BotReplica bot, params string[] words) =>
        await bot.DataAsync("lin", "en", words, CancellationToken.None)
        ?? throw new InvalidOperationException($"Not answered: {string.Join(' ', words)}");

    /// <summary>One number from a database.</summary>
    public static async Task<long> CountAsync(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    public static double Median(IEnumerable<double> all)
    {
        var ordered = all.Order().ToList();
        return ordered[ordered.Count / 2];
    }

    public static string Root([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file) ?? "/", "..", ".."));

    private static Scene[] Scenes(Asked options, string folder, string bot)
    {
        var plain = new WorldOptions("")
        {
            Root = Root(),
            BotDll = bot,
            Replicas = 1,
            Past = Past,
        };
        var alerts = new Alerts();
        return
        [
            new(
                f => plain with { Folder = f, Slack = true },
                new("start", Starting.Rows, world => Starting.MeasureAsync(world, bot)),
                new(
                    "acknowledgement",
                    Acknowledgement.Rows,
                    world => Acknowledgement.MeasureAsync(world, folder, options.Load)
                ),
                new("flood", Flood.Rows, Flood.MeasureAsync),
                new("steady", [Steady.Row], world => Steady.MeasureAsync(world, options.Load))
            ),
            new(
                f => plain with { Folder = f, RollbackTakes = Script },
                new("snapshot", [Snapshot.Row], Snapshot.MeasureAsync),
                new("terminal", Terminal.Rows, Terminal.MeasureAsync),
                new("rollback", [Rollback.Row], world => Rollback.MeasureAsync(world, Script))
            ),
            new(
                f =>
                    plain with
                    {
                        Folder = f,
                        Beginning = Beginning.Quiet,
                        BotEnvironment = Steps.Settings(Path.Combine(folder, "runbook")),
                    },
                new Part("steps", Steps.Rows, Steps.MeasureAsync)
            ),
            new(
                f => plain with { Folder = f, Beginning = Beginning.Quiet, BotEnvironment = alerts.Settings },
                new Part("alerts", Alerts.Rows, world => alerts.MeasureAsync(world, options.AlertsMinutes))
            ),
        ];
    }

    private static async Task<IReadOnlyList<Line>> PlayAsync(Asked options, Scene scene, string folder)
    {
        var parts = scene.Parts.Where(p => options.Wants([p.Name, .. p.Rows])).ToList();
        if (parts.Count == 0)
        {
            return [];
        }

        await using var world = await World.StartAsync(scene.World(folder), null, CancellationToken.None);
        await world.SettleAsync(CancellationToken.None);
        var seen = new List<Line>();
        foreach (var part in parts)
        {
            foreach (var line in await part.MeasureAsync(world))
            {
                seen.Add(line);
                Print(line);
            }
        }

        return seen;
    }

    private static void Print(Line line)
    {
        var mark =
            line.Well ? "well"
            : line.Good ? "ok  "
            : "MISS";
        var bound = line.Atmost ? "<=" : ">=";
        Console.WriteLine(
            $"{mark} {line.What, -62} {Table.Figure(line.Value, line.Unit), 10} "
                + $"{bound} {Table.Figure(line.Must, line.Unit), -8} aim {Table.Figure(line.Aim, line.Unit), -8} "
                + line.Beside
        );
    }
}
