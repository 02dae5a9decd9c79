using System.ComponentModel.DataAnnotations;
using Glancy.Ops.Connectors.Notifier;

namespace Glancy.Ops.Connectors.PagerDuty;

/// <summary>PagerDuty's Events API v2, section <c>Glancy:Pager</c>; not used where there is no routing key.</summary>
public sealed class PagerOptions : IValidatableObject
{
    /// <summary>The integration's routing key; secret.</summary>
    [RegularExpression("^(?:|[A-Za-z0-9]{32})$", ErrorMessage = "Pager: RoutingKey has 32 letters and digits, or is empty.")]
    public string RoutingKey { get; set; } = "";

    /// <summary>Base address; another one for the European service region.</summary>
    public string Url { get; set; } = "https://events.pagerduty.com";

    public bool IsSetUp => RoutingKey.Length > 0;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!NotifierOptions.IsSafe(Url))
        {
            yield return new ValidationResult("Pager: Url is no https address.", [nameof(Url)]);
        }
    }
}
