using System.Text.RegularExpressions;

namespace Glancy.Sandbox.Slack.Page.Spans;

/// <summary>The part of standard Markdown that a <c>markdown</c> block of a bot is likely to use.</summary>
internal static partial class MarkdownReader
{
    /// <summary>Never fails: what is no mark-up is text.</summary>
    public static IReadOnlyList<Span> Read(string text)
    {
        var spans = new List<Span>();
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i];
            if (
                line.StartsWith("```", StringComparison.Ordinal)
                && Array.FindIndex(lines, i + 1, l => l.StartsWith("```", StringComparison.Ordinal))
                    is > 0
                        and var close
            )
            {
                spans.Add(new Span.Preformatted([new Span.Words(string.Join('\n', lines[(i + 1)..close]))]));
                i = close;
            }
            else if (HeadingLine().Match(line) is { Success: true } heading)
            {
                spans.Add(new Span.Heading(heading.Groups[1].Length, Inline(heading.Groups[2].Value)));
            }
            else if (ItemLine().Match(line) is { Success: true } item)
            {
                spans.Add(
                    new Span.Item(
                        item.Groups[1].Value is "-" or "*" or "+" ? "•" : item.Groups[1].Value,
                        Inline(item.Groups[2].Value)
                    )
                );
            }
            else if (line.StartsWith('>'))
            {
                spans.Add(new Span.Quote(Inline(line[1..].TrimStart())));
            }
            else
            {
                spans.AddRange(Inline(line));
                if (i + 1 < lines.Length)
                {
                    spans.Add(new Span.Break());
                }
            }
        }

        return spans;
    }

    private static List<Span> Inline(string text)
    {
        var spans = new List<Span>();
        var from = 0;
        foreach (Match match in Marked().Matches(text))
        {
            Words(text[from..match.Index]);
            spans.Add(Marked(match));
            from = match.Index + match.Length;
        }

        Words(text[from..]);
        return spans;

        void Words(string words)
        {
            if (words.Length > 0)
            {
                spans.Add(new Span.Words(words));
            }
        }
    }

    private static Span Marked(Match match) =>
        match.Groups["code"] is { Success: true, Value: var code } ? new Span.Code([new Span.Words(code)])
        : match.Groups["bold"] is { Success: true, Value: var bold } ? new Span.Bold(Inline(bold))
        : match.Groups["strike"] is { Success: true, Value: var strike } ? new Span.Strike(Inline(strike))
        : match.Groups["italic"] is { Success: true, Value: var italic } ? new Span.Italic(Inline(italic))
        : Links.Allowed(match.Groups["url"].Value) is { } url ? new Span.Link(url, Inline(match.Groups["label"].Value))
        : new Span.Words(match.Value);

    [GeneratedRegex("^(#{1,6}) +(.+)$")]
    private static partial Regex HeadingLine();

    [GeneratedRegex(@"^ *([-*+]|\d{1,3}\.) +(.+)$")]
    private static partial Regex ItemLine();

    [GeneratedRegex(
        @"`(?<code>[^`]+)`|\*\*(?<bold>\S(?:.*?\S)?)\*\*|~~(?<strike>\S(?:.*?\S)?)~~"
            + @"|\*(?<italic>\S(?:[^*]*\S)?)\*|\[(?<label>[^\]]+)\]\((?<url>[^)\s]+)\)"
    )]
    private static partial Regex Marked();
}
