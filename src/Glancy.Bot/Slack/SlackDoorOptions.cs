using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Glancy.Bot.Slack;

/// <summary>The bot's own settings of the section <c>Slack</c>, beside those of the client library.</summary>
public sealed class SlackDoorOptions : IValidatableObject
{
    /// <summary>Address and port on which Slack's requests arrive, for example <c>127.0.0.1:8080</c>; empty for no Slack at all.</summary>
    public string Listen { get; set; } = "";

    /// <summary>How long one command may take; real time.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan WorkWithin { get; set; } = TimeSpan.FromSeconds(30);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IPEndPoint.TryParse(Listen, out var address) || address.Port == 0)
        {
            yield return new ValidationResult($"Slack: Listen is no address with a port: {Listen}", [nameof(Listen)]);
        }
    }
}
