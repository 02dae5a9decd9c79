using Glancy.Ops.Connectors.Prometheus;
using Glancy.Ops.Connectors.Releasectl;
using Glancy.Ops.Hooks;
using Glancy.Ops.Releases;
using Glancy.Ops.Tests.Hooks;
using Glancy.Ops.Tests.Runbook;
using Glancy.Runbook;
using Glancy.Runbook.Hooks;
using Glancy.Runbook.Releases;

namespace Glancy.Ops.Tests.Releases;

public sealed class GateReaderTests
{
    private static readonly DateTimeOffset At = new(2025, 4, 18, 1, 20, 0, TimeSpan.Zero);
    private static readonly RunbookContent Content = RunbookFolders.Load();
    private static readonly ReleaseStatus Active = new("REL-B3", 15, "green", "blue", null, "active", At.AddHours(-1));

    [Theory]
    [InlineData("REL-B1", "throttled", "HK-04", 0.01, GateState.Passed)]
    [InlineData("REL-B1", "throttled", "HK-04", 0.0101, GateState.Failed)]
    [InlineData("REL-B2", "throttled", "HK-04", 0.02, GateState.Passed)]
    [InlineData("REL-B2", "throttled", "HK-04", 0.0201, GateState.Failed)]
    [InlineData("REL-B3", "throttled", "HK-04", 0.03, GateState.Passed)]
    [InlineData("REL-B1", "cost", "HK-03", 0.8, GateState.Passed)]
    [InlineData("REL-B1", "cost", "HK-03", 0.81, GateState.Failed)]
    [InlineData("REL-B4", "cost", "HK-03", 1.2, GateState.Passed)]
    [InlineData("REL-B4", "cost", "HK-03", 1.21, GateState.Failed)]
    [InlineData("REL-B4", "degraded", "HK-06", 0.01, GateState.Passed)]
    [InlineData("REL-B4", "degraded", "HK-06", 0.0101, GateState.Failed)]
    public async Task A_rungs_own_limit_decides_whatever_the_hooks_light(
        string batch,
        string gate,
        string hook,
        double value,
        GateState state
    )
    {
        var readings = await Read(batch, [Hook(hook, value)], 0);

        var reading = readings.Single(r => r.Gate.Id == gate);
        Assert.Equal((state, value, "total"), (reading.State, reading.Value, reading.Segment));
        Assert.Equal(reading.Gate.Limit, reading.Limit);
    }

    [Theory]
    [InlineData(Light.Green, GateState.Passed)]
    [InlineData(Light.Yellow, GateState.Failed)]
    [InlineData(Light.Red, GateState.Failed)]
    [InlineData(Light.Unknown, GateState.Unknown)]
    public async Task A_hook_without_a_limit_must_be_green(Light light, GateState state)
    {
        var hook = Content.Hooks.Single(h => h.Id == "HK-03");
        var readings = await Read("REL-B3", [new HookReading(hook, light, [], null, TimeSpan.Zero)], 0);

        Assert.Equal(state, readings.Single(r => r.Gate.Id == "hk-03").State);
    }

    [Theory]
    [InlineData("REL-B0", "synthetic-p95 contract-replay dr-01 dr-05")]
    [InlineData("REL-B2", "")]
    [InlineData("REL-B3", "")]
    [InlineData("REL-B4", "log-policies")]
    [InlineData("REL-B5", "papers")]
    public async Task Only_what_no_metric_says_wants_an_attestation(string batch, string gates)
    {
        var readings = await Read(batch, [], 0);

        Assert.Equal(
            gates,
            string.Join(' ', readings.Where(r => r.State == GateState.NeedsAttestation).Select(r => r.Gate.Id))
        );
    }

    [Fact]
    public async Task A_hook_that_was_not_read_is_unknown() =>
        Assert.Equal(GateState.Unknown, (await Read("REL-B1", [], 0)).Single(r => r.Gate.Id == "throttled").State);

    [Theory]
    [InlineData(0.2, GateState.Passed)]
    [InlineData(0.2001, GateState.Failed)]
    public async Task A_query_of_its_own_is_read_for_the_total_and_the_new_colour(double value, GateState state)
    {
        var readings = (await Read("REL-B4", [], value)).Where(r => r.Gate.Id == "error-budget").ToList();

        Assert.Equal(["total", "green"], readings.Select(r => r.Segment));
        Assert.All(readings, r => Assert.Equal((state, value), (r.State, r.Value)));
    }

