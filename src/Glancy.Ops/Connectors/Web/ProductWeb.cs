using System.Diagnostics;

namespace Glancy.Ops.Connectors.Web;

/// <summary>An answer of the product's public interface.</summary>
/// <param name="Seconds">Until the body was read.</param>
/// <param name="Body">At most 64 KiB of it; outside text.</param>
internal sealed record WebAnswer(int Status, double Seconds, IReadOnlyDictionary<string, string> Headers, string Body);

/// <summary>Asks the product over HTTP, as a customer would.</summary>
internal sealed class ProductWeb(HttpClient client)
{
    private const int LongestBody = 64 * 1024;

    /// <summary>Null when there was no answer within the client's timeout.</summary>
    public async Task<WebAnswer?> GetAsync(string path, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            using var response = await client.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
            var body = await response.Content.ReadAsStringAsync(cancellationToken);
            var headers = response
                .Headers.Concat(response.Content.Headers)
                .ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase);
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            return new WebAnswer(
                (int)response.StatusCode,
                seconds,
                headers,
                body.Length > LongestBody ? body[..LongestBody] : body
            );
        }
        catch (HttpRequestException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
