using System.Text;

namespace Glancy.Slack.Blocks;

/// <summary>Pieces of Slack's mark-up, and what makes text from outside harmless in it.</summary>
public static class SlackText
{
    private const string ZeroWidthSpace = "\u200b";

    /// <summary>
    /// Escapes the three signs Slack reads: no <c>&lt;!channel&gt;</c>, mention, link or date in the text has an
    /// effect. Every place counts as outside text unless its author wrote the mark-up.
    /// </summary>
    public static string Escape(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal);
    }

    /// <summary>
    /// What a person typed, of text that Slack has escaped on its way to us; text without the three signs stays as it
    /// is.
    /// </summary>
    public static string Unescape(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Replace("&lt;", "<", StringComparison.Ordinal)
            .Replace("&gt;", ">", StringComparison.Ordinal)
            .Replace("&amp;", "&", StringComparison.Ordinal);
    }

    /// <summary>Outside text between backticks; backticks in it cannot end the span.</summary>
    public static string Code(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return "`" + Escape(text).Replace('`', '\'').ReplaceLineEndings(" ") + "`";
    }

    /// <summary>Outside text in a block of code; three backticks in it cannot end the block.</summary>
    public static string CodeBlock(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return "```\n" + Escape(text).Replace("`", "`" + ZeroWidthSpace, StringComparison.Ordinal) + "\n```";
    }

    /// <summary>A mention of a person by id.</summary>
    /// <exception cref="ArgumentException">The id is none: only letters and digits.</exception>
    public static string User(string id) => $"<@{Identifier(id)}>";

    /// <summary>A channel by id.</summary>
    /// <exception cref="ArgumentException">The id is none: only letters and digits.</exception>
    public static string Channel(string id) => $"<#{Identifier(id)}>";

    /// <summary>A user group by id.</summary>
    /// <exception cref="ArgumentException">The id is none: only letters and digits.</exception>
    public static string UserGroup(string id) => $"<!subteam^{Identifier(id)}>";

    /// <summary>A link; the label may be outside text.</summary>
    /// <exception cref="ArgumentException">Neither http(s), mailto nor tel.</exception>
    public static string Link(Uri address, string label)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(label);
        if (!address.IsAbsoluteUri || address.Scheme is not ("https" or "http" or "mailto" or "tel"))
        {
            throw new ArgumentException($"no link for people: {address}", nameof(address));
        }

        var target = Escape(address.AbsoluteUri).Replace("|", "%7C", StringComparison.Ordinal);
        return $"<{target}|{Escape(label).Replace('|', '/').ReplaceLineEndings(" ")}>";
    }

    /// <summary>
    /// At most so many code points, the last of them an ellipsis where something was cut off; never half a character.
    /// </summary>
    public static string Cut(string text, int most)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        if (Limits.Length(text) <= most)
        {
            return text;
        }

        var kept = new StringBuilder();
        foreach (var rune in text.EnumerateRunes().Take(most - 1))
        {
            kept.Append(rune.ToString());
        }

        return kept.Append('…').ToString();
    }

    private static string Identifier(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        return id.All(char.IsAsciiLetterOrDigit)
            ? id
            : throw new ArgumentException($"no id of Slack's: {id}", nameof(id));
    }
}
