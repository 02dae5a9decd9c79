using System.Globalization;
using System.Text.RegularExpressions;

namespace Glancy.Bot.Commands.Grammar;

/// <summary>
/// Incidents as people write them: <c>INC-2025-0418-01</c>, <c>inc-20250418-1</c>, <c>#2025-0418-01</c>.
/// </summary>
internal static partial class IncidentName
{
    /// <summary>As the bot writes it; null for what cannot be one.</summary>
    public static string? Of(string text)
    {
        return Written().Match(text) is { Success: true } match
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"INC-{match.Groups[1].Value}-{match.Groups[2].Value}{match.Groups[3].Value}-"
                    + $"{int.Parse(match.Groups[4].ValueSpan, CultureInfo.InvariantCulture):00}"
            )
            : null;
    }

    [GeneratedRegex(
        @"^#?(?:INC-?)?([0-9]{4})-?([0-9]{2})-?([0-9]{2})-([0-9]{1,4})$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Written();
}
