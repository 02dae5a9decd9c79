using System.Text;

namespace Glancy.Sandbox.Slack.Page.Spans;

/// <summary>
/// What mrkdwn knows within one line: *bold*, _italic_, ~strike~, `code`, :emoji: and what stands between &lt; and
/// &gt;.
/// </summary>
internal static class InlineReader
{
    private const string Marks = "*_~";

    public static IReadOnlyList<Span> Read(string line) => Read(line, marks: true);

    /// <summary>In code only what stands between &lt; and &gt; has a meaning.</summary>
    public static IReadOnlyList<Span> Literal(string text) => Read(text, marks: false);

    public static string Unescape(string text) =>
        text.Replace("&lt;", "<", StringComparison.Ordinal)
            .Replace("&gt;", ">", StringComparison.Ordinal)
            .Replace("&amp;", "&", StringComparison.Ordinal);

    private static List<Span> Read(string text, bool marks)
    {
        var spans = new List<Span>();
        var plain = new StringBuilder();
        var i = 0;
        while (i < text.Length)
        {
            var (span, length) = At(text, i, marks);
            if (span is null)
            {
                plain.Append(text, i, length);
            }
            else
            {
                Flush();
                spans.Add(span);
            }

            i += length;
        }

        Flush();
        return spans;

        void Flush()
        {
            if (plain.Length > 0)
            {
                spans.Add(new Span.Words(Unescape(plain.ToString())));
                plain.Clear();
            }
        }
    }

    // What begins at this place, and how long it is; no span when it is text.
    private static (Span? Span, int Length) At(string text, int i, bool marks)
    {
        var sign = text[i];
        if (sign == '<' && text.IndexOf('>', i) is > 0 and var end && AngleReader.Read(text[(i + 1)..end]) is { } token)
        {
            return (token, end - i + 1);
        }

        if (!marks)
        {
            return (null, 1);
        }

        if (sign == '`' && text.IndexOf('`', i + 1) is > 0 and var tick && tick > i + 1)
        {
            return (new Span.Code(Literal(text[(i + 1)..tick])), tick - i + 1);
        }

        if (
            sign == ':'
            && text.IndexOf(':', i + 1) is > 0 and var colon
            && Emoji.Find(text[(i + 1)..colon]) is { } picture
        )
        {
            return (new Span.Words(picture), colon - i + 1);
        }

        if (Marks.Contains(sign, StringComparison.Ordinal) && Opens(text, i) && Close(text, i) is > 0 and var close)
        {
            var inner = Read(text[(i + 1)..close], marks);
            return (
                sign switch
                {
                    '*' => new Span.Bold(inner),
                    '_' => new Span.Italic(inner),
                    _ => new Span.Strike(inner),
                },
                close - i + 1
            );
        }

        return (null, 1);
    }

    private static bool Opens(string text, int i) =>
        (i == 0 || !char.IsLetterOrDigit(text[i - 1]))
        && i + 1 < text.Length
        && !char.IsWhiteSpace(text[i + 1])
        && text[i + 1] != text[i];

    private static int Close(string text, int open)
    {
        for (var i = open + 1; i < text.Length; i++)
        {
            // Marks within code and within a link are not ours.
            if (text[i] is '`' or '<' && text.IndexOf(text[i] == '`' ? '`' : '>', i + 1) is > 0 and var end)
            {
                i = end;
                continue;
            }

            if (
                text[i] == text[open]
                && !char.IsWhiteSpace(text[i - 1])
                && (i + 1 == text.Length || !char.IsLetterOrDigit(text[i + 1]))
            )
            {
                return i;
            }
        }

        return -1;
    }
}
