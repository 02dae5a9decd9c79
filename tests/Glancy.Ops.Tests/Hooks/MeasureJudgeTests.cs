using Glancy.Ops.Connectors.Prometheus;
using Glancy.Ops.Hooks;
using Glancy.Ops.Tests.Runbook;
using Glancy.Runbook.Hooks;

namespace Glancy.Ops.Tests.Hooks;

public sealed class MeasureJudgeTests
{
    private static readonly IReadOnlyList<Hook> Shipped = RunbookFolders.Load().Hooks;

    // §4.2, §4.3 and their readings, at and around every limit.
    [Theory]
    [InlineData("HK-01", "success", 1, Light.Green, false, true)]
    [InlineData("HK-01", "success", 0.9995, Light.Green, false, true)]
    [InlineData("HK-01", "success", 0.9991, Light.Green, false, true)]
    [InlineData("HK-01", "success", 0.99909, Light.Green, true, true)]
    [InlineData("HK-01", "success", 0.999, Light.Green, true, true)]
    [InlineData("HK-01", "success", 0.99899, Light.Red, false, false)]
    [InlineData("HK-01", "success", 0, Light.Red, false, false)]
    [InlineData("HK-01", "probe", 1, Light.Green, false, true)]
    [InlineData("HK-01", "probe", 0.95, Light.Red, false, false)]
    [InlineData("HK-02", "first-paint", 2.25, Light.Green, false, true)]
    [InlineData("HK-02", "first-paint", 2.26, Light.Green, true, true)]
    [InlineData("HK-02", "first-paint", 2.5, Light.Green, true, true)]
    [InlineData("HK-02", "first-paint", 2.501, Light.Red, false, false)]
    [InlineData("HK-03", "burn", 0.75, Light.Green, false, true)]
    [InlineData("HK-03", "burn", 0.76, Light.Green, false, false)]
    [InlineData("HK-03", "burn", 0.79999, Light.Green, false, false)]
    [InlineData("HK-03", "burn", 0.8, Light.Yellow, false, false)]
    [InlineData("HK-03", "burn", 1.08, Light.Yellow, false, false)]
    [InlineData("HK-03", "burn", 1.09, Light.Yellow, true, false)]
    [InlineData("HK-03", "burn", 1.19999, Light.Yellow, true, false)]
    [InlineData("HK-03", "burn", 1.2, Light.Red, false, false)]
    [InlineData("HK-04", "throttled", 0, Light.Green, false, true)]
    [InlineData("HK-04", "throttled", 0.01499, Light.Green, false, true)]
    [InlineData("HK-04", "throttled", 0.015, Light.Green, false, false)]
    [InlineData("HK-04", "throttled", 0.02, Light.Green, false, false)]
    [InlineData("HK-04", "throttled", 0.02001, Light.Yellow, false, false)]
    [InlineData("HK-04", "throttled", 0.03, Light.Yellow, true, false)]
    [InlineData("HK-04", "throttled", 0.03001, Light.Red, false, false)]
    [InlineData("HK-04", "mismatch", 0, Light.Green, false, true)]
    [InlineData("HK-04", "mismatch", 0.00001, Light.Red, false, false)]
    [InlineData("HK-05", "success", 0.991, Light.Green, false, true)]
    [InlineData("HK-05", "success", 0.9905, Light.Green, true, true)]
    [InlineData("HK-05", "success", 0.99, Light.Green, true, true)]
    [InlineData("HK-05", "success", 0.9899, Light.Red, false, false)]
    [InlineData("HK-05", "delay", 4.5, Light.Green, false, true)]
    [InlineData("HK-05", "delay", 5, Light.Green, true, true)]
    [InlineData("HK-05", "delay", 5.01, Light.Red, false, false)]
    [InlineData("HK-06", "degraded", 0.009, Light.Green, false, true)]
    [InlineData("HK-06", "degraded", 0.01, Light.Green, true, true)]
    [InlineData("HK-06", "degraded", 0.01001, Light.Red, false, false)]
    [InlineData("HK-06", "probe", 1, Light.Green, false, true)]
    [InlineData("HK-06", "probe", 0.99, Light.Red, false, false)]
    [InlineData("doubao-5xx", "share", 0.0499, Light.Green, true, true)]
    [InlineData("doubao-5xx", "share", 0.05, Light.Red, false, false)]
    [InlineData("contract-parse", "failed", 0.01, Light.Green, true, true)]
    [InlineData("contract-parse", "failed", 0.0101, Light.Red, false, false)]
    [InlineData("circuit-open", "not-closed", 0, Light.Green, false, true)]
    [InlineData("circuit-open", "not-closed", 1, Light.Red, false, false)]
    [InlineData("error-budget", "consumed", 0.9, Light.Green, false, true)]
    [InlineData("error-budget", "consumed", 0.999, Light.Green, true, true)]
    [InlineData("error-budget", "consumed", 1, Light.Red, false, false)]
    [InlineData("slo-lookup", "p95", 2.5, Light.Green, true, true)]
    [InlineData("slo-lookup", "p95", 2.51, Light.Red, false, false)]
    [InlineData("slo-regenerate", "success", 0.995, Light.Green, true, true)]
    [InlineData("slo-regenerate", "success", 0.9949, Light.Red, false, false)]
    [InlineData("slo-regenerate", "p95", 3, Light.Green, true, true)]
    [InlineData("slo-regenerate", "p95", 3.01, Light.Red, false, false)]
    public void A_value_gets_the_light_of_the_runbook(
        string hook,
        string measure,
        double value,
        Light light,
        bool near,
        bool recovered
    )
    {
        var reading = MeasureJudge.Judge(Of(hook, measure), QueryText.Total, Answered(Of(hook, measure), value));

        Assert.Equal((light, near, recovered), (reading.Light, reading.Near, reading.Recovered));
        Assert.Equal(value, reading.Value);
        Assert.Null(reading.Unknown);
        Assert.Equal(
            light == Light.Red,
            reading.Margin is <= 0 && Of(hook, measure).Red.Holds(value)
                || (reading.Margin is null && light == Light.Red)
        );
    }

