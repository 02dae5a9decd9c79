using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Glancy.Bot.Commands.Pages;

namespace Glancy.Bot.Commands.Words;

/// <summary>
/// All sentences of one language. Templates take arguments as <c>{0}</c>; what stands between backticks is something to
/// type.
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
    /// A sentence with its arguments. An unknown key is shown as itself between brackets: bad words are better than
    /// none in an outage, and the lint keeps it from happening.
    /// </summary>
    public Text Say(string key, params Text[] arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        var known = phrases.ContainsKey(key) || arguments.Length == 0;
        var sentence = Fill(
            key,
            name =>
                int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                && index < arguments.Length
                    ? arguments[index]
                    : null
        );
        return known ? sentence : sentence + " " + Text.Join(", ", arguments);
    }

    /// <summary>A sentence as a plain string, for places that take nothing else.</summary>
    public string Plain(string key, params Text[] arguments) => Say(key, arguments).Plain;

    /// <summary>
    /// A sentence whose arguments have names: <c>{hook}</c>. One that is not given is a question mark.
    /// </summary>
    public Text SayNamed(string key, IReadOnlyDictionary<string, Text> arguments) =>
        Fill(key, name => arguments.GetValueOrDefault(name));

    /// <summary>
    /// A code of a family, for example <c>state</c> + <c>Paused</c> as <c>state.paused</c>; words with hyphens between
    /// capitals.
    /// </summary>
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

    private Text Fill(string key, Func<string, Text?> argument)
    {
        if (!phrases.TryGetValue(key, out var template))
        {
            return new Text([new Span("[" + key + "]", Tone.Plain, false)]);
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
                var value = argument(match.Groups[1].Value) ?? "?";
                spans.AddRange(value.Spans.Select(s => tone == Tone.Code ? s with { Tone = tone } : s));
            }
            else if (piece.Length > 0)
            {
                spans.Add(new Span(piece, tone, false));
            }
        }

        return new Text(spans);
    }

    [GeneratedRegex(@"(\{(?:[0-9]|[a-z_]+)\}|`)")]
    private static partial Regex Pieces();

    [GeneratedRegex(@"^\{([0-9]|[a-z_]+)\}$")]
    private static partial Regex Placeholder();
}
