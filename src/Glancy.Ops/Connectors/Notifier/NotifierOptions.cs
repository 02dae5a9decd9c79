using System.ComponentModel.DataAnnotations;

namespace Glancy.Ops.Connectors.Notifier;

/// <summary>
/// Ways to reach people outside Slack, section <c>Glancy:Notifiers</c>; each is used when its address is set. Keys are
/// secret.
/// </summary>
public sealed class NotifierOptions : IValidatableObject
{
    /// <summary>A custom robot of a Feishu group: its webhook, and the secret of its signature.</summary>
    public string FeishuUrl { get; set; } = "";

    public string FeishuSecret { get; set; } = "";

    /// <summary>
    /// A custom robot of a DingTalk group: its webhook with the access token, and the secret of its signature (SEC...).
    /// </summary>
    public string DingTalkUrl { get; set; } = "";

    public string DingTalkSecret { get; set; } = "";

    /// <summary>A group robot of WeCom: its webhook with the key.</summary>
    public string WeComUrl { get; set; } = "";

    /// <summary>An SMS gateway that takes <c>{"to": "+86...", "text": "..."}</c> with a bearer token.</summary>
    public string SmsUrl { get; set; } = "";

    public string SmsToken { get; set; } = "";

    /// <summary>How long one call outside may take, PagerDuty's too; real time.</summary>
    [Range(typeof(TimeSpan), "00:00:00.500", "00:01:00")]
    public TimeSpan CallWithin { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Addresses are https, or this machine's own; a signature needs its secret.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (
            var (name, url) in new[]
            {
                (nameof(FeishuUrl), FeishuUrl),
                (nameof(DingTalkUrl), DingTalkUrl),
                (nameof(WeComUrl), WeComUrl),
                (nameof(SmsUrl), SmsUrl),
            }
        )
        {
            if (url.Length > 0 && !IsSafe(url))
            {
                // Not the address itself: it holds a key.
                yield return new ValidationResult($"Notifiers: {name} is no https address.", [name]);
            }
        }

        foreach (
            var (url, name, secret) in new[]
            {
                (FeishuUrl, nameof(FeishuSecret), FeishuSecret),
                (DingTalkUrl, nameof(DingTalkSecret), DingTalkSecret),
                (SmsUrl, nameof(SmsToken), SmsToken),
            }
        )
        {
            if (url.Length > 0 && secret.Length == 0)
            {
                yield return new ValidationResult($"Notifiers: {name} is not set.", [name]);
            }
        }
    }

    internal static bool IsSafe(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));
}