    [Theory]
    [InlineData("HK-01", "success", 0.9995, 0.5)]
    [InlineData("HK-01", "success", 0.998, -1)]
    [InlineData("HK-03", "burn", 0.6, 0.5)]
    [InlineData("HK-03", "burn", 1.8, -0.5)]
    [InlineData("HK-02", "first-paint", 2.5, 0)]
    public void The_margin_is_the_part_of_the_limit_that_is_left(
        string hook,
        string measure,
        double value,
        double margin
    ) => Assert.Equal(margin, MeasureJudge.Margin(Of(hook, measure), value) ?? double.NaN, 1e-9);

    [Theory]
    [InlineData("HK-04", "mismatch", 0.0)]
    [InlineData("HK-06", "probe", 1.0)]
    public void There_is_no_part_of_a_limit_of_nothing(string hook, string measure, double value) =>
        Assert.Null(MeasureJudge.Margin(Of(hook, measure), value));

    public static TheoryData<PrometheusAnswer, UnknownReason> Troubles =>
        new()
        {
            { new PrometheusAnswer.NoData(), UnknownReason.NoData },
            { new PrometheusAnswer.NotANumber(), UnknownReason.NotANumber },
            { new PrometheusAnswer.TimedOut(), UnknownReason.Timeout },
            { new PrometheusAnswer.Unreachable("refused"), UnknownReason.Unreachable },
            { new PrometheusAnswer.BadAnswer("2 series"), UnknownReason.BadAnswer },
        };

    [Theory]
    [MemberData(nameof(Troubles))]
    public void Trouble_with_any_of_the_queries_is_unknown_and_never_green(
        PrometheusAnswer trouble,
        UnknownReason reason
    )
    {
        var measure = Of("doubao-5xx", "share");
        var good = Answered(measure, 0.2);

        MeasureAnswers[] troubled =
        [
            good with
            {
                Value = trouble,
            },
            good with
            {
                Samples = trouble,
            },
            good with
            {
                Mildest = trouble,
            },
            good with
            {
                Points = trouble,
            },
        ];
        foreach (var reading in troubled.Select(answers => MeasureJudge.Judge(measure, QueryText.Total, answers)))
        {
            Assert.Equal((Light.Unknown, reason), (reading.Light, reading.Unknown));
            Assert.Null(reading.Value);
            Assert.False(reading.Recovered || reading.Near);
        }
    }

