using Glancy.Bot.Commands.Words;
using Glancy.Ops.Hooks;
using Glancy.Ops.Slo;
using Glancy.Runbook.Hooks;

namespace Glancy.Bot.Commands.Slo;

/// <summary>A report as data. Shares are of 1; times are seconds.</summary>
internal sealed record SloData
{
    public required DateTimeOffset At { get; init; }

    public required string RunbookVersion { get; init; }

    public required IReadOnlyList<ObjectiveData> Objectives { get; init; }

    public required IReadOnlyList<ObjectiveData> Agreements { get; init; }

    public required IReadOnlyList<BudgetData> Day { get; init; }

    public required RateData? Month { get; init; }

    public required IReadOnlyList<RateData> Burn { get; init; }

    /// <summary><c>never</c>, <c>already</c>, <c>in</c> or <c>unknown</c>.</summary>
    public required string Exhaustion { get; init; }

    /// <summary>Only with <c>in</c>.</summary>
    public required double? ExhaustedInSeconds { get; init; }

    /// <summary>Only with <c>in</c>; false when the month, and this budget with it, ends first.</summary>
    public required bool? BeforeMonthEnds { get; init; }

    public static SloData Of(SloReport report, Phrasebook words)
    {
        var lasts = report.Exhaustion as Exhaustion.In;
        return new SloData
        {
            At = report.At,
            RunbookVersion = report.RunbookVersion,
            Objectives = [.. report.Objectives.Select(o => ObjectiveData.Of(o, words))],
            Agreements = [.. report.Agreements.Select(o => ObjectiveData.Of(o, words))],
            Day =
            [
                .. report.Day.Select(d => new BudgetData(
                    d.Metric,
                    d.Objective?.Id,
                    d.Minutes,
                    d.ShareMinutes,
                    d.Consumed,
                    d.Unknown
                )),
            ],
            Month = report.Month is { } month ? RateData.Of(month) : null,
            Burn = [.. report.Burn.Select(RateData.Of)],
            Exhaustion = report.Exhaustion.GetType().Name.ToLowerInvariant(),
            ExhaustedInSeconds = lasts?.Time.TotalSeconds,
            BeforeMonthEnds = lasts?.BeforeMonthEnds,
        };
    }
}

/// <summary>One promise as data.</summary>
internal sealed record ObjectiveData
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Section { get; init; }

    public required Attainment Attainment { get; init; }

    public required double? Value { get; init; }

    public required Unit Unit { get; init; }

    public required string Target { get; init; }

    /// <summary>Part of the target that is left; negative beyond it.</summary>
    public required double? Margin { get; init; }

    public required bool Near { get; init; }

    /// <summary>Null for the calendar month.</summary>
    public required double? WindowSeconds { get; init; }

    public required UnknownReason? Unknown { get; init; }

    public static ObjectiveData Of(ObjectiveReading reading, Phrasebook words)
    {
        var (objective, read) = reading;
        return new ObjectiveData
        {
            Id = objective.Id,
            Name = objective.Measure.Name.In(words.Culture),
            Section = objective.Section,
            Attainment = reading.Attainment,
            Value = read.Value,
            Unit = objective.Measure.Unit,
            Target = objective.Target.ToString(),
            Margin = read.Margin,
            Near = read.Near,
            WindowSeconds = objective.Window?.TotalSeconds,
            Unknown = read.Unknown,
        };
    }
}

/// <summary>A metric's error minutes over the day, as data.</summary>
internal sealed record BudgetData(
    string Metric,
    string? Objective,
    double? Minutes,
    double? ShareMinutes,
    double? Consumed,
    BudgetUnknown? Unknown
);

/// <summary>A consumption or a burn rate as data.</summary>
internal sealed record RateData(string Id, double? Value, Unit Unit, UnknownReason? Unknown)
{
    public static RateData Of(MeasureReading reading)
    {
        return new RateData(reading.Measure.Id, reading.Value, reading.Measure.Unit, reading.Unknown);
    }
}
