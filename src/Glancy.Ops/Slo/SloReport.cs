using Glancy.Ops.Hooks;
using Glancy.Runbook.Slo;

namespace Glancy.Ops.Slo;

/// <summary>How a promise stands. What is not known is never met.</summary>
public enum Attainment
{
    Met,
    Unknown,
    Missed,
}

/// <summary>One promise read at one instant.</summary>
/// <param name="Reading">The attained value, or why it is unknown, and the margin to the target.</param>
public sealed record ObjectiveReading(Objective Objective, MeasureReading Reading)
{
    public Attainment Attainment =>
        Reading.Value is not { } value ? Attainment.Unknown
        : Objective.Target.Holds(value) ? Attainment.Met
        : Attainment.Missed;
}

/// <summary>Why a metric's consumption is unknown.</summary>
public enum BudgetUnknown
{
    NoRows,
    TooFewRows,
    Stale,
    Timeout,
    Unreachable,
    BadAnswer,
}

/// <summary>The consumption of one metric over the day.</summary>
/// <param name="Minutes">Minutes of error; null when unknown.</param>
/// <param name="ShareMinutes">What the day may have; null for a metric that the runbook does not name.</param>
public sealed record BudgetReading(
    string Metric,
    Objective? Objective,
    double? Minutes,
    double? ShareMinutes,
    BudgetUnknown? Unknown
)
{
    /// <summary>Consumed part of the day's share, 1 for all of it; null when unknown.</summary>
    public double? Consumed => Minutes / ShareMinutes;
}

/// <summary>How long the month's budget lasts if errors go on as they do now.</summary>
public abstract record Exhaustion
{
    private Exhaustion() { }

    /// <summary>Nothing burns.</summary>
    public sealed record Never : Exhaustion;

    /// <summary>All of it is consumed.</summary>
    public sealed record Already : Exhaustion;

    /// <param name="BeforeMonthEnds">Otherwise the month ends first, and with it this budget.</param>
    public sealed record In(TimeSpan Time, bool BeforeMonthEnds) : Exhaustion;

    public sealed record Unknown : Exhaustion;
}

/// <summary>Everything read together.</summary>
/// <param name="At">World time of the readings.</param>
/// <param name="Month">Consumption of the month's budget, 1 for all of it; null only where the runbook names
/// none.</param>
public sealed record SloReport(
    DateTimeOffset At,
    string RunbookVersion,
    IReadOnlyList<ObjectiveReading> Objectives,
    IReadOnlyList<ObjectiveReading> Agreements,
    IReadOnlyList<BudgetReading> Day,
    MeasureReading? Month,
    IReadOnlyList<MeasureReading> Burn,
    Exhaustion Exhaustion
)
{
    /// <summary>Not one number could be had.</summary>
    public bool AllUnknown =>
        Objectives.Concat(Agreements).All(o => o.Attainment == Attainment.Unknown)
        && Day.All(d => d.Minutes is null)
        && Month?.Value is null
        && Burn.All(b => b.Value is null);
}
