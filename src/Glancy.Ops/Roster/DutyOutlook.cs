using Glancy.Runbook;
using Glancy.Runbook.People;

namespace Glancy.Ops.Roster;

/// <summary>An override that counts now or soon, wherever it comes from.</summary>
/// <param name="Entered">Who entered it and when; null for one that a file of the runbook says.</param>
public sealed record KnownOverride(RosterOverride Change, EnteredOverride? Entered);

/// <summary>
/// Who is on duty, who comes next, and what makes that another than the rotation says (§1.1). Whatever shows duty shows
/// this.
/// </summary>
/// <param name="Changes">Real changes of holders within a week, the first first.</param>
/// <param name="Overrides">Those that count now or within the week, the first to begin first.</param>
public sealed record DutyOutlook(OnCall Now, IReadOnlyList<DutyChange> Changes, IReadOnlyList<KnownOverride> Overrides)
{
    /// <summary>How far ahead it looks.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromDays(7);

    /// <summary>Changes before the shift ends: nobody hears of them by the handover.</summary>
    public IReadOnlyList<DutyChange> InShift => [.. Changes.Where(c => c.At < Now.ShiftEnd && !c.WithShift)];

    /// <summary>The next change of a role; null where none is near.</summary>
    public DutyChange? NextOf(string role) => Changes.FirstOrDefault(c => c.Role == role);

    /// <summary>
    /// Who is called first after the next change before the shift ends that makes them others; null where there is
    /// none.
    /// </summary>
    public (DateTimeOffset At, IReadOnlyList<Person> Persons)? NextCalled { get; private init; }

    /// <summary>Pure.</summary>
    /// <param name="entered">Overrides that were entered and have not ended, in any order.</param>
    public static DutyOutlook Of(
        RunbookContent content,
        OnCall now,
        DateTimeOffset at,
        IReadOnlyList<EnteredOverride> entered
    )
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(entered);
        var until = at + Ahead;
        IReadOnlyList<RosterOverride> counted = [.. entered.OrderBy(o => o.Id).Select(o => o.Counted)];
        var outlook = new DutyOutlook(
            now,
            DutyChanges.After(content, now, at, until, counted),
            [
                .. content
                    .Roster.Overrides.Where(o => o.To > at && o.From < until)
                    .Select(o => new KnownOverride(o, null))
                    .Concat(entered.Select(e => new KnownOverride(e.Counted, e)))
                    .OrderBy(o => o.Change.From)
                    .ThenBy(o => o.Entered?.Id ?? 0),
            ]
        );
        return outlook with { NextCalled = Called(content, outlook) };
    }

    private static (DateTimeOffset, IReadOnlyList<Person>)? Called(RunbookContent content, DutyOutlook outlook)
    {
        var holders = outlook.Now.Holders.ToDictionary(h => h.Key, h => h.Value, StringComparer.Ordinal);
        foreach (var moment in outlook.InShift.GroupBy(c => c.At))
        {
            foreach (var change in moment)
            {
                holders[change.Role] = [.. change.After.Select(id => content.People[id])];
            }

            if (
                (outlook.Now with { Holders = holders }).FirstCalled is var called
                && !called.Select(p => p.Id).SequenceEqual(outlook.Now.FirstCalled.Select(p => p.Id))
            )
            {
                return (moment.Key, called);
            }
        }

        return null;
    }
}
