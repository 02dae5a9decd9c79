using System.Globalization;
using System.Text;

namespace Glancy.Slack.Inbound;

/// <summary>
/// Text that every reader and every database takes: half a character and the zero character - as they are, or as JSON
/// writes them - become the sign for what cannot be read. One such sign costs itself, never the request it stands in.
/// </summary>
internal static class WholeText
{
    private const char Instead = '\ufffd';
    private const string InsteadEscaped = "\\ufffd";
    private const int Escape = 6;

    /// <summary>A body as it came.</summary>
    public static string Of(string text) => text.Replace('\0', Instead);

    /// <summary>JSON, before it is read.</summary>
    public static string OfJson(string json)
    {
        if (!json.Contains("\\u", StringComparison.Ordinal))
        {
            return json;
        }

        var whole = new StringBuilder(json.Length);
        for (var i = 0; i < json.Length; )
        {
            var length =
                json[i] != '\\' ? 1
                : Unit(json, i) is null ? 2
                : Escape;
            switch (Unit(json, i))
            {
                case { } high
                    when char.IsHighSurrogate(high) && Unit(json, i + Escape) is { } low && char.IsLowSurrogate(low):
                    length = 2 * Escape;
                    whole.Append(json, i, length);
                    break;
                case { } half when char.IsSurrogate(half) || half == '\0':
                    whole.Append(InsteadEscaped);
                    break;
                default:
                    length = Math.Min(length, json.Length - i);
                    whole.Append(json, i, length);
                    break;
            }

            i += length;
        }

        return whole.ToString();
    }

    // What an escape of four digits says; null where none begins.
    private static char? Unit(string json, int at) =>
        at + Escape <= json.Length
        && json[at] == '\\'
        && json[at + 1] == 'u'
        && ushort.TryParse(
            json.AsSpan(at + 2, 4),
            NumberStyles.AllowHexSpecifier,
            CultureInfo.InvariantCulture,
            out var unit
        )
            ? (char)unit
            : null;
}