    [Fact]
    public async Task The_observation_window_is_the_gates_own()
    {
        var prometheus = new StandInPrometheus(_ => new PrometheusAnswer.Scalar(0));
        await new GateReader(prometheus).ReadAsync(
            Content,
            Rung("REL-B4"),
            [],
            null,
            At,
            TestContext.Current.CancellationToken
        );

        Assert.Contains(prometheus.Asked, asked => asked.Query.Contains("[1800s]", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_an_answer_a_gate_is_unknown()
    {
        var readings = await new GateReader(new StandInPrometheus(_ => new PrometheusAnswer.TimedOut())).ReadAsync(
            Content,
            Rung("REL-B5"),
            [],
            null,
            At,
            TestContext.Current.CancellationToken
        );

        Assert.All(readings.Where(r => !r.Gate.Attestation), r => Assert.Equal(GateState.Unknown, r.State));
        Assert.Equal(UnknownReason.Timeout, readings.Single(r => r.Gate.Id == "day-success").Unknown);
    }

    // The ladder asks HK-04's measure and a query of its own over five minutes, one over thirty, and one over a day.
    [Theory]
    [InlineData("REL-B2", "throttled", 4.9, GateState.Unknown)]
    [InlineData("REL-B2", "throttled", 5, GateState.Passed)]
    [InlineData("REL-B2", "history", 4.9, GateState.Unknown)]
    [InlineData("REL-B2", "history", 5, GateState.Passed)]
    [InlineData("REL-B4", "error-budget", 29.9, GateState.Unknown)]
    [InlineData("REL-B4", "error-budget", 30, GateState.Passed)]
    [InlineData("REL-B3", "hk-03", 4.9, GateState.Unknown)]
    [InlineData("REL-B3", "hk-03", 5, GateState.Passed)]
    [InlineData("REL-B5", "day-success", 1, GateState.Passed)]
    public async Task A_window_that_began_before_the_train_moved_does_not_pass_a_gate(
        string batch,
        string gate,
        double minutes,
        GateState state
    )
    {
        var moved = Active with { UpdatedAt = At.AddMinutes(-minutes) };
        var prometheus = new StandInPrometheus(query => new PrometheusAnswer.Scalar(
            query.StartsWith("sum(increase(", StringComparison.Ordinal) ? 10_000
            : gate is "history" or "day-success" ? 1
            : 0
        ));
        HookReading[] hooks = [Hook("HK-04", 0), Hook("HK-03", 0)];

        var readings = await new GateReader(prometheus).ReadAsync(
            Content,
            Rung(batch),
            hooks,
            moved,
            At,
            TestContext.Current.CancellationToken
        );

        Assert.All(
            readings.Where(r => r.Gate.Id == gate),
            r =>
            {
                Assert.Equal(state, r.State);
                Assert.Equal(state == GateState.Unknown ? UnknownReason.WindowNotWhole : null, r.Unknown);
            }
        );
    }

    [Fact]
    public async Task What_fails_at_once_fails_whatever_the_window()
    {
        var moved = Active with { UpdatedAt = At };
        var readings = await new GateReader(new StandInPrometheus(_ => new PrometheusAnswer.Scalar(0.5))).ReadAsync(
            Content,
            Rung("REL-B2"),
            [Hook("HK-04", 0.5)],
            moved,
            At,
            TestContext.Current.CancellationToken
        );

        Assert.Equal(GateState.Failed, readings.Single(r => r.Gate.Id == "throttled").State);
    }

    private static Rung Rung(string batch) => Content.Ladder.Rungs.Single(r => r.Batch == batch);

    /// <summary>A reading of the hook's first measure, its light as the runbook has it.</summary>
    private static HookReading Hook(string id, double value)
    {
        var hook = Content.Hooks.Single(h => h.Id == id);
        var reading = MeasureJudge.Judge(
            hook.Measures[0],
            QueryText.Total,
            new MeasureAnswers(new PrometheusAnswer.Scalar(value), new PrometheusAnswer.Scalar(1000), null, null)
        );
        return new HookReading(hook, reading.Light, [reading], null, TimeSpan.Zero);
    }

    private static Task<IReadOnlyList<GateReading>> Read(string batch, IReadOnlyList<HookReading> hooks, double value)
    {
        // Numbers of observations are asked for as an increase alone.
        var prometheus = new StandInPrometheus(query => new PrometheusAnswer.Scalar(
            query.StartsWith("sum(increase(", StringComparison.Ordinal) ? 10_000 : value
        ));
        return new GateReader(prometheus).ReadAsync(
            Content,
            Rung(batch),
            hooks,
            Active,
            At,
            TestContext.Current.CancellationToken
        );
    }
}
