using System.Globalization;
using System.Text.RegularExpressions;
using Glancy.Runbook.Escalation;

namespace Glancy.Bot.Commands.Grammar;

/// <summary>Severities as people write them: <c>sev1</c>, <c>Sev-1</c>, <c>S1</c>, <c>1</c>.</summary>
public static partial class SeverityName
{
    public static bool TryParse(string text, out Severity severity)
    {
        severity = default;
        if (Written().Match(text) is not { Success: true } match)
        {
            return false;
        }

        severity = (Severity)int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        return true;
    }

    /// <summary><c>sev1</c></summary>
    public static string Of(Severity severity) => "sev" + ((int)severity).ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex("^(?:SEV-?|S)?([1-3])$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Written();
}
