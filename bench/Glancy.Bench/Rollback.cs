using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Glancy.Sandbox.Stories;
using Glancy.Sandbox.Worlds;

namespace Glancy.Bench;

/// <summary>
/// One rollback's own overhead: from the confirmation to the last effect, less the time the script itself was told to take, and from the moment
/// the lights are good to the end of the verification. All else counts as the bot's own: SSH, SQL, the product's answers, the metrics it asks.
/// The run's own times are read, on a world clock that runs as fast as the machine's.
/// </summary>
internal static class Rollback
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Recovery = TimeSpan.FromMinutes(7);

    public static async Task<Line> MeasureAsync(World world, TimeSpan script)
    {
        using var talk = new Talk(world.Replicas[0].Place.Socket);
        await world.SetRateAsync(1, CancellationToken.None);
        var draft = await UntilAsync(async () => (await talk.DataAsync("lin", "run", "list")).List("runs").FirstOrDefault(r => r.Text("code").Length > 0), r => r.Has("code"));
        var run = draft.Text("run");
        await talk.DataAsync("lin", "run", "confirm", run, draft.Text("code"), "--no-wait");
        var effected = await UntilAsync(() => talk.DataAsync("lin", "run", "show", run), r => r.Text("state") is not ("confirmed" or "running"));
        await world.JumpAsync(Recovery, CancellationToken.None);
        var ended = await UntilAsync(() => talk.DataAsync("lin", "run", "show", run), r => r.Text("state") is not "verifying");
        await world.SetRateAsync(0, CancellationToken.None);
        if (ended.Text("state") != "succeeded")
        {
            throw new InvalidOperationException($"The rollback ended as {ended.Text("state")} {ended.Text("pause")} {ended.Text("outcome", "words")}");
        }

        var effects = Between(effected.Time("confirmedAt"), effected.Time("effectsEndedAt")) - script;
        var steps = ended.List("steps");
        var verified = Between(steps.With("id", "verify-hooks").Time("finishedAt"), ended.Time("finishedAt"));
        var between = effects + script - Total(steps.Where(s => s.Text("phase") == "effect"));
        var longest = steps.Where(s => s.Text("id") != "verify-hooks").Select(s => (Id: s.Text("id"), Took: Between(s.Time("startedAt"), s.Time("finishedAt")))).OrderByDescending(s => s.Took).Take(4);
        var detail = string.Create(
            CultureInfo.InvariantCulture,
            $"effects {effects.TotalMilliseconds:0} ms beside the script's {script.TotalMilliseconds:0} (between steps {between.TotalMilliseconds:0}), after the lights {verified.TotalMilliseconds:0} ms; longest steps: {string.Join(", ", longest.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Id} {s.Took.TotalMilliseconds:0}")))}");
        return new Line("one rollback's own overhead", (effects + verified).TotalMilliseconds, "ms", 1000, true, detail);
    }

    private static TimeSpan Total(IEnumerable<JsonElement> steps) => steps.Aggregate(TimeSpan.Zero, (sum, s) => sum + Between(s.Time("startedAt"), s.Time("finishedAt")));

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
