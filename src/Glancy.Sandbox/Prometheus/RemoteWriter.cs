using System.Net.Http.Headers;
using Glancy.Sandbox.Prometheus.Wire;
using Google.Protobuf;
using Snappier;

namespace Glancy.Sandbox.Prometheus;

/// <summary>Sends series by Prometheus' remote-write protocol: protobuf in one Snappy block.</summary>
internal sealed class RemoteWriter(Uri server) : IDisposable
{
    private const int PointsPerRequest = 50_000;
    private readonly HttpClient client = new() { BaseAddress = server, Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>Writes it all, in several requests when it is much; on return it can be queried.</summary>
    /// <exception cref="HttpRequestException">Prometheus refused (too old, out of order) or is away.</exception>
    public async Task WriteAsync(IEnumerable<Series> series, CancellationToken cancellationToken)
    {
        var request = new WriteRequest();
        var points = 0;
        foreach (var one in series)
        {
            request.Timeseries.Add(ToWire(one));
            points += one.Points.Count;
            if (points >= PointsPerRequest)
            {
                await SendAsync(request, cancellationToken);
                request = new WriteRequest();
                points = 0;
            }
        }

        if (request.Timeseries.Count > 0)
        {
            await SendAsync(request, cancellationToken);
        }
    }

    public void Dispose() => client.Dispose();

    // The receiver wants labels sorted by name; __name__ sorts before lower-case names.
    private static TimeSeries ToWire(Series series)
    {
        var wire = new TimeSeries();
        wire.Labels.Add(new Label { Name = "__name__", Value = series.Name });
        wire.Labels.AddRange(
            series
                .Labels.OrderBy(l => l.Key, StringComparer.Ordinal)
                .Select(l => new Label { Name = l.Key, Value = l.Value })
        );
        wire.Samples.AddRange(
            series.Points.Select(p => new Sample { Timestamp = p.At.ToUnixTimeMilliseconds(), Value = p.Value })
        );
        return wire;
    }

    private async Task SendAsync(WriteRequest request, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(Snappy.CompressToArray(request.ToByteArray()));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        content.Headers.ContentEncoding.Add("snappy");
        content.Headers.Add("X-Prometheus-Remote-Write-Version", "0.1.0");
        using var response = await client.PostAsync(
            new Uri("/api/v1/write", UriKind.Relative),
            content,
            cancellationToken
        );
        if (!response.IsSuccessStatusCode)
        {
            var reason = await response.Content.ReadAsStringAsync(cancellationToken);
            throw new HttpRequestException(
                $"Prometheus refused the samples ({(int)response.StatusCode}): {reason.Trim()}",
                null,
                response.StatusCode
            );
        }
    }
}
