using Glancy.Ops.Connectors.Prometheus;
using Glancy.Ops.Connectors.Releasectl;
using Glancy.Ops.Hooks;
using Glancy.Ops.Tests.Runbook;
using Glancy.Runbook;
using Glancy.Runbook.Hooks;

namespace Glancy.Ops.Tests.Hooks;

public sealed class HookReaderTests
{
    private static readonly DateTimeOffset At = new(2025, 4, 18, 1, 20, 0, TimeSpan.Zero);
    private static readonly RunbookContent Content = RunbookFolders.Load();
    private static readonly ReleaseStatus Active = new("REL-B3", 15, "green", "blue", null, "active", At);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_query_is_asked_at_once_and_at_the_same_instant()
    {
        // Nobody is answered before all have asked: one query after another would wait for ever.
        var alone = new StandInPrometheus(_ => new PrometheusAnswer.Scalar(0));
        await new HookReader(alone).ReadAsync(Content, Active, At, Token);

        var together = new StandInPrometheus(_ => new PrometheusAnswer.Scalar(0)) { WaitFor = alone.Asked.Count };
        await new HookReader(together).ReadAsync(Content, Active, At, Token);

        Assert.Equal(alone.Asked.Count, together.Asked.Count);
        Assert.All(together.Asked, asked => Assert.Equal(At, asked.At));
        Assert.Equal(together.Asked.Count, together.Asked.Select(a => a.Query).Distinct().Count());
        Assert.DoesNotContain(together.Asked, asked => asked.Query.Contains('$', StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_no_colour_matters_for_is_asked_while_the_release_tool_thinks()
    {
        var prometheus = new StandInPrometheus(_ => new PrometheusAnswer.Scalar(0));
        var release = new TaskCompletionSource<ReleaseStatus?>();

        var reading = new HookReader(prometheus).ReadAsync(Content, release.Task, At, _ => null, Token);
        var ahead = prometheus.Asked.Count;
        release.SetResult(Active);
        await reading;

        Assert.InRange(ahead, 1, prometheus.Asked.Count - 1);
        Assert.Equal(prometheus.Asked.Count, prometheus.Asked.Select(a => a.Query).Distinct().Count());
    }

    [Fact]
    public async Task A_wrong_guess_at_the_colour_is_asked_and_not_used()
    {
        var prometheus = new StandInPrometheus(_ => new PrometheusAnswer.Scalar(0));
        var reader = new HookReader(prometheus);
        await reader.ReadAsync(Content, Active, At, Token);

        var readings = await reader.ReadAsync(
            Content,
            Active with
            {
                NewColour = "blue",
                OldColour = "green",
            },
            At,
            Token
        );

        Assert.Contains(readings.SelectMany(h => h.Measures), m => m.Segment == "blue");
        Assert.DoesNotContain(readings.SelectMany(h => h.Measures), m => m.Segment == "green");
    }

    [Fact]
    public async Task The_new_colour_is_read_apart_only_while_a_batch_is_active()
    {
        async Task<IReadOnlyList<string>> Segments(ReleaseStatus? release)
        {
            var readings = await new HookReader(new StandInPrometheus(_ => new PrometheusAnswer.Scalar(0))).ReadAsync(
                Content,
                release,
                At,
                Token
            );
            return [.. readings.Single(h => h.Hook.Id == "HK-01").Measures.Select(m => m.Measure.Id + " " + m.Segment)];
        }

        Assert.Equal(["success total", "success green", "probe total"], await Segments(Active));
        Assert.Equal(["success total", "probe total"], await Segments(null));
        Assert.Equal(
            ["success total", "probe total"],
            await Segments(Active with { State = "rolled-back", Weight = 0 })
        );
        Assert.Equal(["success total", "probe total"], await Segments(Active with { Batch = null }));
    }

    [Fact]
    public async Task A_red_new_colour_makes_the_hook_red_though_the_total_is_green()
    {
        var hooks = await Read(query =>
            query.Contains("colour=\"green\"", StringComparison.Ordinal)
            && query.StartsWith("1 - (", StringComparison.Ordinal)
                ? 0.9
                : null
        );

        var hook = hooks.Single(h => h.Hook.Id == "HK-01");
        Assert.Equal(Light.Red, hook.Light);
        Assert.Equal("green", hook.Worst?.Segment);
        Assert.Equal(Light.Green, hook.Measures.Single(m => m is { Segment: "total", Measure.Id: "success" }).Light);
    }

    [Theory]
    [InlineData(false, false, Light.Green)]
    [InlineData(true, false, Light.Unknown)]
    [InlineData(false, true, Light.Red)]
    [InlineData(true, true, Light.Red)]
    public async Task The_worst_measure_decides_red_then_unknown(bool delayAway, bool syncFails, Light light)
    {
        var prometheus = new StandInPrometheus(query =>
            delayAway && query.Contains("delay_seconds_bucket", StringComparison.Ordinal)
                ? new PrometheusAnswer.TimedOut()
            : syncFails
            && query.Contains("subscription_sync_total", StringComparison.Ordinal)
            && query.StartsWith("1 - (", StringComparison.Ordinal)
                ? new PrometheusAnswer.Scalar(0.5)
            : new PrometheusAnswer.Scalar(Good(query))
        );

        var hooks = await new HookReader(prometheus).ReadAsync(Content, null, At, Token);

        Assert.Equal(light, hooks.Single(h => h.Hook.Id == "HK-05").Light);
    }

    [Fact]
    public async Task With_Prometheus_away_every_hook_is_unknown_and_nothing_is_thrown()
    {
        var hooks = await new HookReader(
            new StandInPrometheus(_ => new PrometheusAnswer.Unreachable("refused"))
        ).ReadAsync(Content, Active, At, Token);

        Assert.All(hooks, h => Assert.Equal((Light.Unknown, false), (h.Light, h.Recovered)));
        Assert.All(hooks.SelectMany(h => h.Measures), m => Assert.Equal(UnknownReason.Unreachable, m.Unknown));
    }

    [Fact]
    public async Task Only_what_is_not_green_is_explained()
    {
        var prometheus = new StandInPrometheus(query => new PrometheusAnswer.Scalar(
            query.Contains("degraded=\"true\"", StringComparison.Ordinal) ? 1 : Good(query)
        ));

        var hooks = await new HookReader(prometheus).ReadAsync(
            Content,
            Task.FromResult<ReleaseStatus?>(null),
            At,
            _ => "glancy.lookup.force_basic=true",
            Token
        );

        var red = hooks.Single(h => h.Light != Light.Green);
        Assert.Equal(
            ("HK-06", "glancy.lookup.force_basic=true", false),
            (red.Hook.Id, red.ExplainedBy, red.RedUnexplained)
        );
        Assert.All(hooks.Where(h => h.Light == Light.Green), h => Assert.Null(h.ExplainedBy));
    }

    [Theory]
    [InlineData(0, 0, Light.Green)]
    [InlineData(1, 2, Light.Red)]
    public async Task Whether_it_has_held_is_asked_of_what_is_beyond_its_limit(double value, int asked, Light light)
    {
        var prometheus = new StandInPrometheus(query => new PrometheusAnswer.Scalar(
            !query.Contains("circuit", StringComparison.Ordinal) ? Good(query)
            : query.StartsWith("count_over_time((", StringComparison.Ordinal) ? 100
            : value
        ));

        var hooks = await new HookReader(prometheus).ReadAsync(Content, Active, At, Token);

        Assert.Equal(asked, prometheus.Asked.Count(a => a.Query.Contains("_over_time((", StringComparison.Ordinal)));
        Assert.Equal(light, hooks.Single(h => h.Hook.Id == "circuit-open").Light);
    }

    [Fact]
    public async Task A_cancelled_reading_says_so()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            new HookReader(new StandInPrometheus(_ => new PrometheusAnswer.NoData())).ReadAsync(
                Content,
                null,
                At,
                cancelled.Token
            )
        );
    }

    private static async Task<IReadOnlyList<HookReading>> Read(Func<string, double?> special) =>
        await new HookReader(
            new StandInPrometheus(query => new PrometheusAnswer.Scalar(special(query) ?? Good(query)))
        ).ReadAsync(Content, Active, At, Token);

    /// <summary>A good value for whatever is asked: plenty of observations, whole success, nothing else.</summary>
    private static double Good(string query) =>
        query.StartsWith("sum(increase(", StringComparison.Ordinal) && !query.Contains("cost", StringComparison.Ordinal)
            ? 100_000
        : query.StartsWith("sum(count_over_time(", StringComparison.Ordinal)
        || query.StartsWith("count_over_time(", StringComparison.Ordinal)
            ? 100
        : query.StartsWith("1 - (", StringComparison.Ordinal) || query.StartsWith("avg(", StringComparison.Ordinal) ? 1
        : 0;
}
