using System.Globalization;
using System.Text.RegularExpressions;

namespace Glancy.Bot.Commands.Grammar;

/// <summary>Runs as people write them: <c>R-17</c>, <c>r17</c>, <c>17</c>, <c>#17</c>.</summary>
internal static partial class RunName
{
    public static bool TryParse(string text, out long id)
    {
        id = 0;
        return Written().Match(text) is { Success: true } match
            && long.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out id)
            && id > 0;
    }

    public static string Of(long id) => "R-" + id.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?:R-?|#)?([0-9]{1,18})$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Written();
}
