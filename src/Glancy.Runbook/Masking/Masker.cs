using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Glancy.Runbook.Masking;

/// <summary>
/// Applies the rules of <c>runbook/secrets.yaml</c> and <c>runbook/masking.yaml</c> to text from outside. The same text
/// always becomes the same; one on which a rule works too long is withheld whole.
/// </summary>
/// <param name="key">Of this installation; without one, values of a rule all look the same.</param>
/// <param name="own">Values that are ours whatever a rule says, such as the phone numbers of people on call.</param>
public sealed partial class Masker(IReadOnlyList<MaskRule> rules, byte[]? key, IReadOnlySet<string> own)
{
    /// <summary>Shown instead of a text that could not be looked through.</summary>
    public const string Withheld = "withheld";

    private readonly CleanTexts clean = CleanTexts.Of(rules);

    /// <summary>What a text may be shown as.</summary>
    /// <param name="revealed">Rules whose values the asker may see.</param>
    public Masked Mask(string text, IReadOnlySet<string> revealed)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(revealed);
        if (text.Length == 0 || clean.Has(text))
        {
            return Masked.Nothing;
        }

        var looked = Usual(WithoutColours(text));
        var hidden = new List<MaskedPlace>();
        var shown = new List<(int Start, int Length, string Rule)>();
        var found = false;
        foreach (var rule in rules)
        {
            try
            {
                foreach (var (start, length) in rule.Find(looked))
                {
                    found = true;
                    if (own.Contains(text.Substring(start, length)))
                    {
                        continue;
                    }

                    if (revealed.Contains(rule.Id) && rule.Reveal.Count > 0)
                    {
                        shown.Add((start, length, rule.Id));
                    }
                    else
                    {
                        Add(
                            hidden,
                            new MaskedPlace(start, length, rule.Id, Instead(rule, text.Substring(start, length)))
                        );
                    }
                }
            }
            catch (Exception blind) when (blind is RegexMatchTimeoutException or ArgumentException)
            {
                return new Masked([new MaskedPlace(0, text.Length, rule.Id, $"[{Withheld}: {rule.Id}]")], []);
            }
        }

        if (!found)
        {
            clean.Keep(text);
            return Masked.Nothing;
        }

        // What another rule hides is not revealed by this one.
        return new Masked(
            [.. hidden.OrderBy(p => p.Start)],
            [
                .. shown
                    .Where(s => !hidden.Any(p => p.Start <= s.Start && s.Start + s.Length <= p.Start + p.Length))
                    .Select(s => s.Rule),
            ]
        );
    }

    /// <summary>The value's place in the text: <c>[user]</c>, or with a key <c>user-1a2b</c>.</summary>
    public string Instead(MaskRule rule, string value)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(value);
        if (key is null || !rule.Tag)
        {
            return $"[{rule.As}]";
        }

        // Four digits tell the few values of one answer apart, and are too few to try out whose they are.
        var hash = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(rule.Id + "\n" + value));
        return rule.As + "-" + Convert.ToHexStringLower(hash.AsSpan(0, 2));
    }

    // Places that meet become one, under the earlier rule's name.
    private static void Add(List<MaskedPlace> places, MaskedPlace place)
    {
        var meeting = places
            .Where(p => p.Start < place.Start + place.Length && place.Start < p.Start + p.Length)
            .ToList();
        if (meeting.Count > 0)
        {
            var start = Math.Min(place.Start, meeting.Min(p => p.Start));
            var end = Math.Max(place.Start + place.Length, meeting.Max(p => p.Start + p.Length));
            places.RemoveAll(meeting.Contains);
            place = meeting[0] with { Start = start, Length = end - start };
        }

        places.Add(place);
    }

    // A colour code would stand against the value as if it were part of it; blanks of the same length keep all places.
    private static string WithoutColours(string text) => Colour().Replace(text, code => new string(' ', code.Length));

    // Full-width digits, letters and signs as their usual forms: they are typed and pasted for one another, and are as
    // long.
    private static string Usual(string text) =>
        text.AsSpan().IndexOfAnyInRange('\uff01', '\uff5e') < 0
            ? text
            : string.Create(
                text.Length,
                text,
                static (usual, from) =>
                {
                    for (var i = 0; i < from.Length; i++)
                    {
                        usual[i] = from[i] is >= '\uff01' and <= '\uff5e' ? (char)(from[i] - '\uff01' + '!') : from[i];
                    }
                }
            );

    [GeneratedRegex(@"[\u001b\u241b\u009b]\[?[0-9;]*[A-Za-z]")]
    private static partial Regex Colour();
}
