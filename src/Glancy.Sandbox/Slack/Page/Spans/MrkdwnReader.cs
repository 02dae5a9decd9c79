using System.Text.RegularExpressions;

namespace Glancy.Sandbox.Slack.Page.Spans;

/// <summary>
/// Reads Slack's mrkdwn: blocks of code and quotes here, what is within a line in <see cref="InlineReader"/>.
/// </summary>
internal static partial class MrkdwnReader
{
    private const string Fence = "```";

    /// <summary>Never fails: what is no mark-up is text.</summary>
    public static IReadOnlyList<Span> Read(string text)
    {
        var spans = new List<Span>();
        var rest = text.ReplaceLineEndings("\n");
        while (true)
        {
            var open = rest.IndexOf(Fence, StringComparison.Ordinal);
            var close = open < 0 ? -1 : rest.IndexOf(Fence, open + Fence.Length, StringComparison.Ordinal);
            if (close <= open + Fence.Length)
            {
                spans.AddRange(Lines(rest));
                return spans;
            }

            // The line ends beside a block of code are the block's own.
            spans.AddRange(Lines(Without(rest[..open], atEnd: true)));
            spans.Add(new Span.Preformatted(InlineReader.Literal(rest[(open + Fence.Length)..close].Trim('\n'))));
            rest = Without(rest[(close + Fence.Length)..], atEnd: false);
        }
    }

    private static string Without(string text, bool atEnd) =>
        atEnd
            ? text.EndsWith('\n')
                ? text[..^1]
                : text
            : text.StartsWith('\n')
                ? text[1..]
                : text;

    private static IEnumerable<Span> Lines(string text)
    {
        if (text.Length == 0)
        {
            yield break;
        }

        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (Quoted(lines[i]) is { } first)
            {
                var inner = new List<Span>(InlineReader.Read(first));
                for (; i + 1 < lines.Length && Quoted(lines[i + 1]) is { } next; i++)
                {
                    inner.Add(new Span.Break());
                    inner.AddRange(InlineReader.Read(next));
                }

                yield return new Span.Quote(inner);
                continue;
            }

            foreach (var span in InlineReader.Read(lines[i]))
            {
                yield return span;
            }

            // A quote is a block of its own and needs no line end before it.
            if (i + 1 < lines.Length && Quoted(lines[i + 1]) is null)
            {
                yield return new Span.Break();
            }
        }
    }

    private static string? Quoted(string line) =>
        QuoteMark().Match(line) is { Success: true } mark ? line[mark.Length..] : null;

    [GeneratedRegex("^(&gt;|>) ?")]
    private static partial Regex QuoteMark();
}
