using System.Net.Sockets;
using System.Text.Json;
using Glancy.Sandbox.Processes;
using Glancy.Sandbox.Worlds;

namespace Glancy.Bench;

/// <summary>
/// What a replica takes to be ready and at rest, beside a hello-world web app that is started and asked the same way,
/// in turn.
/// </summary>
internal static class Starting
{
    public static readonly string[] Rows = ["ready after start, against a hello-world web app", "memory at rest"];

    private const int Rounds = 5;
    private const int RoundsAtRest = 3;
    private const string Replica = "a";
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    /// <param name="dll">The bot.</param>
    public static async Task<IReadOnlyList<Line>> MeasureAsync(World world, string dll)
    {
        var (ours, theirs, memory, least) = (
            new List<double>(),
            new List<double>(),
            new List<double>(),
            new List<double>()
        );

        // The first start made the schema; a start is measured when it is there.
        await world.StopReplicaAsync(Replica);
        for (var round = 0; round < Rounds; round++)
        {
            await using (var bot = await BotAsync(world, dll))
            {
                ours.Add(bot.Ready.TotalMilliseconds);
            }

            await using (var hello = await HelloAsync())
            {
                theirs.Add(hello.Ready.TotalMilliseconds);
            }
        }

        for (var round = 0; round < RoundsAtRest; round++)
        {
            var bot = await world.StartReplicaAsync(Replica, CancellationToken.None);
            await world.SettleAsync(CancellationToken.None);
            await using var hello = await HelloAsync();
            await Task.Delay(Rest);
            memory.Add(Child.MemoryOf(bot.Process.Pid));
            least.Add(hello.Memory);
            if (round + 1 < RoundsAtRest)
            {
                await world.StopReplicaAsync(Replica);
            }
        }

        var (our, their) = (Bench.Median(ours), Bench.Median(theirs));
        var (mib, helloMib) = (Bench.Median(memory), Bench.Median(least));
        return
        [
            Line.AtMost(
                Rows[0],
                our / their,
                "x",
                (2, 1.6),
                $"{our:0} : {their:0} ms; medians of {Rounds}, schema in place"
            ),
            Line.AtMost(
                Rows[1],
                mib,
                "MiB",
                (130, 110),
                $"hello-world {helloMib:0} MiB ({mib / helloMib:0.0}x); medians of {RoundsAtRest}"
            ),
        ];
    }

    // Without the sandbox's own starting: no shell, no guard, asked as often as its neighbour. It is told the world's
    // time as soon as it listens, and is not ready before.
    private static Task<Child> BotAsync(World world, string dll)
    {
        var place = world.Folder.Replica(Replica);
        var settings = BotCommand.Settings(
            place,
            world.Databases,
            world.Prometheus.Url,
            world.Control,
            world.Bastion,
            Path.Combine(Bench.Root(), "runbook")
        );
        foreach (var (name, value) in world.Slack.Settings(Replica))
        {
            settings[name] = value;
        }

        File.Delete(place.Socket);
        return Child.StartAsync(
            [dll, "serve"],
            settings,
            new UnixDomainSocketEndPoint(place.Socket),
            [
                () =>
                    Knock.Put("/world-clock", JsonSerializer.Serialize(world.Clock.Setting, JsonSerializerOptions.Web)),
                () => Knock.Get("/healthz/ready"),
            ]
        );
    }

    private static Task<Child> HelloAsync()
    {
        var at = LoopbackPort.Free();
        return Child.StartAsync(at, "hello", Child.Listen(at));
    }
}