    [Fact]
    public void The_hold_matters_only_to_a_value_beyond_red()
    {
        var measure = Of("doubao-5xx", "share");
        var answers = Answered(measure, 0.01) with { Mildest = new PrometheusAnswer.TimedOut() };

        Assert.Equal(Light.Green, MeasureJudge.Judge(measure, QueryText.Total, answers).Light);
    }

    [Fact]
    public void Beyond_red_but_not_for_long_enough_is_yellow_and_not_recovered()
    {
        var measure = Of("doubao-5xx", "share");

        // One value within the minute was below the limit; or the minute has not been seen whole.
        Assert.Equal(5, MeasureJudge.PointsNeeded(measure));
        MeasureAnswers[] short1 =
        [
            Answered(measure, 0.2) with
            {
                Mildest = new PrometheusAnswer.Scalar(0.0499),
            },
            Answered(measure, 0.2) with
            {
                Points = new PrometheusAnswer.Scalar(4),
            },
        ];
        foreach (var reading in short1.Select(answers => MeasureJudge.Judge(measure, QueryText.Total, answers)))
        {
            Assert.Equal((Light.Yellow, false), (reading.Light, reading.Recovered));
        }

        Assert.Equal(
            Light.Red,
            MeasureJudge
                .Judge(
                    measure,
                    QueryText.Total,
                    Answered(measure, 0.2) with
                    {
                        Mildest = new PrometheusAnswer.Scalar(0.05),
                    }
                )
                .Light
        );
    }

    [Theory]
    [InlineData(99, Light.Unknown)]
    [InlineData(100, Light.Green)]
    public void Too_few_observations_are_unknown(double samples, Light light)
    {
        var measure = Of("HK-01", "success");
        var reading = MeasureJudge.Judge(
            measure,
            QueryText.Total,
            Answered(measure, 1) with
            {
                Samples = new PrometheusAnswer.Scalar(samples),
            }
        );

        Assert.Equal(light, reading.Light);
        Assert.Equal(light == Light.Unknown ? UnknownReason.TooFewSamples : null, reading.Unknown);
    }

    [Fact]
    public void Nothing_divided_by_nothing_is_told_as_too_few_observations()
    {
        var measure = Of("HK-01", "success");
        var answers = new MeasureAnswers(new PrometheusAnswer.NotANumber(), new PrometheusAnswer.Scalar(0), null, null);

        Assert.Equal(UnknownReason.TooFewSamples, MeasureJudge.Judge(measure, QueryText.Total, answers).Unknown);
    }

    [Theory]
    [InlineData(1.5, false)]
    [InlineData(1.51, true)]
    public void Cost_above_one_and_a_half_is_urgent(double value, bool urgent)
    {
        var hook = Shipped.Single(h => h.Id == "HK-03");
        var reading = MeasureJudge.Judge(hook.Measures[0], QueryText.Total, Answered(hook.Measures[0], value));

        Assert.Equal(urgent, new HookReading(hook, reading.Light, [reading], null, TimeSpan.Zero).Urgent);
    }

    private static Measure Of(string hook, string measure) =>
        Shipped.Single(h => h.Id == hook).Measures.Single(m => m.Id == measure);

    /// <summary>The value, seen often enough and held long enough.</summary>
    private static MeasureAnswers Answered(Measure measure, double value) =>
        new(
            new PrometheusAnswer.Scalar(value),
            measure.Samples is null ? null : new PrometheusAnswer.Scalar(1000),
            measure.Hold == TimeSpan.Zero ? null : new PrometheusAnswer.Scalar(value),
            measure.Hold == TimeSpan.Zero ? null : new PrometheusAnswer.Scalar(MeasureJudge.PointsNeeded(measure))
        );
}
