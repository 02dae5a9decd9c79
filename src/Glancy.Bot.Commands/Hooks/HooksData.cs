using Glancy.Bot.Commands.Words;
using Glancy.Ops.Hooks;
using Glancy.Runbook.Hooks;

namespace Glancy.Bot.Commands.Hooks;

/// <summary>A snapshot as data.</summary>
internal sealed record HooksData(
    long Snapshot,
    DateTimeOffset At,
    string RunbookVersion,
    Light Worst,
    IReadOnlyList<HookData> Hooks
)
{
    public static HooksData Of(HookSnapshot snapshot, Phrasebook words)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return new HooksData(
            snapshot.Id,
            snapshot.At,
            snapshot.RunbookVersion,
            snapshot.Worst,
            [.. snapshot.Hooks.Select(h => HookData.Of(h, words))]
        );
    }
}

/// <summary>One hook as data.</summary>
internal sealed record HookData(
    string Id,
    string Name,
    string Section,
    Light Light,
    string? ExplainedBy,
    string Dashboard,
    double TookSeconds,
    IReadOnlyList<MeasureData> Measures
)
{
    public static HookData Of(HookReading reading, Phrasebook words)
    {
        ArgumentNullException.ThrowIfNull(reading);
        ArgumentNullException.ThrowIfNull(words);
        return new HookData(
            reading.Hook.Id,
            reading.Hook.Name.In(words.Culture),
            reading.Hook.Section,
            reading.Light,
            reading.ExplainedBy,
            reading.Hook.Dashboard,
            Math.Round(reading.Took.TotalSeconds, 3),
            [
                .. reading.Measures.Select(m => new MeasureData(
                    m.Measure.Id,
                    m.Segment,
                    m.Value,
                    m.Measure.Unit,
                    m.Light,
                    m.Near,
                    m.Recovered,
                    m.Margin,
                    m.Measure.Red.ToString(),
                    m.Measure.Yellow?.ToString(),
                    m.Measure.Window.TotalSeconds,
                    m.Unknown,
                    m.Said
                )),
            ]
        );
    }
}

/// <summary>One measured number as data.</summary>
/// <param name="Value">In the base unit: 0.999 for 99.9 %.</param>
/// <param name="Margin">Part of the red limit that is left; negative beyond it.</param>
/// <param name="Said">What the source itself said of an answer that does not count.</param>
internal sealed record MeasureData(
    string Id,
    string Segment,
    double? Value,
    Unit Unit,
    Light Light,
    bool Near,
    bool Recovered,
    double? Margin,
    string Red,
    string? Yellow,
    double WindowSeconds,
    UnknownReason? Unknown,
    string? Said
);
