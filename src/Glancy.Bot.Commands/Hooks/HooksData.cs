using Glancy.Bot.Commands.Words;
using Glancy.Ops.Hooks;
using Glancy.Runbook.Hooks;

namespace Glancy.Bot.Commands.Hooks;

/// <summary>A snapshot as data.</summary>
internal sealed record HooksData(
    long? Snapshot,
    DateTimeOffset At,
    string RunbookVersion,
    Light Worst,
    IReadOnlyList<HookData> Hooks
)
{
    public static HooksData Of(HookSnapshot snapshot, Phrasebook words)
    {
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
        return new HookData(
            reading.Hook.Id,
            reading.Hook.Name.In(words.Culture),
            reading.Hook.Section,
            reading.Light,
            reading.ExplainedBy,
            reading.Hook.Dashboard,
            Math.Round(reading.Took.TotalSeconds, 3),
            [
                .. reading.Measures.Select(m => new MeasureData
                {
                    Id = m.Measure.Id,
                    Segment = m.Segment,
                    Value = m.Value,
                    Unit = m.Measure.Unit,
                    Light = m.Light,
                    Near = m.Near,
                    Recovered = m.Recovered,
                    Margin = m.Margin,
                    Red = m.Measure.Red.ToString(),
                    Yellow = m.Measure.Yellow?.ToString(),
                    WindowSeconds = m.Measure.Window.TotalSeconds,
                    Unknown = m.Unknown,
                    Said = m.Said,
                }),
            ]
        );
    }
}

/// <summary>One measured number as data.</summary>
internal sealed record MeasureData
{
    public required string Id { get; init; }

    public required string Segment { get; init; }

    /// <summary>In the base unit: 0.999 for 99.9 %.</summary>
    public required double? Value { get; init; }

    public required Unit Unit { get; init; }

    public required Light Light { get; init; }

    public required bool Near { get; init; }

    public required bool Recovered { get; init; }

    /// <summary>Part of the red limit that is left; negative beyond it.</summary>
    public required double? Margin { get; init; }

    public required string Red { get; init; }

    public required string? Yellow { get; init; }

    public required double WindowSeconds { get; init; }

    public required UnknownReason? Unknown { get; init; }

    /// <summary>What the source itself said of an answer that does not count.</summary>
    public required string? Said { get; init; }
}
