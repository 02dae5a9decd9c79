using System.Globalization;
using System.Text.RegularExpressions;

namespace Glancy.Ops.Leases;

/// <summary>Leases as people write them: <c>L-3</c>, <c>l3</c>, <c>3</c>.</summary>
public static partial class LeaseName
{
    public static bool TryParse(string text, out long id)
    {
        id = 0;
        return Written().Match(text) is { Success: true } match
            && long.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out id)
            && id > 0;
    }

    public static string Of(long id) => "L-" + id.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?:L-?|#)?([0-9]{1,18})$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Written();
}
