using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Glancy.Ops.Tests.Alerts;

/// <summary>Alertmanager's silences and alerts as lists, and ways to fail.</summary>
internal sealed class StandInAlertmanager : HttpMessageHandler
{
    /// <summary>What it has been asked for, by its name.</summary>
    public Dictionary<string, JsonElement> Silences { get; } = [];

    /// <summary>
    /// What fires there, by fingerprint; what is suppressed is told of only to whoever asks for that, too.
    /// </summary>
    public Dictionary<string, (DateTimeOffset StartsAt, bool Suppressed)> Firing { get; } = [];

    public DateTimeOffset UpSince { get; set; } = TimeProvider.System.GetUtcNow().AddDays(-1);

    /// <summary>How often it has been asked what fires.</summary>
    public int Asked { get; private set; }

    /// <summary>How many silences it has made in all.</summary>
    public int Made { get; private set; }

    public bool Away { get; set; }

    /// <summary>Does what it is asked to, and does not answer.</summary>
    public bool Mute { get; set; }

    /// <summary>Says no, in these words.</summary>
    public string? No { get; set; }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        if (Away)
        {
            throw new HttpRequestException("refused", new SocketException((int)SocketError.ConnectionRefused));
        }

        if (No is { } no)
        {
            return new HttpResponseMessage(HttpStatusCode.BadRequest)
            {
                Content = new StringContent($"\"{no}\"", Encoding.UTF8, "application/json"),
            };
        }

        var path = request.RequestUri?.AbsolutePath ?? "";
        object? answer = null;
        if (request.Method == HttpMethod.Post && request.Content is { } content)
        {
            var id = $"silence-{++Made}";
            Silences[id] = await content.ReadFromJsonAsync<JsonElement>(cancellationToken);
            answer = new { silenceID = id };
        }
        else if (path == "/api/v2/status")
        {
            answer = new { uptime = UpSince };
        }
        else if (path == "/api/v2/alerts")
        {
            Asked++;
            var wanted = request.RequestUri?.Query ?? "";
            var all =
                wanted.Contains("silenced=true", StringComparison.Ordinal)
                && wanted.Contains("inhibited=true", StringComparison.Ordinal);
            answer = Firing
                .Where(f => all || !f.Value.Suppressed)
                .Select(f => new
                {
                    fingerprint = f.Key,
                    startsAt = f.Value.StartsAt,
                    endsAt = f.Value.StartsAt.AddDays(1),
                    status = new
                    {
                        state = f.Value.Suppressed ? "suppressed" : "active",
                        silencedBy = Array.Empty<string>(),
                    },
                });
        }
        else if (request.Method == HttpMethod.Get)
        {
            answer = Silences.Select(s => new
            {
                id = s.Key,
                comment = s.Value.GetProperty("comment").GetString(),
                status = new { state = "active" },
            });
        }
        else if (!Silences.Remove(path.Split('/')[^1]))
        {
            return new HttpResponseMessage(HttpStatusCode.NotFound);
        }

        return Mute
            ? throw new TaskCanceledException("timed out", new TimeoutException())
            : new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = answer is null ? new StringContent("") : JsonContent.Create(answer),
            };
    }
}
