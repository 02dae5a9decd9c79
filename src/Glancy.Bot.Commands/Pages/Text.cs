using System.Globalization;
using System.Text;

namespace Glancy.Bot.Commands.Pages;

/// <summary>How a piece of text is meant. A colour is only an extra: marks and words carry the meaning.</summary>
public enum Tone
{
    Plain,
    Strong,
    Dim,
    Good,
    Warn,
    Bad,
    Code,
}

/// <summary>How something stands, as one of four colours; the words beside it say the same.</summary>
public enum Signal
{
    None,
    Good,
    Warn,
    Bad,

    /// <summary>Unknown, or over and done with.</summary>
    Quiet,
}

/// <summary>A piece of text in one tone.</summary>
/// <param name="Outside">Came from people, logs, rows or files, not from our words; each channel escapes it in its own
/// way.</param>
/// <param name="Link">Where it leads, where a channel can follow: https, http or tel. Our own data's, never outside
/// text's.</param>
public readonly record struct Span(string Value, Tone Tone, bool Outside, Uri? Link = null)
{
    /// <summary>
    /// It begins with the mark of a light and a space; a channel with colours shows the light in its place.
    /// </summary>
    public Signal Signal { get; init; }
}

/// <summary>
/// A line of text for a person. A plain string becomes outside text and is made harmless; only the phrasebook makes
/// text of our own.
/// </summary>
public sealed record Text(IReadOnlyList<Span> Spans)
{
    public static Text Empty { get; } = new([]);

    /// <summary>Without tones, as it would be read aloud.</summary>
    public string Plain => string.Concat(Spans.Select(s => s.Value));

    public bool IsEmpty => Spans.All(s => s.Value.Length == 0);

    public static implicit operator Text(string? outside) => FromString(outside);

    public static Text operator +(Text left, Text right) => Add(left, right);

    /// <summary>
    /// Outside text: control characters become visible, direction marks disappear, line ends become a sign.
    /// </summary>
    public static Text FromString(string? outside) =>
        string.IsNullOrEmpty(outside) ? Empty : new([new Span(Harmless(outside), Tone.Plain, Outside: true)]);

    /// <summary>Words of our own data that lead somewhere.</summary>
    public static Text To(Uri link, string label) => new([new Span(Harmless(label), Tone.Plain, Outside: false, link)]);

    public static Text FromInt64(long number) => FromString(number.ToString(CultureInfo.InvariantCulture));

    public static Text Add(Text left, Text right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return new([.. left.Spans, .. right.Spans]);
    }

    public static Text Join(Text separator, IEnumerable<Text> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        var joined = Empty;
        var first = true;
        foreach (var item in items)
        {
            joined = first ? item : joined + separator + item;
            first = false;
        }

        return joined;
    }

    /// <summary>The same words, whose first ones are the mark of a light.</summary>
    public Text As(Signal signal) => new([.. Spans.Select((s, at) => at == 0 ? s with { Signal = signal } : s)]);

    /// <summary>The same words in another tone.</summary>
    public Text In(Tone tone) => new([.. Spans.Select(s => s with { Tone = tone })]);

    public override string ToString() => Plain;

    /// <summary>
    /// Makes a single line of text that cannot move the cursor, ring, colour or turn the reading direction.
    /// </summary>
    public static string Harmless(string outside)
    {
        ArgumentNullException.ThrowIfNull(outside);
        var clean = new StringBuilder(outside.Length);
        foreach (var rune in outside.ReplaceLineEndings("\n").EnumerateRunes())
        {
            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.Control when rune.Value == '\n':
                    clean.Append(" ⏎ ");
                    break;
                case UnicodeCategory.Control when rune.Value == '\t':
                    clean.Append(' ');
                    break;
                case UnicodeCategory.Control:
                    clean.Append(rune.Value < 0x20 ? (char)(0x2400 + rune.Value) : '\uFFFD');
                    break;
                case UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.Surrogate:
                    break;
                default:
                    clean.Append(rune);
                    break;
            }
        }

        return clean.ToString();
    }
}
