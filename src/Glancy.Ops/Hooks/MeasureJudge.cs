using Glancy.Ops.Connectors.Prometheus;
using Glancy.Runbook.Hooks;

namespace Glancy.Ops.Hooks;

/// <summary>The answers to the queries of one measure for one segment.</summary>
/// <param name="Samples">Number of observations; null where the measure has no such notion.</param>
/// <param name="Mildest">The least bad value over the hold; null where that is not asked.</param>
/// <param name="Points">How many values the hold has; null where that is not asked.</param>
internal sealed record MeasureAnswers(
    PrometheusAnswer Value,
    PrometheusAnswer? Samples,
    PrometheusAnswer? Mildest,
    PrometheusAnswer? Points
)
{
    /// <summary>
    /// Number of observations in the newest minutes, of a measure that looks further back; null where it does not.
    /// </summary>
    public PrometheusAnswer? Newest { get; init; }
}

/// <summary>Turns answers into a reading. Pure.</summary>
internal static class MeasureJudge
{
    /// <summary>Distance between the values of a hold: the scrape interval.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromSeconds(15);

    // §3: "less than 10 % margin". A value exactly at ten per cent has them, whatever the last bit says.
    private const double NearMargin = 0.1 - 1e-9;

    public static MeasureReading Judge(Measure measure, string segment, MeasureAnswers answers)
    {
        if (Trouble(measure, answers) is { } trouble)
        {
            return Unknown(measure, segment, trouble);
        }

        var value = ((PrometheusAnswer.Scalar)answers.Value).Value;
        var beyond = measure.Red.Holds(value);
        if (AsksForHold(measure, answers.Value) && (Trouble(answers.Mildest) ?? Trouble(answers.Points)) is { } unheard)
        {
            return Unknown(measure, segment, unheard);
        }

        var light =
            beyond && Held(measure, answers) ? Light.Red
            : beyond || measure.Yellow?.Holds(value) == true ? Light.Yellow
            : Light.Green;
        var margin = Margin(measure, value);
        return new MeasureReading(
            measure,
            segment,
            value,
            light,
            Near: !beyond && margin < NearMargin,
            Recovered: measure.Recovered?.Holds(value) ?? light == Light.Green,
            margin,
            null
        );
    }

    /// <summary>Whether a value is red only if it has held: then the hold is to be asked for.</summary>
    public static bool AsksForHold(Measure measure, PrometheusAnswer value) =>
        measure.Hold > TimeSpan.Zero && value is PrometheusAnswer.Scalar scalar && measure.Red.Holds(scalar.Value);

    /// <summary>
    /// Distance to the red limit as a part of it; negative beyond it. A success rate is measured on its error side,
    /// where 99.95 % is half way to 99.9 %. Null where the limit is nothing, of which there is no part.
    /// </summary>
    public static double? Margin(Measure measure, double value)
    {
        var limit = measure.Red.Limit;
        if (!measure.Red.Upward && measure.Unit == Unit.Percent)
        {
            (limit, value) = (1 - limit, 1 - value);
        }
        else if (!measure.Red.Upward)
        {
            return limit == 0 ? null : (value - limit) / limit;
        }

        return limit == 0 ? null : (limit - value) / limit;
    }

    /// <summary>How many values the hold needs: one at each end of every step.</summary>
    public static int PointsNeeded(Measure measure)
    {
        return (int)Math.Ceiling(measure.Hold / Step) + 1;
    }

    private static bool Held(Measure measure, MeasureAnswers answers) =>
        measure.Hold == TimeSpan.Zero
        || (
            answers is { Mildest: PrometheusAnswer.Scalar mildest, Points: PrometheusAnswer.Scalar points }
            && measure.Red.Holds(mildest.Value)
            && points.Value >= PointsNeeded(measure)
        );

    private static MeasureReading Unknown(
        Measure measure,
        string segment,
        (UnknownReason Reason, string? Said) trouble
    ) =>
        new(measure, segment, null, Light.Unknown, Near: false, Recovered: false, null, trouble.Reason)
        {
            Said = trouble.Said,
        };

    private static (UnknownReason Reason, string? Said)? Trouble(Measure measure, MeasureAnswers answers)
    {
        // Nothing divided by nothing is better explained by "too few observations" than by "not a number".
        if (answers.Samples is PrometheusAnswer.Scalar samples && samples.Value < measure.MinimumSamples)
        {
            return (UnknownReason.TooFewSamples, null);
        }

        // None lately is quiet; no answer to that is silence, however much lies further back.
        return Trouble(answers.Value) ?? Trouble(answers.Samples) ?? Trouble(answers.Newest);
    }

    private static (UnknownReason Reason, string? Said)? Trouble(PrometheusAnswer? answer) =>
        answer switch
        {
            null or PrometheusAnswer.Scalar => null,
            PrometheusAnswer.NoData => (UnknownReason.NoData, null),
            PrometheusAnswer.NotANumber => (UnknownReason.NotANumber, null),
            PrometheusAnswer.TimedOut => (UnknownReason.Timeout, null),
            PrometheusAnswer.Unreachable => (UnknownReason.Unreachable, null),
            PrometheusAnswer.Partial partial => (UnknownReason.PartialAnswer, partial.Detail),
            PrometheusAnswer.BadAnswer bad => (UnknownReason.BadAnswer, bad.Detail),
            _ => (UnknownReason.BadAnswer, null),
        };
}
