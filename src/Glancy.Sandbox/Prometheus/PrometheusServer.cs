using System.Globalization;
using System.Text.Json;
using Glancy.Sandbox.Processes;

namespace Glancy.Sandbox.Prometheus;

/// <summary>
/// A private Prometheus on a loopback port that scrapes nothing: what it knows is written to it, on the world's clock.
/// </summary>
public sealed class PrometheusServer : IAsyncDisposable
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(30);

    private readonly string folder;
    private readonly HttpClient client = new() { Timeout = TimeSpan.FromSeconds(30) };
    private ServiceProcess? process;

    private PrometheusServer(string folder)
    {
        this.folder = folder;
        Url = new Uri("http://127.0.0.1");
    }

    public Uri Url { get; private set; }

    public ProcessIdentity? Process => process?.Identity;

    /// <exception cref="FileNotFoundException">Prometheus is not installed.</exception>
    /// <exception cref="InvalidOperationException">It did not come up; the message carries the log's tail.</exception>
    public static async Task<PrometheusServer> StartAsync(string folder, CancellationToken cancellationToken)
    {
        var server = new PrometheusServer(PrivateFolder.Create(folder));
        try
        {
            await File.WriteAllTextAsync(
                Path.Combine(folder, "prometheus.yml"),
                "storage:\n  tsdb:\n    out_of_order_time_window: 5m\n",
                cancellationToken
            );
            server.Url = new Uri($"http://127.0.0.1:{LoopbackPort.Free()}");
            await server.LaunchAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Kills it and starts it again on the same port; what was acknowledged is still there.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        await StopAsync();
        await LaunchAsync(cancellationToken);
    }

    /// <summary>Stops it; <see cref="ResumeAsync"/> brings it back on the same port.</summary>
    public async Task StopAsync()
    {
        if (process is not null)
        {
            await process.DisposeAsync();
            process = null;
        }
    }

    /// <summary>Starts it again after <see cref="StopAsync"/>.</summary>
    public Task ResumeAsync(CancellationToken cancellationToken) => LaunchAsync(cancellationToken);

    /// <summary>The instant value of an expression that gives one number; null when it gives none.</summary>
    /// <exception cref="HttpRequestException">Prometheus is away or refuses the expression.</exception>
    public async Task<double?> QueryAsync(string expression, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var time = at.ToUnixTimeMilliseconds() / 1000.0;
        var query = new Uri(
            Url,
            string.Create(
                CultureInfo.InvariantCulture,
                $"/api/v1/query?time={time:0.000}&query={Uri.EscapeDataString(expression)}"
            )
        );
        using var response = await client.GetAsync(query, cancellationToken);
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
        if (!response.IsSuccessStatusCode)
        {
            throw new HttpRequestException(
                $"Prometheus refused the query: {answer.RootElement.GetProperty("error").GetString()}",
                null,
                response.StatusCode
            );
        }

        var data = answer.RootElement.GetProperty("data");
        var results = data.GetProperty("result");
        var value =
            data.GetProperty("resultType").GetString() == "scalar" ? results
            : results.GetArrayLength() == 1 ? results[0].GetProperty("value")
            : (JsonElement?)null;
        return value is { } pair ? double.Parse(pair[1].GetString() ?? "NaN", CultureInfo.InvariantCulture) : null;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        client.Dispose();
    }

    private async Task LaunchAsync(CancellationToken cancellationToken)
    {
        process = ServiceProcess.Start(
            new ServiceCommand(
                "prometheus",
                [
                    Programs.Find("prometheus", "prometheus"),
                    $"--config.file={Path.Combine(folder, "prometheus.yml")}",
                    $"--storage.tsdb.path={Path.Combine(folder, "data")}",
                    // The world lives months in seconds: one long block keeps it from cutting and merging hundreds.
                    "--storage.tsdb.retention.time=10y",
                    "--storage.tsdb.min-block-duration=60d",
                    "--storage.tsdb.max-block-duration=60d",
                    $"--web.listen-address={Url.Authority}",
                    "--web.enable-remote-write-receiver",
                    "--log.level=warn",
                ],
                Path.Combine(folder, "log"),
                folder
            )
        );
        await process.WaitReadyAsync(IsReadyAsync, StartDeadline, cancellationToken);
    }

    private async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var response = await client.GetAsync(new Uri(Url, "/-/ready"), cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
