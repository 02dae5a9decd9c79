using Glancy.Ops.Connectors.Releasectl;
using Glancy.Ops.Hooks;
using Glancy.Ops.Releases;
using Glancy.Ops.Tests.Runbook;
using Glancy.Runbook;
using Glancy.Runbook.Hooks;

namespace Glancy.Ops.Tests.Hooks;

/// <summary>The runbook's own queries, asked of a real Prometheus about hours in which one thing is wrong.</summary>
public sealed class HookQueriesTests(PrometheusWorld world) : IClassFixture<PrometheusWorld>
{
    private static readonly RunbookContent Content = RunbookFolders.Load();

    // Each test takes a later month than the one before, because Prometheus takes samples in the order of time and
    // the error budget sees a whole month.
    private static int months;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_good_hour_is_green_everywhere_for_both_segments()
    {
        var (hooks, at) = await Read(new Hour());

        Assert.Equal([], hooks.Where(h => h.Light != Light.Green).Select(Told));
        Assert.True(hooks.All(h => h.Recovered));
        Assert.Equal(["total", "green"], hooks.Single(h => h.Hook.Id == "HK-02").Measures.Select(m => m.Segment));

        foreach (var rung in Content.Ladder.Rungs)
        {
            var gates = await new GateReader(world.Prometheus).ReadAsync(Content, rung, hooks, Active(at), at, Token);
            Assert.Equal(
                [],
                gates
                    .Where(g => g.State is not (GateState.Passed or GateState.NeedsAttestation))
                    .Select(g => $"{rung.Batch} {g.Gate.Id} {g.State} {g.Value} {g.Segment} {g.Unknown}")
            );
        }
    }

    [Fact]
    public async Task An_hour_without_a_word_from_production_is_unknown_everywhere()
    {
        var (hooks, _) = await Read(new Hour { Silent = true });

        Assert.All(hooks, h => Assert.Equal(Light.Unknown, h.Light));
    }

    public static TheoryData<string, string, string, Light, double?> Wrongs =>
        new()
        {
            { nameof(Hour.GreenErrors), "HK-01", "success green", Light.Red, 0.996 },
            { nameof(Hour.BlueErrors), "HK-01", "success total", Light.Red, 0.9966 },
            { nameof(Hour.ProbeFailsOnce), "HK-01", "probe total", Light.Red, null },
            { nameof(Hour.FirstPaint), "HK-02", "first-paint total", Light.Red, null },
            { nameof(Hour.Cost), "HK-03", "burn total", Light.Yellow, 0.9 },
            { nameof(Hour.Throttled), "HK-04", "throttled total", Light.Yellow, 0.025 },
            { nameof(Hour.Mismatches), "HK-04", "mismatch total", Light.Red, 0.01 },
            { nameof(Hour.SyncErrors), "HK-05", "success total", Light.Red, 0.98 },
            { nameof(Hour.SyncDelay), "HK-05", "delay total", Light.Red, null },
            { nameof(Hour.Degraded), "HK-06", "degraded total", Light.Red, 0.02 },
            { nameof(Hour.DegradeProbeFailsOnce), "HK-06", "probe total", Light.Red, null },
            { nameof(Hour.ParseErrors), "contract-parse", "failed total", Light.Red, 0.02 },
            { nameof(Hour.LookupSeconds), "slo-lookup", "p95 total", Light.Red, null },
        };

    [Theory]
    [MemberData(nameof(Wrongs))]
    public async Task What_is_wrong_shows_on_its_hook_and_on_no_other(
        string wrong,
        string hook,
        string measure,
        Light light,
        double? value
    )
    {
        var (hooks, _) = await Read(
            wrong switch
            {
                nameof(Hour.GreenErrors) => new Hour { GreenErrors = 0.004 },
                nameof(Hour.BlueErrors) => new Hour { BlueErrors = 0.004 },
                nameof(Hour.ProbeFailsOnce) => new Hour { ProbeFailsOnce = true },
                nameof(Hour.FirstPaint) => new Hour { FirstPaint = 2.7 },
                nameof(Hour.Cost) => new Hour { Cost = 0.9 },
                nameof(Hour.Throttled) => new Hour { Throttled = 0.025 },
                nameof(Hour.Mismatches) => new Hour { Mismatches = 0.01 },
                nameof(Hour.SyncErrors) => new Hour { SyncErrors = 0.02 },
                nameof(Hour.SyncDelay) => new Hour { SyncDelay = 7 },
                nameof(Hour.Degraded) => new Hour { Degraded = 0.02 },
                nameof(Hour.DegradeProbeFailsOnce) => new Hour { DegradeProbeFailsOnce = true },
                nameof(Hour.ParseErrors) => new Hour { ParseErrors = 0.02 },
                nameof(Hour.LookupSeconds) => new Hour { LookupSeconds = 2.7 },
                _ => throw new ArgumentException(wrong),
            }
        );

        Assert.Equal([hook], hooks.Where(h => h.Light != Light.Green).Select(h => h.Hook.Id));
        var reading = hooks
            .Single(h => h.Hook.Id == hook)
            .Measures.Single(m => $"{m.Measure.Id} {m.Segment}" == measure);
        Assert.Equal(light, reading.Light);
        Assert.Equal(value ?? reading.Value ?? double.NaN, reading.Value ?? double.NaN, 1e-4);
    }

