using System.Globalization;

namespace Glancy.Ops.Connectors.Prometheus;

/// <summary>Instant queries over Prometheus's HTTP API, by form post, because queries outgrow a URL.</summary>
public sealed class PrometheusClient(IHttpClientFactory clients, PrometheusOptions options) : IPrometheus
{
    /// <summary>Name of the HTTP client, which repeats what failed in passing.</summary>
    public const string HttpName = "prometheus";

    public async Task<PrometheusAnswer> QueryAsync(string promql, DateTimeOffset at, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(options.Timeout);
        try
        {
            using var client = clients.CreateClient(HttpName);
            using var form = new FormUrlEncodedContent(
            [
                new("query", promql),
                new("time", (at.ToUnixTimeMilliseconds() / 1000m).ToString(CultureInfo.InvariantCulture)),
                new("timeout", ((long)options.Timeout.TotalMilliseconds).ToString(CultureInfo.InvariantCulture) + "ms"),
            ]);
            using var response = await client.PostAsync(new Uri("api/v1/query", UriKind.Relative), form, deadline.Token);
            var body = await response.Content.ReadAsByteArrayAsync(deadline.Token);
            return PrometheusJson.Read((int)response.StatusCode, body);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new PrometheusAnswer.TimedOut();
        }
        catch (HttpRequestException e) when (!cancellationToken.IsCancellationRequested)
        {
            // The buffer's limit is the far side's fault, too, but it is an answer.
            return e.HttpRequestError is HttpRequestError.ConfigurationLimitExceeded or HttpRequestError.InvalidResponse
                ? new PrometheusAnswer.BadAnswer(e.Message)
                : new PrometheusAnswer.Unreachable(e.Message);
        }
        catch (IOException e) when (!cancellationToken.IsCancellationRequested)
        {
            return new PrometheusAnswer.Unreachable(e.Message);
        }
    }
}
