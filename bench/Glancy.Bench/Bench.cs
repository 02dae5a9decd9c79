using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Glancy.Sandbox.Processes;
using Glancy.Sandbox.Worlds;
using Npgsql;

namespace Glancy.Bench;

/// <summary>A line of the table.</summary>
/// <param name="Must">What it has to reach, in the unit of <paramref name="Value"/>.</param>
/// <param name="Atmost">Whether smaller is better.</param>
internal sealed record Line(string What, double Value, string Unit, double Must, bool Atmost, string Detail)
{
    public bool Good => Atmost ? Value <= Must : Value >= Must;
}

/// <summary>Ratios of things measured in the same run on the same machine; a figure alone says nothing.</summary>
internal static class Bench
{
    private const int Rounds = 3;
    private const int Steady = 200;
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    public static async Task<int> RunAsync(string[] args)
    {
        var seconds = 8;
        for (var i = 0; i < args.Length; i += 2)
        {
            switch (args[i..])
            {
                case ["--seconds", var said, ..]
                    when int.TryParse(said, CultureInfo.InvariantCulture, out seconds) && seconds > 0:
                    break;
                default:
                    Console.Error.WriteLine(
                        "usage: ./glancy bench [--seconds <n>]    seconds of load in each of three rounds, 8; "
                            + "the bot is GLANCY_BOT_DLL"
                    );
                    return 64;
            }
        }

        var folder = PrivateFolder.CreateTemporary("glancy-bench");
        try
        {
            var published = BotCommand.Find(null);
            List<Line> lines =
            [
                .. await UnderLoadAsync(Path.Combine(folder, "world"), published, TimeSpan.FromSeconds(seconds)),
                .. await AtWorkAsync(Path.Combine(folder, "calm"), published),
            ];
            foreach (var line in lines)
            {
                Console.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{(line.Good ? "ok  " : "MISS")} {line.What, -52} {line.Value, 8:0.00} "
                            + $"{line.Unit, -3} {(line.Atmost ? "at most" : "at least")} {line.Must:0.##}   "
                            + $"{line.Detail}"
                    )
                );
            }

