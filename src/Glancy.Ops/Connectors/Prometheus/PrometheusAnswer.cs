namespace Glancy.Ops.Connectors.Prometheus;

/// <summary>
/// What came of an instant query that asks for one number. Trouble is a value: it makes a light unknown, not an
/// exception.
/// </summary>
public abstract record PrometheusAnswer
{
    private PrometheusAnswer() { }

    /// <summary>One finite number.</summary>
    public sealed record Scalar(double Value) : PrometheusAnswer;

    /// <summary>The query selected nothing.</summary>
    public sealed record NoData : PrometheusAnswer;

    /// <summary>NaN or an infinity: typically nothing divided by nothing.</summary>
    public sealed record NotANumber : PrometheusAnswer;

    /// <summary>No answer within the deadline, ours or Prometheus's own.</summary>
    public sealed record TimedOut : PrometheusAnswer;

    /// <summary>No connection, or something before Prometheus answered in its place.</summary>
    public sealed record Unreachable(string Detail) : PrometheusAnswer;

    /// <summary>
    /// An answer to which the source says itself that something is missing or wrong: what it counts may be half of what
    /// there is.
    /// </summary>
    /// <param name="Detail">In the source's own words.</param>
    public sealed record Partial(string Detail) : PrometheusAnswer;

    /// <summary>
    /// An answer that is not one number: an error of the query, several series, something that is not JSON.
    /// </summary>
    public sealed record BadAnswer(string Detail) : PrometheusAnswer;
}
