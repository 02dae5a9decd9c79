using System.Globalization;
using System.Text.RegularExpressions;

namespace Glancy.Runbook.Yaml;

/// <summary>Durations as the runbook's data writes them: <c>15s</c>, <c>5m</c>, <c>24h</c>, <c>7d</c>.</summary>
public static partial class Durations
{
    public static bool TryParse(string? text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        var match = Pattern().Match(text ?? "");
        if (!match.Success)
        {
            return false;
        }

        var number = int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
        duration = match.Groups[2].Value switch
        {
            "s" => TimeSpan.FromSeconds(number),
            "m" => TimeSpan.FromMinutes(number),
            "h" => TimeSpan.FromHours(number),
            _ => TimeSpan.FromDays(number),
        };
        return true;
    }

    [GeneratedRegex("^([0-9]{1,5})(s|m|h|d)$")]
    private static partial Regex Pattern();
}
