using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Glancy.Runbook.People;
using Microsoft.Extensions.Options;

namespace Glancy.Ops.Connectors.Notifier;

/// <summary>
/// A custom robot in a Feishu group. Its signature is judged by the real clock, whatever the world's is.
/// </summary>
internal sealed class FeishuNotifier(Sending sending, IOptions<NotifierOptions> options) : INotifier
{
    // Too often for the group's robot; everything else that is not 0 stays a no.
    private const int TooOften = 11232;

    public string Service => "feishu";

    public bool IsSetUp => options.Value.FeishuUrl.Length > 0;

    public bool Reaches(Person person) => true;

    public Task<SendResult> SendAsync(Person person, string text, CancellationToken cancellationToken)
    {
        var timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var body = new
        {
            timestamp = timestamp.ToString(CultureInfo.InvariantCulture),
            sign = Sign(timestamp, options.Value.FeishuSecret),
            msg_type = "text",
            content = new { text },
        };
        return sending.PostAsync(new Uri(options.Value.FeishuUrl), body, null, Read, cancellationToken);
    }

    /// <summary>Base64 of the HMAC-SHA256 of nothing, with "timestamp, line feed, secret" as its key.</summary>
    /// <param name="timestamp">Seconds.</param>
    public static string Sign(long timestamp, string secret) =>
        Convert.ToBase64String(
            HMACSHA256.HashData(
                Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{timestamp}\n{secret}")),
                Array.Empty<byte>()
            )
        );

    // An error comes with 200 and a code; old robots answer with a capital letter.
    private static SendResult Read(JsonElement? answer) => Codes.Read(answer, ["code", "StatusCode"], TooOften);
}
