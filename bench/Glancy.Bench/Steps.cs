using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Glancy.Sandbox.Stories;
using Glancy.Sandbox.Worlds;
using Npgsql;

namespace Glancy.Bench;

/// <summary>
/// What a durable step costs that does nothing outside. The runbook has two procedures more, of three and of five steps
/// that wait for no time at all; they are drafted, confirmed and run by the bot like all others. A bot runs for months:
/// the many come first, so that the few are measured warm.
/// </summary>
internal static class Steps
{
    public static readonly string[] Rows =
    [
        "a durable step that does nothing outside: plan, confirm, three such steps; wall per step",
        "runs of five such steps, confirmed at once, finished per second",
    ];

    private const int Alone = 15;
    private const int AtOnce = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(1);

    /// <summary>The runbook with them, in this folder.</summary>
    public static Dictionary<string, string> Settings(string folder)
    {
        var shipped = Path.Combine(Bench.Root(), "runbook");
        foreach (var file in Directory.GetFiles(shipped, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(shipped, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy) ?? folder);
            File.Copy(file, copy, overwrite: true);
        }

        foreach (var count in (int[])[3, 5])
        {
            File.WriteAllText(Path.Combine(folder, "procedures", $"bench-{count}.yaml"), Procedure(count));
        }

        return new() { ["Glancy__Runbook"] = folder };
    }

    public static async Task<IReadOnlyList<Line>> MeasureAsync(World world)
    {
        await world.SetRateAsync(1, CancellationToken.None);
        await using var database = NpgsqlDataSource.Create(world.Databases.BotRuntime);
        var bot = world.Replicas[0];
        using var http = Socket(bot.Place.Socket);
        var runs = new List<(string Run, string Code)>();
        for (var i = 0; i < AtOnce; i++)
        {
            runs.Add(await DraftAsync(bot, 5, $"at once {i}"));
        }

        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(
            runs,
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (run, _) => await ConfirmAsync(http, run.Run, run.Code)
        );
        var given = watch.Elapsed;
        await EndedAsync(database, [.. runs.Select(r => r.Run)]);
        var took = watch.Elapsed;

        var (drafted, confirmed, finished) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = -2; round < Alone; round++)
        {
            var start = Stopwatch.GetTimestamp();
            var (run, code) = await DraftAsync(bot, 3, $"alone {round}");
            var draft = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            await ConfirmAsync(http, run, code);
            var confirm = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            await EndedAsync(database, [run]);
            if (round >= 0)
            {
                drafted.Add(draft);
                confirmed.Add(confirm - draft);
                finished.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }

        await world.SetRateAsync(0, CancellationToken.None);
        var wall = Bench.Median(finished);
        return
        [
            Line.AtMost(
                Rows[0],
                wall / 3,
                "ms",
                (16, 8),
                $"{wall:0} ms in all, the draft {Bench.Median(drafted):0}, its confirmation "
                    + $"{Bench.Median(confirmed):0}; medians of {Alone}, after the hundred. "
                    + "Restate's published three steps take 50 ms"
            ),
            Line.AtLeast(
                Rows[1],
                AtOnce / took.TotalSeconds,
                "/s",
                (20, 40),
                $"{AtOnce} in {took.TotalSeconds:0.0} s from the first confirmation; the last was confirmed after "
                    + $"{given.TotalSeconds:0.0} s. DTFx on SQL Server: 40/s on four cores"
            ),
        ];
    }

    private static string Procedure(int count) =>
        $$"""
            id: bench-{{count}}
            title: { zh: "量速 {name}", en: "Bench {name}" }
            section: "2.3"
            command:
              says: bench {{Verb(count)}}
              summary: { zh: 起草什么都不做的步骤, en: Draft steps that do nothing }
              title: { zh: 起草, en: Draft }
              positional: [name]
              examples: ["bench {{Verb(count)}} one --reason \"speed\""]
            risk: change
            roles: [primary]
            mitigation: true
            keys: ["bench/{name}"]
            parameters:
              - { name: name, type: word, required: true, title: { zh: 名称, en: Name } }
              - { name: reason, type: text, required: true, title: { zh: 原因, en: Reason } }
            steps:
            {{string.Join('\n', Enumerable.Range(1, count).Select(Step))}}

            """;

    private static string Verb(int count) => count == 3 ? "three" : "five";

    private static string Step(int number) =>
        $$"""
              - id: step-{{number}}
                kind: wait
                title: { zh: 第 {{number}} 步, en: Step {{number}} }
                with: { for: 0s }
                deadline: 60s
            """;

    private static async Task<(string Run, string Code)> DraftAsync(BotReplica bot, int steps, string name)
    {
        var answer = await Bench.AskAsync(bot, "bench", Verb(steps), name.Replace(' ', '-'), "--reason", name);
        return (answer.Text("run"), answer.Text("code"));
    }

    // Its first line comes when it is written down; whoever is not interested in how it goes on leaves then.
    private static async Task ConfirmAsync(HttpClient http, string run, string code)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/terminal", UriKind.Relative))
        {
            Content = JsonContent.Create(
                new
                {
                    argv = (string[])["run", "confirm", run, code, "--json"],
                    @as = "lin",
                    culture = "en",
                    width = 100,
                    colour = false,
                }
            ),
        };
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        if (await reader.ReadLineAsync() is not ['o', ..])
        {
            throw new InvalidOperationException($"{run} was not confirmed.");
        }
    }

    private static HttpClient Socket(string path) =>
        new(
            new SocketsHttpHandler
            {
                ConnectCallback = async (_, token) =>
                {
                    var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                    await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), token);
                    return new NetworkStream(socket, ownsSocket: true);
                },
            }
        )
        {
            BaseAddress = new Uri("http://bot"),
        };

    private static async Task EndedAsync(NpgsqlDataSource database, string[] runs)
    {
        var ids = runs.Select(r => long.Parse(r.AsSpan(2), CultureInfo.InvariantCulture)).ToArray();
        var watch = Stopwatch.StartNew();
        while (true)
        {
            await using var command = database.CreateCommand(
                "select count(*) from glancy.run where id = any($1) and lower(state) = 'succeeded'"
            );
            command.Parameters.Add(new NpgsqlParameter { Value = ids });
            if (await command.ExecuteScalarAsync() is long ended && ended == ids.Length)
            {
                return;
            }

            if (watch.Elapsed > Patience)
            {
                throw new TimeoutException("The runs did not end.");
            }

            await Task.Delay(runs.Length == 1 ? Look : Look * 20);
        }
    }
}
