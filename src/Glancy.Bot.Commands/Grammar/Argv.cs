using System.Text;

namespace Glancy.Bot.Commands.Grammar;

/// <summary>
/// Splits one line into words, as a person means it: quotes of any kind hold words together, nothing is expanded.
/// </summary>
public static class Argv
{
    /// <summary>The words of a line; null when a quote is never closed.</summary>
    public static IReadOnlyList<string>? Split(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        var words = new List<string>();
        var word = new StringBuilder();
        var inWord = false;
        char? quote = null;
        for (var i = 0; i < line.Length; i++)
        {
            var letter = line[i];
            if (quote is { } open)
            {
                if (Closes(open, letter))
                {
                    quote = null;
                }
                else if (letter == '\\' && i + 1 < line.Length && Closes(open, line[i + 1]))
                {
                    word.Append(line[++i]);
                }
                else
                {
                    word.Append(letter);
                }
            }
            else if (Folding.IsSpace(letter))
            {
                End();
            }
            else if (Opens(letter) && (!inWord || (word.Length > 0 && word[^1] is '=' or '＝')))
            {
                // Only at the start of a value: an apostrophe inside a word is an apostrophe.
                quote = letter;
                inWord = true;
            }
            else
            {
                word.Append(letter);
                inWord = true;
            }
        }

        if (quote is not null)
        {
            return null;
        }

        End();
        return words;

        void End()
        {
            if (inWord)
            {
                words.Add(word.ToString());
                word.Clear();
                inWord = false;
            }
        }
    }

    /// <summary>
    /// Words a shell has split already. It knows straight quotes only, so words between curly ones come apart; they are
    /// put together again.
    /// </summary>
    public static IReadOnlyList<string> Rejoin(IReadOnlyList<string> argv)
    {
        ArgumentNullException.ThrowIfNull(argv);
        var words = new List<string>();
        for (var i = 0; i < argv.Count; i++)
        {
            var start = CurlyStart(argv[i]);
            var end =
                start < 0
                    ? -1
                    : Enumerable
                        .Range(i, argv.Count - i)
                        .FirstOrDefault(j => EndsCurly(argv[j], j == i ? start : -1), -1);
            if (end < 0)
            {
                words.Add(argv[i]);
                continue;
            }

            var whole = string.Join(' ', argv.Skip(i).Take(end - i + 1));
            words.Add(whole[..start] + whole[(start + 1)..^1]);
            i = end;
        }

        return words;
    }

    private static int CurlyStart(string word)
    {
        var equals = word.AsSpan().IndexOfAny('=', '＝');
        return IsCurlyOpen(word, 0) ? 0
            : equals > 0 && IsCurlyOpen(word, equals + 1) ? equals + 1
            : -1;
    }

    private static bool IsCurlyOpen(string word, int at) =>
        at < word.Length && word[at] is '“' or '„' or '「' or '『' or '＂';

    private static bool EndsCurly(string word, int start) =>
        word.Length - 1 > start && word[^1] is '”' or '“' or '」' or '』' or '＂';

    private static bool Opens(char letter) => Folding.IsDoubleQuote(letter) || Folding.IsSingleQuote(letter);

    private static bool Closes(char open, char letter) =>
        Folding.IsDoubleQuote(open) ? Folding.IsDoubleQuote(letter) : Folding.IsSingleQuote(letter);

    /// <summary>A word as it is typed on a line: between quotes where it would not stay one.</summary>
    public static string Quoted(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        return word.Contains(' ', StringComparison.Ordinal) || word.Length == 0 ? "\"" + word + "\"" : word;
    }
}
