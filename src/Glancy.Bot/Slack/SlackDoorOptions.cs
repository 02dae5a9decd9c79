using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Glancy.Bot.Slack;

/// <summary>The bot's own settings of the section <c>Slack</c>, beside those of the client library.</summary>
internal sealed class SlackDoorOptions : IValidatableObject
{
    /// <summary>
    /// Address and port on which Slack's requests arrive, for example <c>127.0.0.1:8080</c>; empty for no Slack at all.
    /// </summary>
    public string Listen { get; set; } = "";

    /// <summary>
    /// Id of the channel that this environment lives in: cards go there, and production is changed from there.
    /// </summary>
    public string Channel { get; set; } = "";

    /// <summary>Language of what is said to the channel; a person is answered in that person's own.</summary>
    public string Language { get; set; } = "zh-CN";

    /// <summary>The reaction that makes a message a follow-up of the shift; its name without colons.</summary>
    [RegularExpression("^[a-z0-9_+-]{1,100}$")]
    public string FollowUpReaction { get; set; } = "pushpin";

    /// <summary>
    /// The reaction that pins a message to the timeline of the only open incident; its name without colons, another
    /// than the follow-up's.
    /// </summary>
    [RegularExpression("^[a-z0-9_+-]{1,100}$")]
    public string PinReaction { get; set; } = "round_pushpin";

    /// <summary>How long one command may take; real time.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan WorkWithin { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a replica has one message for itself; longer than a call may take; real time.</summary>
    [Range(typeof(TimeSpan), "00:00:02", "00:10:00")]
    public TimeSpan PostLease { get; set; } = TimeSpan.FromSeconds(45);

    /// <summary>
    /// How long a notice rests that Slack has refused; it is given up after the fifth time; real time.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan RefusedPause { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long reading, drawing and uploading a card's picture may take; real time.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan ChartWithin { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often the channel's topic and @oncall are looked at; real time.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan PresenceInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Whether what is said there may change production: in the environment's own channel, and between a person and the
    /// bot.
    /// </summary>
    public bool MayChangeFrom(string? channelId) =>
        channelId is not null && (channelId == Channel || channelId.StartsWith('D'));

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IPEndPoint.TryParse(Listen, out var address) || address.Port == 0)
        {
            yield return new ValidationResult($"Slack: Listen is no address with a port: {Listen}", [nameof(Listen)]);
        }

        if (Channel.Length == 0 || !Channel.All(char.IsAsciiLetterOrDigit))
        {
            yield return new ValidationResult(
                $"Slack: Channel must be the id of the environment's channel (C...): '{Channel}'",
                [nameof(Channel)]
            );
        }

        if (PinReaction == FollowUpReaction)
        {
            yield return new ValidationResult(
                $"Slack: PinReaction and FollowUpReaction must differ: '{PinReaction}'",
                [nameof(PinReaction)]
            );
        }

        if (Language is not ("zh-CN" or "en-US"))
        {
            yield return new ValidationResult(
                $"Slack: Language must be zh-CN or en-US: '{Language}'",
                [nameof(Language)]
            );
        }
    }
}
