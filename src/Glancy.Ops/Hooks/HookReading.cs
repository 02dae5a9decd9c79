using Glancy.Ops.Connectors.Releasectl;
using Glancy.Runbook.Hooks;

namespace Glancy.Ops.Hooks;

/// <summary>Why a measure is unknown; put into words by the one who shows it.</summary>
public enum UnknownReason
{
    NoData,
    NotANumber,
    TooFewSamples,
    Timeout,
    Unreachable,
    BadAnswer,

    /// <summary>There is an answer, but some of what it should count is missing from it.</summary>
    PartialAnswer,

    /// <summary>It began before the change that it is to judge (<see cref="WholeWindow"/>).</summary>
    WindowNotWhole,
}

/// <summary>One measure read at one instant for one segment.</summary>
/// <param name="Segment"><c>total</c>, or the colour the reading is limited to.</param>
/// <param name="Value">In the measure's base unit; null when unknown.</param>
/// <param name="Near">Within 10 % of the red limit, on its safe side (§3); no bearing on the light.</param>
/// <param name="Recovered">The value satisfies the recovery limit.</param>
/// <param name="Margin">Relative distance to the red limit, 0.1 = ten per cent left; negative beyond it.</param>
public sealed record MeasureReading(
    Measure Measure,
    string Segment,
    double? Value,
    Light Light,
    bool Near,
    bool Recovered,
    double? Margin,
    UnknownReason? Unknown
)
{
    /// <summary>
    /// What the source itself said of an answer that does not count; null where the reason says it all.
    /// </summary>
    public string? Said { get; init; }
}

/// <summary>One hook read at one instant.</summary>
/// <param name="Light">The worst of the measures: red, then unknown, then yellow.</param>
/// <param name="ExplainedBy">A switch of ours (flag=value) that makes this light red or silent; null otherwise (rule
/// 7).</param>
/// <param name="Took">Wall time of the slowest query.</param>
public sealed record HookReading(
    Hook Hook,
    Light Light,
    IReadOnlyList<MeasureReading> Measures,
    string? ExplainedBy,
    TimeSpan Took
)
{
    /// <summary>Every measure is good by its recovery limit.</summary>
    public bool Recovered => Light != Light.Unknown && Measures.Count > 0 && Measures.All(m => m.Recovered);

    /// <summary>
    /// The switch that explains it was taken back already; only the hook's window still shows it. Enough to start
    /// nothing, not enough to call it verified.
    /// </summary>
    public bool Fading { get; init; }

    /// <summary>Green, or not by our own doing.</summary>
    public bool Good => Light == Light.Green || ExplainedBy is not null;

    /// <summary>Red or unknown, and not explained: nothing that adds risk may begin (rule 9).</summary>
    public bool RiskForbidden => Light is Light.Red or Light.Unknown && ExplainedBy is null;

    /// <summary>Red, and not by our own switch.</summary>
    public bool RedUnexplained => Light == Light.Red && ExplainedBy is null;

    /// <summary>A measure is beyond its urgent limit (§4.3).</summary>
    public bool Urgent =>
        Measures.Any(m => m.Value is { } value && m.Measure.Urgent is { } urgent && urgent.Holds(value));

    /// <summary>The measure that decided the light, to be shown first.</summary>
    public MeasureReading? Worst =>
        Measures.OrderByDescending(m => m.Light).ThenBy(m => m.Margin ?? double.MaxValue).FirstOrDefault();
}

/// <summary>All hooks read together.</summary>
/// <param name="Id">Its number where it is kept; null for one that was only looked at.</param>
/// <param name="At">World time of the readings.</param>
/// <param name="RunbookVersion">The runbook version whose limits were used.</param>
public sealed record HookSnapshot(long? Id, DateTimeOffset At, string RunbookVersion, IReadOnlyList<HookReading> Hooks)
{
    /// <summary>How the train stood by the release tool's word then; null when it gave none.</summary>
    public ReleaseStatus? Release { get; init; }

    public Light Worst => Hooks.Count == 0 ? Light.Unknown : Hooks.Max(h => h.Light);

    public HookReading? Find(string id) =>
        Hooks.FirstOrDefault(h => string.Equals(h.Hook.Id, id, StringComparison.OrdinalIgnoreCase));
}
