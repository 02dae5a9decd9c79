using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Glancy.Bench;

/// <summary>A <c>/glancy hk</c> as Slack sends it.</summary>
internal readonly record struct SignedCommand(string Timestamp, string Signature, string Body);

/// <summary>
/// Signs commands, each of another person: of the same person's only so many may wait, and what is beyond is not
/// written down. Slack's signatures are good for five minutes.
/// </summary>
internal sealed class Signed(string team, string secret)
{
    private readonly byte[] key = Encoding.UTF8.GetBytes(secret);
    private readonly string mark = RandomNumberGenerator.GetHexString(4);
    private int number;

    public SignedCommand Next()
    {
        var n = Interlocked.Increment(ref number);
        var body =
            $"team_id={team}&user_id=U{mark}{n:0000000}&user_name=bench&channel_id=C0GLANCYOPS&channel_name=glancy-ops"
            + $"&command=%2Fglancy&text=hk&trigger_id=bench.{mark}.{n}";
        var timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var mac = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"v0:{timestamp}:{body}"));
        return new SignedCommand(timestamp, "v0=" + Convert.ToHexStringLower(mac), body);
    }

    /// <summary>As one request.</summary>
    public HttpRequestMessage Request(Uri door)
    {
        var (timestamp, signature, body) = Next();
        return new HttpRequestMessage(HttpMethod.Post, door)
        {
            Content = new StringContent(body, new MediaTypeHeaderValue("application/x-www-form-urlencoded")),
            Headers = { { "X-Slack-Request-Timestamp", timestamp }, { "X-Slack-Signature", signature } },
        };
    }

    /// <summary>Many of them, one a line.</summary>
    public void Write(string file, int count)
    {
        using var writer = new StreamWriter(file);
        for (var i = 0; i < count; i++)
        {
            var (timestamp, signature, body) = Next();
            writer.Write($"{timestamp}\t{signature}\t{body}\n");
        }
    }
}
