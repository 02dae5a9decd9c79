using Glancy.Ops.Connectors.Releasectl;
using Glancy.Ops.Hooks;
using Glancy.Ops.Tests.Runbook;
using Glancy.Runbook;
using Glancy.Runbook.Hooks;
using Glancy.Sandbox.Production;

namespace Glancy.Ops.Tests.Hooks;

/// <summary>
/// Every hook of the shipped runbook, read by the product from a real Prometheus while the model of production falls
/// ill and is cured.
/// </summary>
public sealed class HookTrialsTests(PrometheusWorld world) : IClassFixture<PrometheusWorld>
{
    private static readonly RunbookContent Content = RunbookFolders.Load();

    // Prometheus takes samples in the order of time: each trial has a month of its own, and the error budget the whole
    // of it.
    private static int months;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Hooks => [.. Content.Hooks.Select(h => h.Id)];

    [Fact]
    public void Every_hook_has_a_trial_through_everything_it_can_say()
    {
        Assert.Equal(Content.Hooks.Select(h => h.Id).Order(), HookTrials.All.Select(t => t.Hook).Order());
        foreach (var hook in Content.Hooks)
        {
            var trial = HookTrials.All.Single(t => t.Hook == hook.Id);
            var seen = trial.Stretches(Month(0)).Select(s => s.Seen).ToHashSet();
            var can = new List<Seen> { Seen.Well, Seen.Red, Seen.Unknown };
            if (hook.Measures.Any(m => m.Yellow is not null || m.Hold > TimeSpan.Zero))
            {
                can.Add(Seen.Yellow);
            }

            if (!trial.NeverNear)
            {
                can.Add(Seen.Near);
            }

            Assert.True(
                seen.SetEquals(can),
                $"{hook.Id} can be {string.Join(", ", can)}, but its trial shows {string.Join(", ", seen)}"
            );
        }
    }

    [Theory]
    [MemberData(nameof(Hooks))]
    public async Task A_hook_says_what_production_is_like(string id)
    {
        var trial = HookTrials.All.Single(t => t.Hook == id);
        var month = Month(Interlocked.Increment(ref months));
        var model = new ProductionModel(months, trial.Begins?.Invoke(month) ?? month.AddDays(17).AddHours(9));
        model.Train = model.Train.Promoted("REL-B3", 15, model.At);
        var number = 0;
        foreach (var (seen, lasts, change) in trial.Stretches(month))
        {
            change(model);
            for (var until = model.At + lasts; model.At < until; )
            {
                model.Step();
            }

            await world.WriteAsync(model.TakeSamples(), Token);
            var hook = (
                await new HookReader(world.Prometheus).ReadAsync(Content, Status(model.Train), model.At, Token)
            ).Single(h => h.Hook.Id == id);
            var measures = hook.Measures.Select(m =>
                $"{m.Measure.Id} {m.Segment} {m.Value} {m.Light} near {m.Near} recovered {m.Recovered} {m.Unknown}"
            );
            Assert.True(
                Is(seen, hook),
                $"stretch {++number} of {id} is to be {seen}, but: {hook.Light}, " + string.Join("; ", measures)
            );
        }
    }

    [Fact]
    public async Task A_healthy_production_is_green_on_everything_for_any_seed()
    {
        foreach (var seed in new long[] { 1, 2, 3, 77, 20250418 })
        {
            var model = new ProductionModel(seed, Month(Interlocked.Increment(ref months)).AddDays(17).AddHours(9));
            model.Train = model.Train.Promoted("REL-B3", 15, model.At);
            for (var until = model.At.AddMinutes(40); model.At < until; )
            {
                model.Step();
            }

            await world.WriteAsync(model.TakeSamples(), Token);
            var hooks = await new HookReader(world.Prometheus).ReadAsync(Content, Status(model.Train), model.At, Token);
            Assert.All(hooks, h => Assert.True(Is(Seen.Well, h), $"{h.Hook.Id} is {h.Light} with seed {seed}"));
        }
    }

    private static bool Is(Seen seen, HookReading hook) =>
        seen switch
        {
            Seen.Well => hook is { Light: Light.Green, Recovered: true } && !hook.Measures.Any(m => m.Near),
            Seen.Near => hook.Light is Light.Green or Light.Yellow && hook.Measures.Any(m => m.Near),
            Seen.Yellow => hook is { Light: Light.Yellow, Recovered: false },
            Seen.Red => hook is { Light: Light.Red, Recovered: false },
            _ => hook is { Light: Light.Unknown, Recovered: false } && hook.Measures.All(m => m.Value is null),
        };

    /// <summary>Its first instant in Shanghai.</summary>
    private static DateTimeOffset Month(int number) =>
        new DateTimeOffset(2021, 1, 1, 0, 0, 0, TimeSpan.FromHours(8)).AddMonths(number).ToUniversalTime();

    private static ReleaseStatus Status(ReleaseTrain train) =>
        new(
            train.Batch,
            train.Weight,
            train.NewColour,
            train.OldColour,
            train.OldKeptUntil,
            train.State,
            train.UpdatedAt
        );
}
