using Glancy.Runbook.Hooks;

namespace Glancy.Ops.Hooks.History;

/// <summary>How one measure of a hook went.</summary>
/// <param name="Hook">Id of the hook.</param>
/// <param name="Segment"><c>total</c>, or the colour the values are limited to.</param>
/// <param name="Points">One per step, the oldest first; both ends included.</param>
public sealed record HookSeries(
    string Hook,
    Measure Measure,
    string Segment,
    TimeSpan Step,
    IReadOnlyList<SeriesPoint> Points
)
{
    public DateTimeOffset From => Points[0].At;

    public DateTimeOffset To => Points[^1].At;
}

/// <param name="Value">In the measure's base unit; null where there was none, or too few observations to speak of
/// one.</param>
public sealed record SeriesPoint(DateTimeOffset At, double? Value);

/// <summary>What came of reading a series.</summary>
public abstract record SeriesOutcome
{
    private SeriesOutcome() { }

    public sealed record Read(HookSeries Series) : SeriesOutcome;

    /// <summary>There is nothing to show.</summary>
    /// <param name="Why">For a log.</param>
    public sealed record Unknown(string Why) : SeriesOutcome;
}