    [Fact]
    public async Task Trouble_of_the_new_colour_alone_does_not_hide_in_the_total()
    {
        var (hooks, _) = await Read(new Hour { GreenErrors = 0.004 });

        var measures = hooks.Single(h => h.Hook.Id == "HK-01").Measures.Where(m => m.Measure.Id == "success");
        Assert.Equal([("total", Light.Green), ("green", Light.Red)], measures.Select(m => (m.Segment, m.Light)));
    }

    [Fact]
    public async Task A_trickle_of_traffic_is_too_little_to_judge()
    {
        var (hooks, _) = await Read(new Hour { Traffic = 0.3 });

        Assert.Equal(UnknownReason.TooFewSamples, hooks.Single(h => h.Hook.Id == "HK-01").Worst?.Unknown);
    }

    // 20 % of errors are 5 % of a five-minute window after 75 s, and have been for a minute after 135 s.
    [Theory]
    [InlineData(60, Light.Green)]
    [InlineData(105, Light.Yellow)]
    [InlineData(240, Light.Red)]
    public async Task Doubao_5xx_are_red_only_when_they_have_held_for_a_minute(double since, Light light)
    {
        var (hooks, _) = await Read(new Hour { Doubao5xx = 0.2, Doubao5xxSince = since });

        Assert.Equal(light, hooks.Single(h => h.Hook.Id == "doubao-5xx").Light);
    }

    [Theory]
    [InlineData(240, false, Light.Yellow)]
    [InlineData(360, false, Light.Red)]
    [InlineData(360, true, Light.Red)]
    public async Task A_circuit_that_has_not_closed_for_five_minutes_is_red_also_when_it_flaps(
        double since,
        bool flaps,
        Light light
    )
    {
        var (hooks, _) = await Read(new Hour { CircuitOpenSince = since, CircuitFlaps = flaps });

        Assert.Equal(light, hooks.Single(h => h.Hook.Id == "circuit-open").Light);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_circuit_of_two_that_is_open_does_not_hide_behind_the_other(bool everyState)
    {
        var (hooks, _) = await Read(
            new Hour { SecondCircuitOpenSince = 900, SecondCircuitNamesEveryState = everyState }
        );

        Assert.Equal(Light.Red, hooks.Single(h => h.Hook.Id == "circuit-open").Light);
    }

    // A month, a day or half an hour of good answers says nothing of the ten minutes in which nothing was heard.
    [Fact]
    public async Task After_ten_silent_minutes_everything_is_unknown_however_far_it_looks_back()
    {
        var (_, end) = await Read(new Hour());
        var at = end.AddMinutes(10);
        Hook[] others =
        [
            .. Content
                .Slo.Objectives.Concat(Content.Slo.Agreements)
                .Select(o => new Hook(o.Measure.Id, o.Measure.Name, "0", "", false, [o.Measure])),
            .. Content.Slo.Budget.Burn.Select(b => new Hook(b.Id, b.Name, "0", "", false, [b])),
            .. Content
                .Alerts.Sops.SelectMany(s => s.Verify.Concat(s.Detect))
                .Select(l => l.Measure)
                .OfType<Measure>()
                .Select(m => new Hook(m.Id, m.Name, "0", "", false, [m])),
            .. Content.Patrols.SelectMany(p => p.Measures).Select(m => new Hook(m.Id, m.Name, "0", "", false, [m])),
        ];

        var hooks = await new HookReader(world.Prometheus).ReadAsync(
            Content with
            {
                Hooks = [.. Content.Hooks, .. others],
            },
            Active(at),
            at,
            Token
        );
        Assert.Equal([], hooks.Where(h => h.Light != Light.Unknown).Select(Told));
        foreach (var rung in Content.Ladder.Rungs)
        {
            var gates = await new GateReader(world.Prometheus).ReadAsync(Content, rung, hooks, Active(at), at, Token);
            Assert.Equal(
                [],
                gates
                    .Where(g => g.State is not (GateState.Unknown or GateState.NeedsAttestation))
                    .Select(g => $"{rung.Batch} {g.Gate.Id} {g.State} {g.Value} {g.Segment}")
            );
        }
    }

    [Theory]
    [InlineData(0.3, Light.Green)]
    [InlineData(0.9, Light.Red)]
    public async Task The_error_budget_is_that_of_the_whole_month(double errors, Light light)
    {
        var (hooks, at) = await Read(new Hour { BlueErrors = errors, GreenErrors = errors });

        // One hour with this share of errors, of a month that may have a thousandth.
        var budget = hooks.Single(h => h.Hook.Id == "error-budget");
        var days = DateTime.DaysInMonth(at.AddHours(8).Year, at.AddHours(8).Month);
        Assert.Equal(errors / (0.001 * days * 24), budget.Measures[0].Value ?? double.NaN, 0.03);
        Assert.Equal(light, budget.Light);
    }

    private static string Told(HookReading h) =>
        $"{h.Hook.Id} {h.Light}: "
        + $"{string.Join(", ", h.Measures.Select(m => $"{m.Measure.Id} {m.Segment} {m.Value} {m.Unknown}"))}";

    private static ReleaseStatus Active(DateTimeOffset at) =>
        new("REL-B3", 15, "green", "blue", null, "active", at.AddHours(-1));

    private async Task<(IReadOnlyList<HookReading> Hooks, DateTimeOffset At)> Read(Hour hour)
    {
        var at = new DateTimeOffset(2022, 1, 18, 1, 20, 0, TimeSpan.Zero).AddMonths(months++);
        await world.WriteAsync(new WorldSeries(at, hour).Build(), Token);
        return (await new HookReader(world.Prometheus).ReadAsync(Content, Active(at), at, Token), at);
    }
}
