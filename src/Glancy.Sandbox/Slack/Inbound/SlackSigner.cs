using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Glancy.Sandbox.Slack.Inbound;

/// <summary>Signs what is delivered, as Slack documents it.</summary>
internal static class SlackSigner
{
    /// <summary>Adds both headers.</summary>
    public static void Sign(HttpRequestMessage request, string secret, DateTimeOffset at, byte[] body)
    {
        var timestamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"v0:{timestamp}:"), .. body];
        request.Headers.Add("X-Slack-Request-Timestamp", timestamp);
        request.Headers.Add(
            "X-Slack-Signature",
            "v0=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed))
        );
    }
}
