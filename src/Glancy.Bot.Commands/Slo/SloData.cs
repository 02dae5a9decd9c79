using Glancy.Bot.Commands.Words;
using Glancy.Ops.Hooks;
using Glancy.Ops.Slo;
using Glancy.Runbook.Hooks;

namespace Glancy.Bot.Commands.Slo;

/// <summary>A report as data. Shares are of 1; times are seconds.</summary>
/// <param name="Exhaustion"><c>never</c>, <c>already</c>, <c>in</c> or <c>unknown</c>.</param>
/// <param name="ExhaustedInSeconds">Only with <c>in</c>.</param>
/// <param name="BeforeMonthEnds">Only with <c>in</c>; false when the month, and this budget with it, ends
/// first.</param>
internal sealed record SloData(
    DateTimeOffset At,
    string RunbookVersion,
    IReadOnlyList<ObjectiveData> Objectives,
    IReadOnlyList<ObjectiveData> Agreements,
    IReadOnlyList<BudgetData> Day,
    RateData? Month,
    IReadOnlyList<RateData> Burn,
    string Exhaustion,
    double? ExhaustedInSeconds,
    bool? BeforeMonthEnds
)
{
    public static SloData Of(SloReport report, Phrasebook words)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(words);
        var lasts = report.Exhaustion as Exhaustion.In;
        return new SloData(
            report.At,
            report.RunbookVersion,
            [.. report.Objectives.Select(o => ObjectiveData.Of(o, words))],
            [.. report.Agreements.Select(o => ObjectiveData.Of(o, words))],
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
            report.Month is { } month ? RateData.Of(month) : null,
            [.. report.Burn.Select(RateData.Of)],
            report.Exhaustion.GetType().Name.ToLowerInvariant(),
            lasts?.Time.TotalSeconds,
            lasts?.BeforeMonthEnds
        );
    }
}

/// <summary>One promise as data.</summary>
/// <param name="WindowSeconds">Null for the calendar month.</param>
/// <param name="Margin">Part of the target that is left; negative beyond it.</param>
internal sealed record ObjectiveData(
    string Id,
    string Name,
    string Section,
    Attainment Attainment,
    double? Value,
    Unit Unit,
    string Target,
    double? Margin,
    bool Near,
    double? WindowSeconds,
    UnknownReason? Unknown
)
{
    public static ObjectiveData Of(ObjectiveReading reading, Phrasebook words)
    {
        ArgumentNullException.ThrowIfNull(reading);
        ArgumentNullException.ThrowIfNull(words);
        var (objective, read) = reading;
        return new ObjectiveData(
            objective.Id,
            objective.Measure.Name.In(words.Culture),
            objective.Section,
            reading.Attainment,
            read.Value,
            objective.Measure.Unit,
            objective.Target.ToString(),
            read.Margin,
            read.Near,
            objective.Window?.TotalSeconds,
            read.Unknown
        );
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
        ArgumentNullException.ThrowIfNull(reading);
        return new RateData(reading.Measure.Id, reading.Value, reading.Measure.Unit, reading.Unknown);
    }
}
