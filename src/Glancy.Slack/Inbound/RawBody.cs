using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace Glancy.Slack.Inbound;

/// <summary>The bytes of a request as they came; the signature is over these, so nothing may parse before.</summary>
internal static class RawBody
{
    /// <summary>The whole body; null when it is larger than allowed, by its own word or in fact.</summary>
    public static async Task<byte[]?> ReadAsync(HttpRequest request, int most, CancellationToken cancellationToken)
    {
        if (request.ContentLength > most)
        {
            return null;
        }

        var reader = request.BodyReader;
        while (true)
        {
            var result = await reader.ReadAsync(cancellationToken);
            if (result.Buffer.Length > most)
            {
                reader.AdvanceTo(result.Buffer.End);
                return null;
            }

            if (result.IsCompleted)
            {
                var bytes = result.Buffer.ToArray();
                reader.AdvanceTo(result.Buffer.End);
                return bytes;
            }

            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }
}
