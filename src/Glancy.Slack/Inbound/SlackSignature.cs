using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Glancy.Slack.Inbound;

/// <summary>
/// Slack's v0 signature: HMAC-SHA256 over <c>v0:{timestamp}:{raw body}</c> with the signing secret, hex, in
/// <c>X-Slack-Signature</c>. Whatever is missing, malformed, too old or too far ahead is simply not signed; nobody
/// learns which.
/// </summary>
internal static class SlackSignature
{
    public const string SignatureHeader = "X-Slack-Signature";
    public const string TimestampHeader = "X-Slack-Request-Timestamp";
    private const string Version = "v0=";

    /// <summary>True when whoever knows the secret signed exactly these bytes within the window around now.</summary>
    /// <param name="secret">Empty or blank: nothing is signed, whatever it says.</param>
    /// <param name="timestamp">Unix seconds as they stood in the header.</param>
    public static bool Holds(
        string? secret,
        string? timestamp,
        string? signature,
        ReadOnlySpan<byte> body,
        DateTimeOffset now,
        TimeSpan window
    )
    {
        if (
            string.IsNullOrWhiteSpace(secret)
            || timestamp is null
            || signature is null
            || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || !InWindow(seconds, now, window)
            || !signature.StartsWith(Version, StringComparison.Ordinal)
        )
        {
            return false;
        }

        Span<byte> claimed = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var hex = signature.AsSpan(Version.Length);
        if (
            hex.Length != 2 * claimed.Length
            || Convert.FromHexString(hex, claimed, out _, out _) != System.Buffers.OperationStatus.Done
        )
        {
            return false;
        }

        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.ASCII.GetBytes($"v0:{timestamp}:"));
        hmac.AppendData(body);
        hmac.GetHashAndReset(expected);

        // Constant time: the time of an answer must not tell how many bytes of a guess were right.
        return CryptographicOperations.FixedTimeEquals(expected, claimed);
    }

    // Either direction: a request dated ahead could be kept and played again much later.
    private static bool InWindow(long seconds, DateTimeOffset now, TimeSpan window) =>
        seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
        && (now - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration() <= window;
}
