using System.ComponentModel.DataAnnotations;
using Glancy.Ops.Connectors.Notifier;

namespace Glancy.Ops.Connectors.PagerDuty;

/// <summary>
/// PagerDuty, section <c>Glancy:Pager</c>: the Events API v2, not used where there is no routing key, on-calls by the
/// REST API v2, and what it says of itself by webhooks V3.
/// </summary>
public sealed class PagerOptions : IValidatableObject
{
    /// <summary>The integration's routing key; secret.</summary>
    [RegularExpression(
        "^(?:|[A-Za-z0-9]{32})$",
        ErrorMessage = "Pager: RoutingKey has 32 letters and digits, or is empty."
    )]
    public string RoutingKey { get; set; } = "";

    /// <summary>Base address; another one for the European service region.</summary>
    public string Url { get; set; } = "https://events.pagerduty.com";

    /// <summary>
    /// A token that may read on-calls and incidents by the REST API v2, for roles that are kept in PagerDuty and for
    /// whose alert an acknowledgement there is; secret. Empty: they are not read.
    /// </summary>
    [RegularExpression(
        "^(?:|[A-Za-z0-9_+-]{16,64})$",
        ErrorMessage = "Pager: RestToken has 16 to 64 letters, digits, _, + and -, or is empty."
    )]
    public string RestToken { get; set; } = "";

    /// <summary>Base address of the REST API; another one for the European service region.</summary>
    public string RestUrl { get; set; } = "https://api.pagerduty.com";

    /// <summary>
    /// Secrets of the webhook subscription, with a comma between an old and a new one; secret. Empty: nobody is let in.
    /// </summary>
    [RegularExpression(
        "^(?:|[A-Za-z0-9+/=_-]{16,200}(?:,[A-Za-z0-9+/=_-]{16,200})?)$",
        ErrorMessage = "Pager: WebhookSecret has 16 letters and digits or more, or is empty; two with a comma "
            + "between them while one follows the other."
    )]
    public string WebhookSecret { get; set; } = "";

    public bool IsSetUp => RoutingKey.Length > 0;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!NotifierOptions.IsSafe(Url))
        {
            yield return new ValidationResult("Pager: Url is no https address.", [nameof(Url)]);
        }

        if (!NotifierOptions.IsSafe(RestUrl))
        {
            yield return new ValidationResult("Pager: RestUrl is no https address.", [nameof(RestUrl)]);
        }
    }
}
