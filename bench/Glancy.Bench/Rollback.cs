using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Glancy.Sandbox.Stories;
using Glancy.Sandbox.Worlds;

namespace Glancy.Bench;

/// <summary>
/// One rollback's own overhead: wall time less the time of the steps that go outside - to the bastion, the product, its
/// database, the metrics. The wait until the lights are good is no work of anybody's. The run's own times are read, on
/// a world clock that runs as fast as the machine's.
/// </summary>
internal static class Rollback
{
    public const string Row = "one rollback's own overhead";

    // Steps that only write into the bot's own database.
    private static readonly HashSet<string> Own = ["freeze", "announce", "announce-verified"];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Recovery = TimeSpan.FromMinutes(7);

    public static async Task<IReadOnlyList<Line>> MeasureAsync(World world, TimeSpan script)
    {
        var bot = world.Replicas[0];
        await world.SetRateAsync(1, CancellationToken.None);
        var draft = await UntilAsync(
            async () =>
                (await Bench.AskAsync(bot, "run", "list")).List("runs").FirstOrDefault(r => r.Text("code").Length > 0),
            r => r.Has("code")
        );
        var run = draft.Text("run");
        await Bench.AskAsync(bot, "run", "confirm", run, draft.Text("code"), "--no-wait");
        var effected = await UntilAsync(
            () => Bench.AskAsync(bot, "run", "show", run),
            r => r.Text("state") is not ("confirmed" or "running")
        );
        await world.JumpAsync(Recovery, CancellationToken.None);
        var ended = await UntilAsync(
            () => Bench.AskAsync(bot, "run", "show", run),
            r => r.Text("state") is not "verifying"
        );
        await world.SetRateAsync(0, CancellationToken.None);
        if (ended.Text("state") != "succeeded")
        {
            throw new InvalidOperationException(
                $"The rollback ended as {ended.Text("state")} {ended.Text("pause")} {ended.Text("outcome", "words")}"
            );
        }

        var steps = ended.List("steps");
        var lights = steps.With("id", "verify-hooks").Time("finishedAt");
        var wall =
            Between(effected.Time("confirmedAt"), effected.Time("effectsEndedAt"))
            + Between(lights, ended.Time("finishedAt"));
        var outside = steps.Where(s => s.Text("id") != "verify-hooks" && !Own.Contains(s.Text("id"))).ToList();
        var longest = outside.Select(s => (Id: s.Text("id"), Took: Took(s))).OrderByDescending(s => s.Took).Take(4);
        var slowest = longest.Select(s =>
            string.Create(CultureInfo.InvariantCulture, $"{s.Id} {s.Took.TotalMilliseconds:0}")
        );
        var detail = string.Create(
            CultureInfo.InvariantCulture,
            $"{wall.TotalMilliseconds:0} ms in all without the wait for the lights, the script's "
                + $"{script.TotalMilliseconds:0} among them; longest outside: "
                + $"{string.Join(", ", slowest)}"
        );
        var own = wall - outside.Aggregate(TimeSpan.Zero, (sum, s) => sum + Took(s));
        return [Line.AtMost(Row, own.TotalMilliseconds, "ms", (150, 80), detail)];
    }

    private static TimeSpan Took(JsonElement step) => Between(step.Time("startedAt"), step.Time("finishedAt"));

    private static TimeSpan Between(DateTimeOffset? from, DateTimeOffset? to) => (to ?? default) - (from ?? default);

    private static async Task<JsonElement> UntilAsync(Func<Task<JsonElement>> ask, Func<JsonElement, bool> done)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var data = await ask();
            if (done(data))
            {
                return data;
            }

            if (watch.Elapsed > Patience)
            {
                throw new TimeoutException($"Nothing became of it: {data}");
            }

            await Task.Delay(Look);
        }
    }
}
