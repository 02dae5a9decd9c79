namespace Glancy.Ops.Connectors.Prometheus;

/// <summary>Asks Prometheus how one number went.</summary>
public interface IPrometheusSeries
{
    /// <summary>
    /// Evaluates a query that yields one number at every step from one instant to another, both included. Ends within
    /// the configured deadline.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled; nothing else is thrown for
    /// outside trouble.</exception>
    Task<PrometheusSeries> QueryRangeAsync(
        string promql,
        DateTimeOffset from,
        DateTimeOffset to,
        TimeSpan step,
        CancellationToken cancellationToken
    );
}

/// <summary>What came of a range query that asks for one number over time.</summary>
public abstract record PrometheusSeries
{
    private PrometheusSeries() { }

    /// <summary>The finite numbers, the oldest first; a step without one is left out, never filled in.</summary>
    public sealed record Points(IReadOnlyList<PrometheusPoint> Items) : PrometheusSeries;

    /// <summary>There is no series.</summary>
    /// <param name="Why">Never a <see cref="PrometheusAnswer.Scalar"/>.</param>
    public sealed record None(PrometheusAnswer Why) : PrometheusSeries;
}

/// <summary>One finite number at one instant.</summary>
public sealed record PrometheusPoint(DateTimeOffset At, double Value);
