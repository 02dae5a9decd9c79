using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace Glancy.Ops.Connectors.Alertmanager;

/// <summary>
/// Alertmanager's API, version 2: silences, and what fires. Nothing is repeated here: who asks twice must know why.
/// </summary>
public sealed class AlertmanagerClient(HttpClient http)
{
    private const int LongestReason = 200;

    /// <summary>Makes a silence that begins now; by real time, which is Alertmanager's.</summary>
    /// <param name="comment">Carries a token by which it can be found.</param>
    public async Task<AlertmanagerAnswer> SilenceAsync(
        IReadOnlyDictionary<string, string> labels,
        TimeSpan length,
        string by,
        string comment,
        CancellationToken cancellationToken
    )
    {
        var now = TimeProvider.System.GetUtcNow();
        var silence = new
        {
            matchers = labels.Select(l => new
            {
                name = l.Key,
                value = l.Value,
                isRegex = false,
                isEqual = true,
            }),
            startsAt = now,
            endsAt = now + length,
            createdBy = by,
            comment,
        };
        return await AskAsync(
            () => http.PostAsJsonAsync("api/v2/silences", silence, cancellationToken),
            root =>
                root.TryGetProperty("silenceID", out var id) && id.GetString() is { Length: > 0 } made
                    ? new AlertmanagerAnswer.Done(made)
                    : new AlertmanagerAnswer.Unknown(),
            cancellationToken
        );
    }

    /// <summary>The silence that stands with this token in its comment.</summary>
    public Task<AlertmanagerAnswer> FindAsync(string token, CancellationToken cancellationToken) =>
        AskAsync(
            () => http.GetAsync(new Uri("api/v2/silences", UriKind.Relative), cancellationToken),
            root =>
                root.EnumerateArray()
                    .FirstOrDefault(s =>
                        IsAlive(s)
                        && s.GetProperty("comment").GetString()?.Contains(token, StringComparison.Ordinal) == true
                    )
                    is { ValueKind: JsonValueKind.Object } found
                    ? new AlertmanagerAnswer.Done(found.GetProperty("id").GetString() ?? "")
                    : new AlertmanagerAnswer.None(),
            cancellationToken
        );

    /// <summary>Ends a silence; one that it does not know is none.</summary>
    public async Task<AlertmanagerAnswer> EndAsync(string silence, CancellationToken cancellationToken) =>
        await AskAsync(
            () =>
                http.DeleteAsync(
                    new Uri("api/v2/silence/" + Uri.EscapeDataString(silence), UriKind.Relative),
                    cancellationToken
                ),
            _ => new AlertmanagerAnswer.Done(silence),
            cancellationToken
        );

    /// <summary>
    /// Everything that fires, silenced or not; null when it could not be asked or its answer is none.
    /// </summary>
    public async Task<AlertsListed?> FiringAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var status = JsonDocument.Parse(
                await http.GetStringAsync(new Uri("api/v2/status", UriKind.Relative), cancellationToken)
            );
            using var alerts = JsonDocument.Parse(
                await http.GetStringAsync(
                    new Uri(
                        "api/v2/alerts?active=true&silenced=true&inhibited=true&unprocessed=true",
                        UriKind.Relative
                    ),
                    cancellationToken
                )
            );
            return new AlertsListed(
                status.RootElement.GetProperty("uptime").GetDateTimeOffset(),
                alerts
                    .RootElement.EnumerateArray()
                    .Select(Listed)
                    .GroupBy(a => a.Fingerprint, StringComparer.Ordinal)
                    .ToDictionary(g => g.Key, g => g.First().Alert, StringComparer.Ordinal)
            );
        }
        catch (Exception e)
            when (e
                    is HttpRequestException
                        or JsonException
                        or InvalidOperationException
                        or KeyNotFoundException
                        or FormatException
                        or IOException
                || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            return null;
        }
    }

    // To the microsecond, as deliveries are read.
    private static (string Fingerprint, ListedAlert Alert) Listed(JsonElement alert)
    {
        var starts = alert.GetProperty("startsAt").GetDateTimeOffset().ToUniversalTime();
        var suppressed = alert.GetProperty("status").GetProperty("state").GetString() == "suppressed";
        return (
            alert.GetProperty("fingerprint").GetString() ?? "",
            new ListedAlert(starts.AddTicks(-(starts.Ticks % TimeSpan.TicksPerMicrosecond)), suppressed)
        );
    }

    private static bool IsAlive(JsonElement silence) =>
        silence.GetProperty("status").GetProperty("state").GetString() is "active" or "pending";

    private static async Task<AlertmanagerAnswer> AskAsync(
        Func<Task<HttpResponseMessage>> ask,
        Func<JsonElement, AlertmanagerAnswer> read,
        CancellationToken cancellationToken
    )
    {
        try
        {
            using var response = await ask();
            var body = await response.Content.ReadAsStringAsync(cancellationToken);
            if (response.StatusCode == HttpStatusCode.NotFound)
            {
                return new AlertmanagerAnswer.None();
            }

            if (!response.IsSuccessStatusCode)
            {
                // What a proxy before it says does not tell what happened behind.
                return (int)response.StatusCode < 500
                    ? new AlertmanagerAnswer.Refused(Cut(body, response.StatusCode))
                    : new AlertmanagerAnswer.Unknown();
            }

            using var document = JsonDocument.Parse(body.Length == 0 ? "{}" : body);
            return read(document.RootElement);
        }
        catch (HttpRequestException e)
            when (e.GetBaseException()
                    is SocketException
                    {
                        SocketErrorCode: SocketError.ConnectionRefused
                            or SocketError.HostNotFound
                            or SocketError.HostUnreachable
                            or SocketError.NetworkUnreachable
                    }
            )
        {
            return new AlertmanagerAnswer.NotReached();
        }
        catch (Exception e)
            when (e
                    is HttpRequestException
                        or JsonException
                        or InvalidOperationException
                        or KeyNotFoundException
                        or IOException
                || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            return new AlertmanagerAnswer.Unknown();
        }
    }

    private static string Cut(string body, HttpStatusCode status)
    {
        var said = body.Trim().Trim('"');
        return said.Length == 0 ? ((int)status).ToString(System.Globalization.CultureInfo.InvariantCulture)
            : said.Length <= LongestReason ? said
            : said[..LongestReason] + "...";
    }
}
