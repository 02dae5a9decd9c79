using System.Globalization;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Hooks;

namespace Glancy.Bot.Commands.Hooks;

/// <summary>Lights with a shape and a word of their own, because colour alone tells some people nothing.</summary>
public static class LightWords
{
    public static Text Of(Light light, Phrasebook words)
    {
        ArgumentNullException.ThrowIfNull(words);
        return words.Of("light", light).In(light switch
        {
            Light.Green => Tone.Good,
            Light.Yellow => Tone.Warn,
            Light.Red => Tone.Bad,
            _ => Tone.Strong,
        });
    }

    /// <summary>Hooks with their lights as evidence keeps them, <c>HK-03 Red, HK-05 Unknown</c>, in words.</summary>
    public static Text Several(string evidence, Phrasebook words)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        ArgumentNullException.ThrowIfNull(words);
        return words.List(evidence.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(item =>
            item.Split(' ') is [var hook, var light] && Enum.TryParse<Light>(light, out var known) ? (Text)(hook + " ") + Of(known, words) : item));
    }

    /// <summary>A measured value in its unit; empty when there is none.</summary>
    public static Text Value(MeasureReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        return reading.Value is { } value ? Threshold.Format(value, reading.Measure.Unit) : Text.Empty;
    }

    /// <summary>The distance to the red limit, in per cent of it; empty when there is none.</summary>
    public static Text Margin(MeasureReading reading, Phrasebook words)
    {
        ArgumentNullException.ThrowIfNull(reading);
        ArgumentNullException.ThrowIfNull(words);
        return reading.Margin is not { } margin ? Text.Empty
            : margin < 0 ? words.Say("hk.beyond", Percent(-margin))
            : words.Say("hk.left", Percent(margin));
    }

    private static string Percent(double part) => (Math.Min(part, 99.99) * 100).ToString(part < 0.1 ? "0.#" : "0", CultureInfo.InvariantCulture) + " %";
}
