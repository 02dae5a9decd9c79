using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Glancy.Sandbox.Processes;

namespace Glancy.Sandbox.Alertmanager;

/// <summary>
/// A private Alertmanager on a loopback port, alone in its cluster, that tells the bots what it is told through its
/// API.
/// </summary>
public sealed class AlertmanagerServer : IAsyncDisposable
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(30);

    private readonly string folder;
    private readonly HttpClient client = new() { Timeout = TimeSpan.FromSeconds(30) };
    private ServiceProcess? process;

    private readonly Dictionary<string, int> ports;
    private readonly ConcurrentDictionary<string, (int Count, DateTimeOffset Since)> firing = new();

    private AlertmanagerServer(string folder, IEnumerable<string> replicas)
    {
        this.folder = folder;
        Url = new Uri($"http://127.0.0.1:{LoopbackPort.Free()}");
        ports = replicas.ToDictionary(id => id, _ => LoopbackPort.Free());
    }

    public Uri Url { get; }

    /// <summary>What it says to be let in by a bot.</summary>
    public string Token { get; } = RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz23456789", 32);

    public ProcessIdentity? Process => process?.Identity;

    /// <param name="replicas">The bots; each is told of everything.</param>
    /// <exception cref="FileNotFoundException">Alertmanager is not installed.</exception>
    /// <exception cref="InvalidOperationException">It did not come up; the message carries the log's tail.</exception>
    public static async Task<AlertmanagerServer> StartAsync(
        string folder,
        IEnumerable<string> replicas,
        CancellationToken cancellationToken
    )
    {
        var server = new AlertmanagerServer(PrivateFolder.Create(folder), replicas);
        try
        {
            await File.WriteAllTextAsync(server.Configuration, server.Configured(), cancellationToken);
            server.process = ServiceProcess.Start(
                new ServiceCommand(
                    "alertmanager",
                    [
                        Programs.FindAlertmanager(),
                        $"--config.file={server.Configuration}",
                        $"--storage.path={Path.Combine(folder, "data")}",
                        $"--web.listen-address={server.Url.Authority}",
                        "--cluster.listen-address=",
                        "--log.level=warn",
                    ],
                    Path.Combine(folder, "log"),
                    folder
                )
            );
            await server.process.WaitReadyAsync(server.IsReadyAsync, StartDeadline, cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// What a replica is told through its environment; its port stays the same when it is started again.
    /// </summary>
    public IReadOnlyDictionary<string, string> Settings(string replica)
    {
        // It is told everything here through its API, so it need not be up for long to know it all.
        var settings = new Dictionary<string, string>
        {
            ["Alerts__AlertmanagerUrl"] = Url.GetLeftPart(UriPartial.Authority),
            ["Alerts__SettledAfter"] = "00:00:00",
            ["Alerts__AskEvery"] = "00:00:10",
        };
        if (ports.TryGetValue(replica, out var port))
        {
            settings["Alerts__Listen"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");
            settings["Alerts__Token"] = Token;
        }

        return settings;
    }

    /// <summary>So many alerts of one name fire, each of its own instance.</summary>
    /// <param name="since">World time; Alertmanager takes what lies in the past.</param>
    public Task FireAsync(string name, int count, DateTimeOffset since, CancellationToken cancellationToken)
    {
        firing[name] = (count, since);
        return PostAsync(name, count, since, null, cancellationToken);
    }

    /// <summary>Those of the name are over.</summary>
    /// <exception cref="InvalidOperationException">None of that name fires.</exception>
    public Task ResolveAsync(string name, DateTimeOffset at, CancellationToken cancellationToken) =>
        firing.TryRemove(name, out var was)
            ? PostAsync(name, was.Count, was.Since, at > was.Since ? at : was.Since.AddSeconds(1), cancellationToken)
            : throw new InvalidOperationException($"No alert '{name}' fires.");

    /// <summary>The comments of the silences that stand.</summary>
    public async Task<IReadOnlyList<string>> SilencesAsync(CancellationToken cancellationToken)
    {
        var silences = await client.GetFromJsonAsync<JsonElement>(new Uri(Url, "/api/v2/silences"), cancellationToken);
        return
        [
            .. silences
                .EnumerateArray()
                .Where(s => s.GetProperty("status").GetProperty("state").GetString() == "active")
                .Select(s => s.GetProperty("comment").GetString() ?? ""),
        ];
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            await process.DisposeAsync();
            process = null;
        }

        client.Dispose();
    }

    private string Configuration => Path.Combine(folder, "alertmanager.yml");

    private async Task PostAsync(
        string name,
        int count,
        DateTimeOffset since,
        DateTimeOffset? until,
        CancellationToken cancellationToken
    )
    {
        var alerts = Enumerable
            .Range(1, count)
            .Select(i => new
            {
                labels = new Dictionary<string, string>
                {
                    ["alertname"] = name,
                    ["env"] = "prod",
                    ["instance"] = string.Create(CultureInfo.InvariantCulture, $"{name}-{i}"),
                },
                annotations = new Dictionary<string, string> { ["summary"] = $"{name} in the sandbox" },
                startsAt = since,
                endsAt = until,
            });
        using var body = JsonContent.Create(
            alerts,
            options: new JsonSerializerOptions(JsonSerializerDefaults.Web)
            {
                DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
            }
        );
        using var response = await client.PostAsync(new Uri(Url, "/api/v2/alerts"), body, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException(
                $"Alertmanager refused: {await response.Content.ReadAsStringAsync(cancellationToken)}"
            );
        }
    }

    // Short waits: nobody in a sandbox wants to sit through half a minute of grouping.
    private string Configured()
    {
        var hooks = string.Concat(
            ports.Values.Select(port =>
                $$"""
                          - url: http://127.0.0.1:{{port}}/alerts
                            send_resolved: true
                            http_config:
                              authorization: { type: Bearer, credentials: {{Token}} }

                    """
            )
        );
        return $$"""
            global: { resolve_timeout: 24h }
            route:
              receiver: glancy
              group_by: [alertname, env]
              group_wait: 200ms
              group_interval: 1s
              repeat_interval: 4h
            receivers:
              - name: glancy
                webhook_configs:
            {{hooks}}
            """;
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
