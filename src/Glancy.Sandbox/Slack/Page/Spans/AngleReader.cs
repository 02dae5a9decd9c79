using System.Globalization;

namespace Glancy.Sandbox.Slack.Page.Spans;

/// <summary>What stands between &lt; and &gt; in mrkdwn: mentions, links and dates.</summary>
internal static class AngleReader
{
    /// <summary>Null when it is nothing that Slack knows; the signs are then shown as they are.</summary>
    public static Span? Read(string token)
    {
        var bar = token.IndexOf('|', StringComparison.Ordinal);
        var what = bar < 0 ? token : token[..bar];
        var label = bar < 0 ? null : InlineReader.Unescape(token[(bar + 1)..]);
        return what switch
        {
            ['@', .. var id] when IsId(id) => new Span.Person(id, label),
            ['#', .. var id] when IsId(id) => new Span.Channel(id, label),
            "!here" or "!channel" or "!everyone" => new Span.Shout(what[1..]),
            _ when what.StartsWith("!subteam^", StringComparison.Ordinal) && IsId(what[9..]) => new Span.Group(
                what[9..],
                label
            ),
            _ when what.StartsWith("!date^", StringComparison.Ordinal) => Date(what.Split('^'), label),
            _ when Links.Allowed(InlineReader.Unescape(what)) is { } url => new Span.Link(
                url,
                [new Span.Words(label ?? Links.Shown(url))]
            ),
            _ => null,
        };
    }

    private static Span.Date? Date(string[] parts, string? fallback) =>
        parts.Length is 3 or 4
        && long.TryParse(parts[1], CultureInfo.InvariantCulture, out var seconds)
        && seconds is >= 0 and < 253_402_300_800
            ? new Span.Date(
                DateTimeOffset.FromUnixTimeSeconds(seconds),
                InlineReader.Unescape(parts[2]),
                fallback ?? "",
                parts.Length == 4 ? Links.Allowed(InlineReader.Unescape(parts[3])) : null
            )
            : null;

    private static bool IsId(string text) => text.Length is > 0 and < 40 && text.All(char.IsAsciiLetterOrDigit);
}
