namespace Glancy.Runbook.Hooks;

/// <summary>
/// A guard hook (HK-01..06, §4.2) or a named signal: one light made of one or more measures; the worst measure decides.
/// </summary>
/// <param name="Id">As people write it: <c>HK-03</c>, <c>doubao-5xx</c>.</param>
/// <param name="Section">The runbook section that sets the numbers, for example <c>4.2</c>.</param>
/// <param name="DraftsRollback">Whether red freezes the train and drafts a rollback (§4.4 step 1).</param>
/// <param name="Dashboard">Id of a dashboard of §7.1.</param>
public sealed record Hook(
    string Id,
    Words Name,
    string Section,
    string Dashboard,
    bool DraftsRollback,
    IReadOnlyList<Measure> Measures
)
{
    // Counters are scraped now and then: the first sample after a change still counts what came before it.
    private static readonly TimeSpan Scrape = TimeSpan.FromMinutes(1);

    /// <summary>How far back its measures look: what was so then may still show.</summary>
    public TimeSpan Lookback => Measures.Count == 0 ? TimeSpan.Zero : Measures.Max(m => m.Window + m.Hold) + Scrape;
}

/// <summary>One measured number of a hook.</summary>
public sealed record Measure
{
    public required string Id { get; init; }

    public required Words Name { get; init; }

    /// <summary>
    /// PromQL; <c>$segment</c>, <c>$window</c>, <c>$month</c> and <c>$days</c> are filled in before it is asked
    /// (<see cref="QueryText"/>).
    /// </summary>
    public required string Query { get; init; }

    /// <summary>The window of the query; §4.2's is five minutes.</summary>
    public required TimeSpan Window { get; init; }

    /// <summary>
    /// How long the red condition must have held, for example one minute for doubao-5xx; zero for at once. Until then
    /// it is yellow.
    /// </summary>
    public required TimeSpan Hold { get; init; }

    /// <summary>
    /// PromQL for the number of observations in the window; null where the measure has no such notion.
    /// </summary>
    public required string? Samples { get; init; }

    /// <summary>Fewer observations than this is unknown.</summary>
    public required double MinimumSamples { get; init; }

    public required Unit Unit { get; init; }

    public required Threshold Red { get; init; }

    /// <summary>Null where the runbook names one limit only.</summary>
    public required Threshold? Yellow { get; init; }

    /// <summary>What counts as good when judging recovery; null means "not red and not yellow".</summary>
    public required Threshold? Recovered { get; init; }

    /// <summary>Whether it is also read for the new colour alone while a batch is active (rule 9).</summary>
    public required bool SegmentsByColour { get; init; }

    /// <summary>
    /// Beyond this a drafted rollback is urgent and the release manager is paged (§4.3: cost above 1.5×); null where
    /// there is no such limit.
    /// </summary>
    public Threshold? Urgent { get; init; }
}
