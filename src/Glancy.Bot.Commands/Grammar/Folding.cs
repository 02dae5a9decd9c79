using System.Globalization;
using System.Text;

namespace Glancy.Bot.Commands.Grammar;

/// <summary>
/// Writes what people type, paste and what phones make of it in one way: full-width letters and digits become narrow,
/// every dash a hyphen, invisible characters disappear.
/// </summary>
public static class Folding
{
    /// <summary>One word as the grammar reads it.</summary>
    public static string Fold(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        var visible = Visible(word);

        // Phones and word processors turn "--" into one long dash; at the start of a word that is what was meant.
        var lead = 0;
        while (lead < visible.Length && IsLongDash(visible[lead]))
        {
            lead++;
        }

        var folded = new StringBuilder(lead > 0 && visible.Length > lead ? "--" : "");
        foreach (var letter in visible[(folded.Length > 0 ? lead : 0)..].Normalize(NormalizationForm.FormKC))
        {
            folded.Append(
                IsDash(letter) ? '-'
                : IsDoubleQuote(letter) ? '"'
                : IsSingleQuote(letter) ? '\''
                : letter
            );
        }

        return folded.ToString().Trim();
    }

    /// <summary>A person's own sentence: only what cannot be seen is taken out.</summary>
    public static string Sentence(string text) => Visible(text).Trim().Normalize(NormalizationForm.FormC);

    internal static bool IsDoubleQuote(char letter) =>
        letter is '"' or '“' or '”' or '„' or '‟' or '″' or '＂' or '「' or '」' or '『' or '』';

    internal static bool IsSingleQuote(char letter) => letter is '\'' or '‘' or '’' or '‚' or '‛' or '′' or '＇';

    internal static bool IsSpace(char letter) => char.IsWhiteSpace(letter) || letter is '\u3000' or '\u200B';

    private static bool IsLongDash(char letter) => letter is '–' or '—' or '―' or '─' or '━' or '⸺' or '﹘';

    private static bool IsDash(char letter) =>
        CharUnicodeInfo.GetUnicodeCategory(letter) == UnicodeCategory.DashPunctuation
        || letter is '−' or '─' or '━' or '﹣' or '－';

    private static string Visible(string text)
    {
        var visible = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            // Soft hyphens, zero-width joiners and spaces, byte order marks, direction marks.
            if (
                CharUnicodeInfo.GetUnicodeCategory(letter) is not (UnicodeCategory.Format or UnicodeCategory.Control)
                || letter is '\n' or '\t'
            )
            {
                visible.Append(letter is '\n' or '\t' ? ' ' : letter);
            }
        }

        return visible.ToString();
    }
}
