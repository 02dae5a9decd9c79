using System.Globalization;
using Glancy.Bot.Commands.Pages;
using Glancy.Ops.Hooks;
using Glancy.Runbook.Hooks;

namespace Glancy.Bot.Commands.Words;

/// <summary>Lights with a shape and a word of their own, because colour alone tells some people nothing.</summary>
internal static class LightWords
{
    // A source may send pages of warnings.
    private const int LongestSaid = 160;

    public static Text Of(Light light, Phrasebook words)
    {
        return words
            .Of("light", light)
            .In(
                light switch
                {
                    Light.Green => Tone.Good,
                    Light.Yellow => Tone.Warn,
                    Light.Red => Tone.Bad,
                    _ => Tone.Strong,
                }
            )
            .As(
                light switch
                {
                    Light.Green => Signal.Good,
                    Light.Yellow => Signal.Warn,
                    Light.Red => Signal.Bad,
                    _ => Signal.Quiet,
                }
            );
    }

    /// <summary>Hooks with their lights as evidence keeps them, <c>HK-03 Red, HK-05 Unknown</c>, in words.</summary>
    public static Text Several(string evidence, Phrasebook words)
    {
        return words.List(
            evidence
                .Split(", ", StringSplitOptions.RemoveEmptyEntries)
                .Select(item =>
                    item.Split(' ') is [var hook, var light] && Enum.TryParse<Light>(light, out var known)
                        ? (Text)(hook + " ") + Of(known, words)
                        : item
                )
        );
    }

    /// <summary>A measured value in its unit; empty when there is none.</summary>
    public static Text Value(MeasureReading reading)
    {
        return reading.Value is { } value ? Threshold.Format(value, reading.Measure.Unit) : Text.Empty;
    }

    /// <summary>Why a measure is unknown, with what the source said of it; empty when it is known.</summary>
    public static Text Unknown(MeasureReading reading, Phrasebook words)
    {
        return reading.Unknown is not { } reason ? Text.Empty
            : reading.Said is { Length: > 0 } said
                ? words.Say(
                    "page.in-brackets",
                    words.Of("hk.unknown", reason),
                    said.Length <= LongestSaid ? said : said[..LongestSaid] + "…"
                )
            : words.Of("hk.unknown", reason);
    }

    /// <summary>
    /// Which measure of a hook a reading is of; empty for the first measure of all traffic, which goes by the hook's
    /// name.
    /// </summary>
    public static Text Which(HookReading hook, MeasureReading reading, Names names)
    {
        var words = names.Words;
        Text[] notes =
        [
            reading.Measure.Id == hook.Hook.Measures[0].Id ? Text.Empty : names.In(reading.Measure.Name),
            reading.Segment == QueryText.Total ? Text.Empty : words["hk.segment"],
        ];
        return words.List(notes.Where(note => !note.IsEmpty));
    }

    /// <summary>The distance to the red limit, in per cent of it; empty when there is none.</summary>
    public static Text Margin(MeasureReading reading, Phrasebook words)
    {
        return reading.Margin is not { } margin ? Text.Empty
            : margin < 0 ? words.Say("hk.beyond", Percent(-margin))
            : words.Say("hk.left", Percent(margin));
    }

    private static string Percent(double part) =>
        (Math.Min(part, 99.99) * 100).ToString(part < 0.1 ? "0.#" : "0", CultureInfo.InvariantCulture) + " %";
}
