namespace Glancy.Ops.Connectors.Prometheus;

/// <summary>Asks Prometheus for single numbers.</summary>
public interface IPrometheus
{
    /// <summary>
    /// Evaluates a query that yields one number at one instant. Ends within the configured deadline.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled; nothing else is thrown for
    /// outside trouble.</exception>
    Task<PrometheusAnswer> QueryAsync(string promql, DateTimeOffset at, CancellationToken cancellationToken);
}
