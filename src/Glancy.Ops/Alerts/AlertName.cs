using System.Globalization;
using System.Text.RegularExpressions;

namespace Glancy.Ops.Alerts;

/// <summary>Alert groups as people write them: <c>A-3</c>, <c>a3</c>, <c>3</c>.</summary>
public static partial class AlertName
{
    public static bool TryParse(string text, out long id)
    {
        id = 0;
        return Written().Match(text) is { Success: true } match
            && long.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out id)
            && id > 0;
    }

    public static string Of(long id) => "A-" + id.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?:A-?|#)?([0-9]{1,18})$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Written();
}
