namespace Glancy.Ops.Connectors.Prometheus;

/// <param name="Url">Root of Prometheus, with its path prefix if it has one.</param>
/// <param name="Timeout">Deadline of one query with all its repetitions; five seconds unless said otherwise.</param>
internal sealed record PrometheusOptions(Uri Url, TimeSpan Timeout)
{
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(5);

    public PrometheusOptions(Uri url)
        : this(url, DefaultTimeout) { }
}
