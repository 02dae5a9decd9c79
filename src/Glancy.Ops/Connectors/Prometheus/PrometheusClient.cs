using System.Globalization;

namespace Glancy.Ops.Connectors.Prometheus;

/// <summary>Queries over Prometheus's HTTP API, by form post, because queries outgrow a URL.</summary>
internal sealed class PrometheusClient(IHttpClientFactory clients, PrometheusOptions options)
    : IPrometheus,
        IPrometheusSeries
{
    /// <summary>Name of the HTTP client, which repeats what failed in passing.</summary>
    public const string HttpName = "prometheus";

    public Task<PrometheusAnswer> QueryAsync(string promql, DateTimeOffset at, CancellationToken cancellationToken) =>
        AskAsync(
            "api/v1/query",
            [new("query", promql), new("time", Instant(at))],
            PrometheusJson.Read,
            trouble => trouble,
            cancellationToken
        );

    public Task<PrometheusSeries> QueryRangeAsync(
        string promql,
        DateTimeOffset from,
        DateTimeOffset to,
        TimeSpan step,
        CancellationToken cancellationToken
    ) =>
        AskAsync(
            "api/v1/query_range",
            [
                new("query", promql),
                new("start", Instant(from)),
                new("end", Instant(to)),
                new("step", ((long)step.TotalSeconds).ToString(CultureInfo.InvariantCulture)),
            ],
            PrometheusJson.ReadSeries,
            trouble => new PrometheusSeries.None(trouble),
            cancellationToken
        );

    private async Task<T> AskAsync<T>(
        string path,
        IReadOnlyList<KeyValuePair<string, string>> fields,
        Func<int, ReadOnlyMemory<byte>, T> read,
        Func<PrometheusAnswer, T> trouble,
        CancellationToken cancellationToken
    )
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(options.Timeout);
        try
        {
            using var client = clients.CreateClient(HttpName);
            using var form = new FormUrlEncodedContent([
                .. fields,
                new("timeout", ((long)options.Timeout.TotalMilliseconds).ToString(CultureInfo.InvariantCulture) + "ms"),
            ]);
            using var response = await client.PostAsync(new Uri(path, UriKind.Relative), form, deadline.Token);
            var body = await response.Content.ReadAsByteArrayAsync(deadline.Token);
            return read((int)response.StatusCode, body);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return trouble(new PrometheusAnswer.TimedOut());
        }
        catch (HttpRequestException e) when (!cancellationToken.IsCancellationRequested)
        {
            // The buffer's limit is the far side's fault, too, but it is an answer.
            return trouble(
                e.HttpRequestError is HttpRequestError.ConfigurationLimitExceeded or HttpRequestError.InvalidResponse
                    ? new PrometheusAnswer.BadAnswer(e.Message)
                    : new PrometheusAnswer.Unreachable(e.Message)
            );
        }
        catch (IOException e) when (!cancellationToken.IsCancellationRequested)
        {
            return trouble(new PrometheusAnswer.Unreachable(e.Message));
        }
    }

    private static string Instant(DateTimeOffset at) =>
        (at.ToUnixTimeMilliseconds() / 1000m).ToString(CultureInfo.InvariantCulture);
}
