using System.Net.Http.Json;
using System.Text.Json;
using Glancy.Ops.Connectors.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Glancy.Ops.Connectors.Notifier;

/// <summary>
/// Sends one JSON document and reads one back, once and within a deadline; who repeats it is the one who calls.
/// </summary>
public sealed class Sending(IHttpClientFactory clients, IOptions<NotifierOptions> options)
{
    private const string Name = "calls-outside";
    private const int LargestAnswer = 64 * 1024;

    /// <param name="read">What the answer of a 2xx means; null for a body that is no JSON.</param>
    /// <param name="bearer">A token for the header; null for none.</param>
    internal async Task<SendResult> PostAsync(
        Uri address,
        object body,
        string? bearer,
        Func<JsonElement?, SendResult> read,
        CancellationToken cancellationToken
    )
    {
        using var within = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        within.CancelAfter(options.Value.CallWithin);
        try
        {
            using var client = clients.CreateClient(Name);
            using var request = new HttpRequestMessage(HttpMethod.Post, address)
            {
                Content = JsonContent.Create(body, options: Plain),
            };
            if (bearer is not null)
            {
                request.Headers.Authorization = new System.Net.Http.Headers.AuthenticationHeaderValue("Bearer", bearer);
            }

            using var answer = await client.SendAsync(request, within.Token);
            return SendResult.Of(answer, TimeProvider.System.GetUtcNow())
                ?? read(await JsonAsync(answer, within.Token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new SendResult.Failed("deadline", null);
        }
        catch (HttpRequestException trouble)
        {
            // The message may hold the address, and that a key.
            return new SendResult.Failed(trouble.HttpRequestError.ToString(), null);
        }
    }

    internal static void Add(IServiceCollection services)
    {
        services.AddOutsideClient(Name, LargestAnswer);
        services.AddSingleton<Sending>();
    }

    private static JsonSerializerOptions Plain { get; } =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static async Task<JsonElement?> JsonAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        try
        {
            return await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
