using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Glancy.Bot.Commands.Pages;
using Glancy.Ops;

namespace Glancy.Bot.Commands.Words;

/// <summary>
/// All sentences of one language. Templates take arguments as <c>{0}</c>; what stands between backticks is something to type.
/// </summary>
/// <param name="phrases">Templates by key, for example <c>refusal.frozen</c>.</param>
public sealed partial class Phrasebook(CultureInfo culture, FrozenDictionary<string, string> phrases)
{
    public CultureInfo Culture { get; } = culture;

    public IEnumerable<string> Keys => phrases.Keys;

    /// <summary>A sentence without arguments.</summary>
    public Text this[string key] => Say(key);

    public bool Knows(string key) => phrases.ContainsKey(key);

    /// <summary>The template as written; null when there is none.</summary>
    public string? Template(string key) => phrases.GetValueOrDefault(key);

    /// <summary>
    /// A sentence with its arguments. An unknown key is shown as itself between brackets: bad words are better than none
    /// in an outage, and the lint keeps it from happening.
    /// </summary>
    public Text Say(string key, params Text[] arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        if (!phrases.TryGetValue(key, out var template))
        {
            return new Text([new Span("[" + key + "]", Tone.Plain, false)]) + (arguments.Length == 0 ? Text.Empty : " " + Text.Join(", ", arguments));
        }

        var spans = new List<Span>();
        var tone = Tone.Plain;
        foreach (var piece in Pieces().Split(template))
        {
            if (piece == "`")
            {
                tone = tone == Tone.Code ? Tone.Plain : Tone.Code;
            }
            else if (Placeholder().Match(piece) is { Success: true } match)
            {
                var index = int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
                var argument = index < arguments.Length ? arguments[index] : "?";
                spans.AddRange(argument.Spans.Select(s => tone == Tone.Code ? s with { Tone = tone } : s));
            }
            else if (piece.Length > 0)
            {
                spans.Add(new Span(piece, tone, false));
            }
        }

        return new Text(spans);
    }

    /// <summary>A sentence as a plain string, for places that take nothing else.</summary>
    public string Plain(string key, params Text[] arguments) => Say(key, arguments).Plain;

    /// <summary>Why something was refused or how it ended, by which rule, and what to do next.</summary>
    public Text Say(Refusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return Say("refusal." + refusal.Code, [.. refusal.Arguments.Select(Text.FromString)]);
    }

    /// <summary>A code of a family, for example <c>state</c> + <c>Paused</c> as <c>state.paused</c>; words with hyphens between capitals.</summary>
    public Text Of(string family, Enum code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return Say(family + "." + Hyphenated(code.ToString()));
    }

    /// <summary><c>AwaitingSecond</c> as <c>awaiting-second</c>.</summary>
    public static string Hyphenated(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var hyphenated = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && hyphenated.Length > 0)
            {
                hyphenated.Append('-');
            }

            hyphenated.Append(char.ToLowerInvariant(letter));
        }

        return hyphenated.ToString();
    }

    [GeneratedRegex(@"(\{[0-9]\}|`)")]
    private static partial Regex Pieces();

    [GeneratedRegex(@"^\{([0-9])\}$")]
    private static partial Regex Placeholder();
}
