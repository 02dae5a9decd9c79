using System.Diagnostics;
using System.Net;
using Glancy.Sandbox.Worlds;

namespace Glancy.Bench;

/// <summary>Commands at a steady rate, whether or not the answers keep up; what is acknowledged is worked on.</summary>
internal static class Steady
{
    public const string Row = "acknowledged, p99 at 200 a second, while what was acknowledged is worked on";

    private const int PerSecond = 200;

    public static async Task<IReadOnlyList<Line>> MeasureAsync(World world, TimeSpan time)
    {
        var slack = world.Slack.Settings("a");
        var signed = new Signed(slack["Slack__TeamId"], world.Slack.SigningSecret);
        var door = Acknowledgement.Door(world);
        using var http = new HttpClient();
        await Acknowledgement.IdleAsync(world);
        var rows = await Acknowledgement.RowsAsync(world);
        var paced = await Paced.RunAsync(
            PerSecond,
            (int)(PerSecond * time.TotalSeconds),
            async _ =>
            {
                using var request = signed.Request(door);
                using var response = await http.SendAsync(request);
                return response.StatusCode == HttpStatusCode.OK
                    && (await response.Content.ReadAsStringAsync()).Length == 0;
            }
        );
        rows = await Acknowledgement.RowsAsync(world) - rows;
        if (rows + paced.Refused < PerSecond * (int)time.TotalSeconds)
        {
            throw new InvalidOperationException($"{rows} rows, {paced.Refused} refused.");
        }

        var done = await Bench.CountAsync(
            world.Databases.BotRuntime,
            "select count(*) from glancy.slack_inbox where finished_at is null"
        );
        await Acknowledgement.IdleAsync(world);
        return
        [
            Line.AtMost(
                Row,
                paced.P99,
                "ms",
                (10, 5),
                $"median {paced.Median:0.0} ms; {paced.Refused} refused; {rows} rows, {done} of them still waiting"
            ),
        ];
    }
}

/// <summary>What came of something done at a steady rate.</summary>
/// <param name="P99">Milliseconds.</param>
internal sealed record Paced(double Median, double P99, int Refused, TimeSpan Took)
{
    /// <summary>
    /// Does it so many times at a rate, each at its time, however long the earlier ones take.
    /// </summary>
    /// <param name="one">False when it was refused.</param>
    public static async Task<Paced> RunAsync(double perSecond, int count, Func<int, Task<bool>> one)
    {
        var (latencies, refused, watch) = (new double[count], 0, Stopwatch.StartNew());
        var under = new List<Task>();
        for (var i = 0; i < count; i++)
        {
            var due = TimeSpan.FromSeconds(i / perSecond);
            if (due - watch.Elapsed is { Ticks: > 0 } early)
            {
                await Task.Delay(early);
            }

            under.Add(OneAsync(i));
        }

        await Task.WhenAll(under);
        var took = watch.Elapsed;
        Array.Sort(latencies);
        return new Paced(latencies[count / 2], latencies[(int)((count - 1) * 0.99)], refused, took);

        async Task OneAsync(int number)
        {
            await Task.Yield();
            var start = Stopwatch.GetTimestamp();
            if (!await one(number))
            {
                Interlocked.Increment(ref refused);
            }

            latencies[number] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
    }
}
