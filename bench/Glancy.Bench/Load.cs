using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Glancy.Bench;

/// <summary>What came of some load.</summary>
/// <param name="PerSecond">Acknowledged requests a second.</param>
/// <param name="P99">Milliseconds.</param>
internal sealed record Measured(double PerSecond, double P99, int Refused);

/// <summary>Signed <c>/glancy hk</c>, as Slack sends it.</summary>
internal sealed class Load(string team, string secret) : IDisposable
{
    private const int Connections = 16;
    private readonly byte[] key = Encoding.UTF8.GetBytes(secret);
    private readonly HttpClient http = new(new SocketsHttpHandler { MaxConnectionsPerServer = Connections * 4 });
    private int number;

    /// <summary>As fast as it goes.</summary>
    public async Task<Measured> FullAsync(Uri door, TimeSpan time)
    {
        var (latencies, refused, watch) = (new List<double>(), 0, Stopwatch.StartNew());
        await Task.WhenAll(
            Enumerable
                .Range(0, Connections)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        while (watch.Elapsed < time)
                        {
                            var (took, ok) = await OneAsync(door);
                            lock (latencies)
                            {
                                latencies.Add(took);
                                refused += ok ? 0 : 1;
                            }
                        }
                    })
                )
        );
        return Of(latencies, refused, watch.Elapsed);
    }

    /// <summary>At a steady rate, whether or not the answers keep up.</summary>
    public async Task<Measured> SteadyAsync(Uri door, int perSecond, TimeSpan time)
    {
        var (latencies, refused, watch) = (new List<double>(), 0, Stopwatch.StartNew());
        var under = new List<Task>();
        for (var i = 0; watch.Elapsed < time; i++)
        {
            var due = TimeSpan.FromSeconds(i / (double)perSecond) - watch.Elapsed;
            if (due > TimeSpan.Zero)
            {
                await Task.Delay(due);
            }

            under.Add(
                Task.Run(async () =>
                {
                    var (took, ok) = await OneAsync(door);
                    lock (latencies)
                    {
                        latencies.Add(took);
                        refused += ok ? 0 : 1;
                    }
                })
            );
        }

        await Task.WhenAll(under);
        return Of(latencies, refused, watch.Elapsed);
    }

    public void Dispose() => http.Dispose();

    private async Task<(double Milliseconds, bool Ok)> OneAsync(Uri door)
    {
        var trigger = Interlocked.Increment(ref number).ToString(CultureInfo.InvariantCulture);
        var body =
            $"team_id={team}&user_id=ULIN00000&user_name=lin&channel_id=C0GLANCYOPS&channel_name=glancy-ops"
            + $"&command=%2Fglancy&text=hk&trigger_id=bench.{Environment.ProcessId}.{trigger}";
        var timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, door)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/x-www-form-urlencoded"),
        };
        request.Headers.Add("X-Slack-Request-Timestamp", timestamp);
        request.Headers.Add(
            "X-Slack-Signature",
            "v0=" + Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"v0:{timestamp}:{body}")))
        );
        var watch = Stopwatch.StartNew();
        using var response = await http.SendAsync(request);
        return (
            watch.Elapsed.TotalMilliseconds,
            response.StatusCode == HttpStatusCode.OK && (await response.Content.ReadAsStringAsync()).Length == 0
        );
    }

    private static Measured Of(List<double> latencies, int refused, TimeSpan took)
    {
        latencies.Sort();
        return new Measured(
            (latencies.Count - refused) / took.TotalSeconds,
            latencies.Count == 0 ? double.NaN : latencies[(int)((latencies.Count - 1) * 0.99)],
            refused
        );
    }
}
