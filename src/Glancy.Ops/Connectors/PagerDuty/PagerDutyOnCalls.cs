using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using Glancy.Ops.Roster.Sources;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Glancy.Ops.Connectors.PagerDuty;

/// <summary>Who is on call on a schedule by PagerDuty's REST API v2: <c>GET /oncalls</c>, page by page, within a deadline.</summary>
public sealed class PagerDutyOnCalls(IHttpClientFactory clients, IOptions<PagerOptions> options) : IRosterReader
{
    private const string ClientName = "pagerduty-rest";
    private const int PageSize = 100;
    private const int MostPages = 20;
    private const int LargestAnswer = 8 << 20;
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(15);

    public SourceKind Kind => SourceKind.PagerDuty;

    /// <inheritdoc/>
    public async Task<RosterReading> ReadAsync(string id, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        if (options.Value.RestToken.Length == 0)
        {
            return new RosterReading.NotHeard("not-set-up");
        }

        using var within = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        within.CancelAfter(Within);
        try
        {
            using var client = clients.CreateClient(ClientName);
            List<HeardTurn> turns = [];
            for (var page = 0; page < MostPages; page++)
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, Address(id, from, until, page * PageSize));
                request.Headers.Authorization = new AuthenticationHeaderValue("Token", "token=" + options.Value.RestToken);
                request.Headers.Accept.ParseAdd("application/vnd.pagerduty+json;version=2");
                using var answer = await client.SendAsync(request, within.Token);
                if (!answer.IsSuccessStatusCode)
                {
                    return new RosterReading.NotHeard(string.Create(CultureInfo.InvariantCulture, $"http-{(int)answer.StatusCode}"));
                }

                var listed = await answer.Content.ReadFromJsonAsync<Listed>(within.Token);
                if (listed?.OnCalls is not { } entries || entries.Any(e => e?.User?.Id is null || e.Schedule?.Id != id || e.End <= e.Start))
                {
                    return new RosterReading.NotHeard("unreadable");
                }

                turns.AddRange(entries.OfType<Entry>().Select(e => new HeardTurn(e.User?.Id ?? "", e.Start, e.End)));
                if (!listed.More)
                {
                    return new RosterReading.Heard(turns, until);
                }
            }

            // So many turns in a week are no roster.
            return new RosterReading.NotHeard("unreadable");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new RosterReading.NotHeard("deadline");
        }
        catch (HttpRequestException trouble)
        {
            return new RosterReading.NotHeard(trouble.HttpRequestError.ToString());
        }
        catch (JsonException)
        {
            return new RosterReading.NotHeard("unreadable");
        }
    }

    /// <summary>Nothing of a request is logged, since its header holds the token, and none is followed elsewhere.</summary>
    internal static void Add(IServiceCollection services)
    {
        services.AddHttpClient(ClientName, client =>
            {
                client.MaxResponseContentBufferSize = LargestAnswer;
                client.Timeout = Timeout.InfiniteTimeSpan;
            })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
            .RemoveAllLoggers();
        services.AddSingleton<IRosterReader, PagerDutyOnCalls>();
    }

    private Uri Address(string id, DateTimeOffset from, DateTimeOffset until, int offset) => new(
        new Uri(options.Value.RestUrl),
        string.Create(CultureInfo.InvariantCulture, $"/oncalls?schedule_ids%5B%5D={Uri.EscapeDataString(id)}&since={Time(from)}&until={Time(until)}&time_zone=UTC&limit={PageSize}&offset={offset}"));

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private sealed record Listed(
        [property: JsonPropertyName("oncalls")] IReadOnlyList<Entry?>? OnCalls,
        [property: JsonPropertyName("more")] bool More);

    private sealed record Entry(
        [property: JsonPropertyName("user")] Reference? User,
        [property: JsonPropertyName("schedule")] Reference? Schedule,
        [property: JsonPropertyName("start")] DateTimeOffset? Start,
        [property: JsonPropertyName("end")] DateTimeOffset? End);

    private sealed record Reference([property: JsonPropertyName("id")] string? Id);
}
