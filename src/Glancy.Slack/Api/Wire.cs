using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Glancy.Slack.Api;

/// <summary>Sends one request and reads one answer, within the time of an attempt.</summary>
internal sealed class Wire(
    IHttpClientFactory clients,
    IOptions<SlackOptions> options,
    [FromKeyedServices(SlackServices.WireClock)] TimeProvider clock
)
{
    public const string HttpName = "Glancy.Slack";
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromMinutes(10);
    private readonly SlackOptions settings = options.Value;

    /// <summary>One attempt of a method, with the bot's token.</summary>
    public async Task<Answer> CallAsync(SlackCall call, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(settings.ApiBase, call.Method))
        {
            Content = call.Content(),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", settings.BotToken);
        return await SendAsync(request, Answer.Read, cancellationToken);
    }

    /// <summary>One attempt at an address Slack gave us; the token stays at home.</summary>
    /// <param name="read">Status, Retry-After and body to an answer.</param>
    public async Task<Answer> PostAsync(
        Uri address,
        HttpContent content,
        Func<System.Net.HttpStatusCode, TimeSpan?, byte[], Answer> read,
        CancellationToken cancellationToken
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
        return await SendAsync(request, read, cancellationToken);
    }

    private async Task<Answer> SendAsync(
        HttpRequestMessage request,
        Func<System.Net.HttpStatusCode, TimeSpan?, byte[], Answer> read,
        CancellationToken cancellationToken
    )
    {
        using var limit = new CancellationTokenSource(settings.AttemptTimeout, clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            using var client = clients.CreateClient(HttpName);
            using var response = await client.SendAsync(request, ending.Token);
            return read(
                response.StatusCode,
                RetryAfter(response),
                await response.Content.ReadAsByteArrayAsync(ending.Token)
            );
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // Ours or the caller's: either way the request may be on its way. The caller looks at its own token.
            return new Answer.Doubt("no answer in time");
        }
        catch (HttpRequestException e)
            when (e.HttpRequestError
                    is HttpRequestError.ConnectionError
                        or HttpRequestError.NameResolutionError
                        or HttpRequestError.SecureConnectionError
            )
        {
            return new Answer.NotSent(e.Message);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return new Answer.Doubt(e.Message);
        }
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        var header = response.Headers.RetryAfter;
        var after = header?.Delta ?? (header?.Date is { } date ? date - clock.GetUtcNow() : null);
        return after is not { } time || time <= TimeSpan.Zero ? null
            : time < LongestRetryAfter ? time
            : LongestRetryAfter;
    }
}
