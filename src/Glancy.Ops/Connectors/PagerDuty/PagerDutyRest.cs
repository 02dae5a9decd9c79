using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Glancy.Ops.Connectors.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Glancy.Ops.Connectors.PagerDuty;

/// <summary>Reads from PagerDuty's REST API v2.</summary>
public sealed class PagerDutyRest(IHttpClientFactory clients, IOptions<PagerOptions> options)
{
    private const string ClientName = "pagerduty-rest";
    private const int LargestAnswer = 8 << 20;

    public bool IsSetUp => options.Value.RestToken.Length > 0;

    /// <summary>
    /// One document, or why there is none: <c>http-404</c>, <c>deadline</c>, <c>unreadable</c>, or what went wrong with
    /// the connection.
    /// </summary>
    /// <param name="within">Ends the waiting; the caller's own token throws.</param>
    internal async Task<(T? Answer, string? Trouble)> GetAsync<T>(
        string address,
        CancellationToken within,
        CancellationToken cancellationToken
    )
        where T : class
    {
        try
        {
            using var client = clients.CreateClient(ClientName);
            using var request = new HttpRequestMessage(
                HttpMethod.Get,
                new Uri(new Uri(options.Value.RestUrl), address)
            );
            request.Headers.Authorization = new AuthenticationHeaderValue("Token", "token=" + options.Value.RestToken);
            request.Headers.Accept.ParseAdd("application/vnd.pagerduty+json;version=2");
            using var answer = await client.SendAsync(request, within);
            if (!answer.IsSuccessStatusCode)
            {
                return (null, string.Create(CultureInfo.InvariantCulture, $"http-{(int)answer.StatusCode}"));
            }

            return await answer.Content.ReadFromJsonAsync<T>(within) is { } read ? (read, null) : (null, "unreadable");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, "deadline");
        }
        catch (HttpRequestException trouble)
        {
            return (null, trouble.HttpRequestError.ToString());
        }
        catch (JsonException)
        {
            return (null, "unreadable");
        }
    }

    internal static void Add(IServiceCollection services)
    {
        services.AddOutsideClient(ClientName, LargestAnswer);
        services.AddSingleton<PagerDutyRest>();
    }
}
