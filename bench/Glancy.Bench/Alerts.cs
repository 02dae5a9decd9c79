using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using Glancy.Sandbox.Processes;
using Glancy.Sandbox.Worlds;

namespace Glancy.Bench;

/// <summary>
/// Alerts as Alertmanager tells them, each a delivery and a group of its own. Whoever has the answer has it written
/// down; what was refused is not sent again here, though Alertmanager would.
/// </summary>
internal sealed class Alerts
{
    public static readonly string[] Rows =
    [
        "alerts, 1,000 a minute: webhook to written down, p99",
        "the same, lost",
        "5,000 alerts in ten seconds, lost",
    ];

    private const int AMinute = 1000;
    private const int Burst = 5000;
    private const int BurstPerSecond = Burst / 10;

    private readonly int port = LoopbackPort.Free();
    private readonly string token = RandomNumberGenerator.GetHexString(32);

    /// <summary>The door at which they are told.</summary>
    public Dictionary<string, string> Settings =>
        new() { ["Alerts__Listen"] = Child.Listen(port), ["Alerts__Token"] = token };

    public async Task<IReadOnlyList<Line>> MeasureAsync(World world, int minutes)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        await Paced.RunAsync(20, 40, i => TellAsync(http, "warm", i, world.Clock.Now));
        var (steady, lost) = await TellAsync(http, world, "steady", AMinute / 60.0, AMinute * minutes);
        var (burst, lostAtOnce) = await TellAsync(http, world, "burst", BurstPerSecond, Burst);
        return
        [
            Line.AtMost(
                Rows[0],
                steady.P99,
                "ms",
                (150, 50),
                $"median {steady.Median:0.0} ms; for {minutes} min. Keep publishes 1.5 s on 16 vCPU"
            ),
            Line.AtMost(Rows[1], lost, "", (0, 0), $"of {AMinute * minutes}; {steady.Refused} refused"),
            Line.AtMost(
                Rows[2],
                lostAtOnce,
                "",
                (0, 0),
                $"{burst.Refused} refused; p99 {burst.P99:0} ms, the last written down after "
                    + $"{burst.Took.TotalSeconds:0.0} s"
            ),
        ];
    }

    private async Task<(Paced Paced, long Lost)> TellAsync(
        HttpClient http,
        World world,
        string name,
        double perSecond,
        int count
    )
    {
        var paced = await Paced.RunAsync(perSecond, count, i => TellAsync(http, name, i, world.Clock.Now));
        var rows = await Bench.CountAsync(
            world.Databases.BotRuntime,
            $"select count(*) from glancy.alert where labels->>'alertname' = '{name}'"
        );
        return (paced, count - rows);
    }

    private async Task<bool> TellAsync(HttpClient http, string name, int number, DateTimeOffset at)
    {
        var labels = new
        {
            alertname = name,
            instance = $"{number}",
            severity = "warning",
        };
        var delivery = new
        {
            version = "4",
            groupKey = $"{{}}:{{alertname=\"{name}\", instance=\"{number}\"}}",
            status = "firing",
            receiver = "glancy",
            groupLabels = new { alertname = name, instance = $"{number}" },
            commonLabels = labels,
            commonAnnotations = new { },
            externalURL = "http://alertmanager",
            truncatedAlerts = 0,
            alerts = new[]
            {
                new
                {
                    status = "firing",
                    labels,
                    annotations = new { summary = $"Instance {number} is slow" },
                    startsAt = at,
                    endsAt = DateTimeOffset.MinValue,
                    generatorURL = "http://prometheus/graph",
                    fingerprint = Convert.ToHexStringLower(
                        SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(labels)).AsSpan(0, 8)
                    ),
                },
            },
        };
        using var response = await http.PostAsJsonAsync(new Uri($"http://{Child.Listen(port)}/alerts"), delivery);
        return response.StatusCode == HttpStatusCode.OK;
    }
}
