using System.ComponentModel.DataAnnotations;

namespace Glancy.Ops.Alerts;

/// <summary>Settings of Alertmanager's door and of Alertmanager itself, section <c>Alerts</c>.</summary>
public sealed class AlertsOptions : IValidatableObject
{
    /// <summary>Address and port for Alertmanager's webhook; empty for none.</summary>
    [RegularExpression(
        @"^(?:|[0-9.]+:[0-9]{1,5}|\[[0-9a-fA-F:.]+\]:[0-9]{1,5})$",
        ErrorMessage = "Listen is an address and a port, such as 127.0.0.1:9494."
    )]
    public string Listen { get; set; } = "";

    /// <summary>What Alertmanager says to be let in (<c>Authorization: Bearer ...</c>).</summary>
    [RegularExpression("^(?:|[!-~]{16,200})$", ErrorMessage = "Token has 16 to 200 characters without spaces.")]
    public string Token { get; set; } = "";

    /// <summary>
    /// Base address of Alertmanager's API, for silences and for ends that are not told; empty for none.
    /// </summary>
    public Uri? AlertmanagerUrl { get; set; }

    /// <summary>How often it is asked what fires, while something does.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "01:00:00", ErrorMessage = "AskEvery is between 5 seconds and an hour.")]
    public TimeSpan AskEvery { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>It is not asked again before, whatever is in doubt.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00", ErrorMessage = "AskAgain is at most a minute.")]
    public TimeSpan AskAgain { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// It has to be up for so long before an alert that it does not list is over: it forgets them all when it is
    /// started.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00", ErrorMessage = "SettledAfter is at most a day.")]
    public TimeSpan SettledAfter { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>A door without a secret is no door.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Listen.Length > 0 && Token.Length == 0)
        {
            yield return new ValidationResult("Alerts:Token must be set where Alerts:Listen is.", [nameof(Token)]);
        }

        if (AlertmanagerUrl is { } url && (!url.IsAbsoluteUri || url.Scheme is not ("http" or "https")))
        {
            yield return new ValidationResult(
                "Alerts:AlertmanagerUrl must be an address such as http://alertmanager:9093.",
                [nameof(AlertmanagerUrl)]
            );
        }
    }
}
