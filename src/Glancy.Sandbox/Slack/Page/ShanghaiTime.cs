using System.Globalization;
using System.Text.RegularExpressions;

namespace Glancy.Sandbox.Slack.Page;

/// <summary>
/// Times as the page shows them: in Shanghai, where everybody of the roster lives, in the reader's language.
/// </summary>
internal static partial class ShanghaiTime
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    public static DateTimeOffset Of(DateTimeOffset at) => at.ToOffset(Offset);

    /// <summary>09:20 in Chinese, 9:20 AM in English.</summary>
    public static string Clock(DateTimeOffset at, PageWords words)
    {
        return Of(at).ToString(words.Chinese ? "HH:mm" : "h:mm tt", CultureInfo.InvariantCulture);
    }

    public static string Day(DateTimeOffset at, PageWords words)
    {
        return Of(at).ToString(words.Chinese ? "M月d日 dddd" : "dddd, MMMM d", words.Culture);
    }

    /// <summary>A format with Slack's tokens, filled in. An unknown token gives the fallback.</summary>
    public static string Fill(string format, DateTimeOffset at, string fallback, PageWords words)
    {
        var unknown = false;
        var filled = Token()
            .Replace(
                format,
                token =>
                {
                    if (Shape(token.Value, words.Chinese) is { } shape)
                    {
                        return Of(at).ToString(shape, words.Culture);
                    }

                    unknown = true;
                    return "";
                }
            );
        return unknown ? fallback : filled;
    }

    private static string? Shape(string token, bool chinese) =>
        token switch
        {
            "{date_num}" => "yyyy-MM-dd",
            "{date}" or "{date_pretty}" => chinese ? "yyyy年M月d日" : "MMMM d, yyyy",
            "{date_short}" or "{date_short_pretty}" => chinese ? "yyyy年M月d日" : "MMM d, yyyy",
            "{date_long}" or "{date_long_pretty}" => chinese ? "yyyy年M月d日 dddd" : "dddd, MMMM d, yyyy",
            "{time}" => chinese ? "HH:mm" : "h:mm tt",
            "{time_secs}" => chinese ? "HH:mm:ss" : "h:mm:ss tt",
            _ => null,
        };

    [GeneratedRegex(@"\{[a-z_]+\}")]
    private static partial Regex Token();
}
