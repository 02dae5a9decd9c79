using Glancy.Ops.Hooks;
using Glancy.Ops.Runbook;

namespace Glancy.Ops.Patrols;

/// <summary>Looks at what a patrol looks at. What cannot be read is unknown, never green.</summary>
public sealed class PatrolReader(HookSnapshots hooks, RunbookHolder runbook)
{
    /// <summary>How things stand at an instant; unknown without a line where a person has to look.</summary>
    public async Task<(PatrolResult Result, IReadOnlyList<PatrolLine> Lines)> LookAsync(Patrol patrol, DateTimeOffset at, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(patrol);
        if (patrol.ByPerson)
        {
            return (PatrolResult.Unknown, []);
        }

        var content = runbook.Current;
        var own = new Hook(patrol.Id, patrol.Title, patrol.Section, "", false, patrol.Measures);
        var looked = content.Hooks.Where(h => patrol.Hooks.Contains(h.Id)).Concat(patrol.Measures.Count > 0 ? [own] : []).ToList();
        var readings = await hooks.ReadAsync(content with { Hooks = looked }, at, cancellationToken);
        PatrolLine[] lines =
        [
            .. readings.SelectMany(r => ReferenceEquals(r.Hook, own)
                ? r.Measures.Select(m => Line(m.Measure.Id, m.Measure.Name, m, m.Light, m.Near, r))
                : r.Worst is { } worst ? [Line(r.Hook.Id, r.Hook.Name, worst, r.Light, r.Measures.Any(m => m.Near), r)] : []),
        ];
        return (lines.Select(Result).DefaultIfEmpty(PatrolResult.Unknown).Max(), lines);
    }

    // What our own switch does is no news.
    private static PatrolResult Result(PatrolLine line) => line switch
    {
        { ExplainedBy: not null } => PatrolResult.Green,
        { Light: Light.Red } => PatrolResult.Red,
        { Light: Light.Unknown } => PatrolResult.Unknown,
        { Light: Light.Yellow } => PatrolResult.Yellow,
        { Near: true } => PatrolResult.Near,
        _ => PatrolResult.Green,
    };

    private static PatrolLine Line(string id, Words name, MeasureReading measure, Light light, bool near, HookReading of) => new(
        id, name, light, measure.Value is { } value ? Threshold.Format(value, measure.Measure.Unit) : null, measure.Measure.Red.ToString(), near, of.ExplainedBy);
}