            await WriteAsync(lines);
            return lines.All(l => l.Good) ? 0 : 1;
        }
        finally
        {
            PrivateFolder.Delete(folder);
        }
    }

    /// <summary>What a line says to lin, as data.</summary>
    /// <exception cref="InvalidOperationException">It was not answered.</exception>
    public static async Task<JsonElement> AskAsync(BotReplica bot, params string[] words) =>
        await bot.DataAsync("lin", "en", words, CancellationToken.None)
        ?? throw new InvalidOperationException($"Not answered: {string.Join(' ', words)}");

    // A world without Slack: what a snapshot and a rollback take.
    private static async Task<IReadOnlyList<Line>> AtWorkAsync(string folder, string published)
    {
        var script = TimeSpan.FromSeconds(1);
        await using var world = await World.StartAsync(
            new WorldOptions(folder)
            {
                Root = Root(),
                BotDll = published,
                Replicas = 1,
                Past = TimeSpan.FromMinutes(30),
                RollbackTakes = script,
            },
            null,
            CancellationToken.None
        );
        await world.SettleAsync(CancellationToken.None);
        return [await Snapshot.MeasureAsync(world, Root()), await Rollback.MeasureAsync(world, script)];
    }

    // The first start makes the schema too; a start is measured when it is there.
    private static async Task<TimeSpan> ReadyAsync(World world)
    {
        await world.StartReplicaAsync("a", CancellationToken.None);
        var took = new List<TimeSpan>();
        for (var round = 0; round < Rounds; round++)
        {
            await world.StopReplicaAsync("a");
            var watch = Stopwatch.StartNew();
            await world.StartReplicaAsync("a", CancellationToken.None);
            took.Add(watch.Elapsed);
        }

        return took.Order().ElementAt(Rounds / 2);
    }

    private static async Task<TimeSpan> HelloAsync()
    {
        var took = new List<TimeSpan>();
        for (var round = 0; round < Rounds; round++)
        {
            var at = LoopbackPort.Free();
            await using var hello = await Child.StartAsync(Address(at, "/"), "hello", Listen(at));
            took.Add(hello.Ready);
        }

        return took.Order().ElementAt(Rounds / 2);
    }

    private static async Task<IReadOnlyList<Line>> UnderLoadAsync(string folder, string published, TimeSpan time)
    {
        var environment = new Dictionary<string, string> { ["Glancy__WakeInterval"] = "00:00:01" };
        await using var world = await World.StartAsync(
            new WorldOptions(folder)
            {
                Root = Root(),
                BotDll = published,
                Slack = true,
                Past = TimeSpan.FromMinutes(30),
                BotEnvironment = environment,
            },
            null,
            CancellationToken.None
        );
        var ready = await ReadyAsync(world);
        var helloReady = await HelloAsync();
        await world.SettleAsync(CancellationToken.None);
        var memory = Child.MemoryOf(world.Replicas[0].Process.Pid);

        var helloAt = LoopbackPort.Free();
        await using var hello = await Child.StartAsync(Address(helloAt, "/"), "hello", Listen(helloAt));
        var bareAt = LoopbackPort.Free();
        var slack = world.Slack.Settings("a");
        await using var bare = await Child.StartAsync(
            Address(bareAt, "/"),
            "bare",
            Listen(bareAt),
            world.Slack.SigningSecret,
            world.Databases.BotRuntime
        );

        using var load = new Load(slack["Slack__TeamId"], world.Slack.SigningSecret);
        var (door, least) = (
            new Uri("http://" + slack["Slack__Listen"] + "/slack/commands"),
            Address(bareAt, "/slack/commands")
        );
        await load.FullAsync(door, TimeSpan.FromSeconds(2));
        await load.FullAsync(least, TimeSpan.FromSeconds(2));
        var (ours, theirs) = (new List<Measured>(), new List<Measured>());
        for (var round = 0; round < Rounds; round++)
        {
            await IdleAsync(world);
            ours.Add(await load.FullAsync(door, time));
            await IdleAsync(world);
            theirs.Add(await load.FullAsync(least, time));
        }

        await IdleAsync(world);
        var flood = await Flood.MeasureAsync(world);
        await IdleAsync(world);
        var steady = await load.SteadyAsync(door, Steady, time);
        var (our, their) = (Median(ours), Median(theirs));
        return
        [
            new(
                "signed /glancy hk acknowledged, against a bare endpoint",
                our.PerSecond / their.PerSecond,
                "x",
                0.5,
                false,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{our.PerSecond:0} against {their.PerSecond:0} a second; refused {ours.Sum(m => m.Refused)}"
                )
            ),
            new(
                "acknowledged, p99 at 200 a second",
                steady.P99,
                "ms",
                50,
                true,
                string.Create(CultureInfo.InvariantCulture, $"{steady.PerSecond:0} a second; refused {steady.Refused}")
            ),
            .. flood,
            new(
                "ready after start, against a hello-world web app",
                ready / helloReady,
                "x",
                4,
                true,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{ready.TotalMilliseconds:0} against {helloReady.TotalMilliseconds:0} ms; "
                        + $"medians of {Rounds}, ReadyToRun, schema in place"
                )
            ),
            new(
                "memory at rest",
                memory,
                "MiB",
                180,
                true,
                string.Create(CultureInfo.InvariantCulture, $"hello-world {hello.Memory:0} MiB")
            ),
        ];
    }

    // What was acknowledged is worked on as well; that must not be counted into somebody else's round. Left-over rows
    // are the bench's own.
    private static async Task IdleAsync(World world)
    {
        await using var source = NpgsqlDataSource.Create(world.Databases.BotRuntime);
        await using var command = source.CreateCommand(
            "update glancy.slack_inbox set finished_at = now(), raw_body = '' where finished_at is null "
                + "and owner is null"
        );
        await command.ExecuteNonQueryAsync();
        await Task.Delay(TimeSpan.FromSeconds(2));
    }

    private static Measured Median(IEnumerable<Measured> rounds) =>
        rounds.OrderBy(m => m.PerSecond).ElementAt(Rounds / 2);

    private static async Task WriteAsync(IReadOnlyList<Line> lines)
    {
        var at = TimeProvider.System.GetUtcNow();
        var results = Path.Combine(Root(), "bench", "results");
        Directory.CreateDirectory(results);
        var file = Path.Combine(results, at.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture) + ".json");
        await File.WriteAllTextAsync(
            file,
            JsonSerializer.Serialize(
                new
                {
                    at,
                    processors = Environment.ProcessorCount,
                    lines,
                },
                Readable
            )
        );
        Console.WriteLine(Path.GetRelativePath(Root(), file));
    }

    private static string Listen(int port) => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");

    private static Uri Address(int port, string path) => new("http://" + Listen(port) + path);

    private static string Root([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file) ?? "/", "..", ".."));
}
