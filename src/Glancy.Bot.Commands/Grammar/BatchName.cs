using System.Text.RegularExpressions;

namespace Glancy.Bot.Commands.Grammar;

/// <summary>Batches as people write them: <c>REL-B3</c>, <c>rel b3</c>, <c>B3</c>, <c>3</c>.</summary>
internal static partial class BatchName
{
    /// <summary>
    /// As the ladder writes it; what is no batch comes back in capitals and is refused with the ladder's own.
    /// </summary>
    public static string Of(string text)
    {
        return Written().Match(text) is { Success: true } match
            ? "REL-B" + match.Groups[1].Value
            : text.ToUpperInvariant();
    }

    [GeneratedRegex(@"^(?:REL[-_ ]?)?B?([0-9])$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Written();
}
