using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Glancy.Runbook.People;
using Microsoft.Extensions.Options;

namespace Glancy.Ops.Connectors.Notifier;

/// <summary>A custom robot in a DingTalk group; who has a phone number is mentioned by it.</summary>
internal sealed class DingTalkNotifier(Sending sending, IOptions<NotifierOptions> options) : INotifier
{
    // More than twenty a minute.
    private const int TooOften = 130101;

    public string Service => "dingtalk";

    public bool IsSetUp => options.Value.DingTalkUrl.Length > 0;

    public bool Reaches(Person person) => true;

    public Task<SendResult> SendAsync(Person person, string text, CancellationToken cancellationToken)
    {
        var timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var body = new
        {
            msgtype = "text",
            text = new { content = text },
            at = new { atMobiles = Mobiles.Of(person), isAtAll = false },
        };
        return sending.PostAsync(
            Address(options.Value.DingTalkUrl, timestamp, options.Value.DingTalkSecret),
            body,
            null,
            answer => Codes.Read(answer, ["errcode"], TooOften),
            cancellationToken
        );
    }

    /// <summary>
    /// The webhook with the base64 of the HMAC-SHA256 of "timestamp, line feed, secret" under the secret.
    /// </summary>
    /// <param name="timestamp">Milliseconds.</param>
    public static Uri Address(string webhook, long timestamp, string secret)
    {
        var sign = Convert.ToBase64String(
            HMACSHA256.HashData(
                Encoding.UTF8.GetBytes(secret),
                Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{timestamp}\n{secret}"))
            )
        );
        return new Uri(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{webhook}{(webhook.Contains('?', StringComparison.Ordinal) ? '&' : '?')}"
                    + $"timestamp={timestamp}&sign={Uri.EscapeDataString(sign)}"
            )
        );
    }
}
