using Glancy.Ops.Roster.Sources;
using Glancy.Ops.Runbook;
using Glancy.Runbook;
using Glancy.Runbook.People;
using Glancy.Runbook.Roster;

namespace Glancy.Ops.Roster;

/// <summary>Who is on duty at an instant.</summary>
/// <param name="Holders">Role id to persons; empty where nobody holds it.</param>
public sealed record OnCall(
    ShiftHours Shift,
    DateTimeOffset ShiftStart,
    DateTimeOffset ShiftEnd,
    IReadOnlyDictionary<string, IReadOnlyList<Person>> Holders
)
{
    private static readonly string[] CalledFirst = ["primary", "secondary"];

    /// <summary>
    /// Until when the shift before keeps Primary and Secondary unless the handover is accepted earlier (§1.2); null
    /// once they have moved.
    /// </summary>
    public DateTimeOffset? KeptUntil { get; init; }

    /// <summary>Role id to the override by which it is held; a role that is held without one is not there.</summary>
    public IReadOnlyDictionary<string, RosterOverride> By { get; init; } = new Dictionary<string, RosterOverride>();

    /// <summary>
    /// The holiday, or the workday that makes up for one, on which the shift begins; null for a day like any other.
    /// </summary>
    public CalendarDay? Day { get; init; }

    /// <summary>Who is called first (§1.2): Primary, then Secondary; empty where nobody holds either.</summary>
    public IReadOnlyList<Person> FirstCalled =>
        [.. CalledFirst.SelectMany(role => Holders.GetValueOrDefault(role, [])).DistinctBy(p => p.Id)];

    /// <summary>Roles the person holds now; empty for somebody who is not on the roster.</summary>
    public IReadOnlyList<string> RolesOf(Person person) =>
        [.. Holders.Where(h => h.Value.Any(p => p.Id == person.Id)).Select(h => h.Key)];
}

/// <summary>What has become of the handover into a shift.</summary>
public interface IAcceptances
{
    /// <summary>When it was accepted; null when it was not.</summary>
    /// <param name="boundary">The instant at which the shift begins.</param>
    Task<DateTimeOffset?> AcceptedAsync(DateTimeOffset boundary, CancellationToken cancellationToken);
}

/// <summary>
/// The one resolver of roles (rule 5, §1.1): role checks, mentions, escalation and handover all ask here.
/// </summary>
public sealed class DutyRoster(
    RunbookHolder runbook,
    IRosterOverrides overrides,
    IRosterTurns turns,
    IAcceptances acceptances
)
{
    // The database keeps microseconds.
    private static readonly TimeSpan Instant = TimeSpan.FromMicroseconds(1);

    /// <summary>Who holds what at the given instant, past or present.</summary>
    public async Task<OnCall> HoldersAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        var content = await KnownAsync(at, cancellationToken);
        var now = await overrides.AtAsync(at, cancellationToken);
        var planned = Plan(content, at, Changes(now));
        if (
            at >= planned.ShiftStart + content.Roster.Handover.KeptFor
            || await acceptances.AcceptedAsync(planned.ShiftStart, cancellationToken) <= at
        )
        {
            return planned;
        }

        var before = await overrides.AtAsync(planned.ShiftStart - Instant, cancellationToken);
        return Resolve(content, at, null, Changes(before.Concat(now).DistinctBy(o => o.Id).OrderBy(o => o.Id)));
    }

    /// <summary>
    /// Who is to hold what at the given instant by the roster, whether or not a handover is accepted by then.
    /// </summary>
    public async Task<OnCall> PlannedAsync(DateTimeOffset at, CancellationToken cancellationToken) =>
        Plan(await KnownAsync(at, cancellationToken), at, Changes(await overrides.AtAsync(at, cancellationToken)));

    /// <summary>Who holds what now, and what is to come of it within a week.</summary>
    public async Task<DutyOutlook> OutlookAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        DutyOutlook.Of(
            await KnownAsync(now, cancellationToken),
            await HoldersAsync(now, cancellationToken),
            now,
            await overrides.FromAsync(now, cancellationToken)
        );

    /// <summary>
    /// The runbook with what was known at an instant of the roles that are kept elsewhere; of one to come, what is
    /// known now.
    /// </summary>
    public async Task<RunbookContent> KnownAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        var content = runbook.Current;
        return content.Roster.Sources.Count == 0
            ? content
            : content with
            {
                Roster = content.Roster with
                {
                    Heard = await turns.KnownAsync(content.Roster.Sources, at, cancellationToken),
                },
            };
    }

    /// <summary>
    /// Pure: who holds what. At a change of shift those who leave keep Primary and Secondary until the handover is
    /// accepted, and for half an hour at most (§1.2); a role that nobody held before is kept by nobody. Overrides count
    /// at once, whatever is accepted.
    /// </summary>
    /// <param name="accepted">When the handover into the shift was accepted; null when it was not.</param>
    /// <param name="entered">As for <see cref="Plan"/>; those of the shift before too.</param>
    public static OnCall Resolve(
        RunbookContent content,
        DateTimeOffset at,
        DateTimeOffset? accepted,
        params IReadOnlyList<RosterOverride> entered
    )
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(entered);
        var planned = Plan(content, at, entered);
        var until = planned.ShiftStart + content.Roster.Handover.KeptFor;
        if (at >= until || accepted <= at)
        {
            return planned;
        }

        var before = Plan(content, planned.ShiftStart - Instant, entered);
        return planned with
        {
            Holders = planned.Holders.ToDictionary(
                h => h.Key,
                h =>
                    content.Roles[h.Key].ByShift && !planned.By.ContainsKey(h.Key) && before.Holders[h.Key].Count > 0
                        ? before.Holders[h.Key]
                        : h.Value,
                StringComparer.Ordinal
            ),
            KeptUntil = until,
        };
    }

    /// <summary>Pure: who is to hold what by the roster of one runbook.</summary>
    /// <param name="entered">Overrides beside the runbook's, the weakest first; one of a person or a role that is gone
    /// counts for nothing.</param>
    public static OnCall Plan(RunbookContent content, DateTimeOffset at, params IReadOnlyList<RosterOverride> entered)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(entered);
        var book = content.Roster;
        var zone = TimeZoneInfo.FindSystemTimeZoneById(book.TimeZone);
        var local = TimeZoneInfo.ConvertTime(at, zone);
        var (shift, date) = ShiftAt(book, local);
        var start = Local(zone, date, shift.Start);
        var end = Local(zone, shift.End > shift.Start ? date : date.AddDays(1), shift.End);

        var holders = content.Roles.Keys.ToDictionary(role => role, _ => new List<Person>(), StringComparer.Ordinal);
        foreach (var (role, persons) in book.Standing)
        {
            holders[role].AddRange(persons.Select(id => content.People[id]));
        }

        var weeks = (int)Math.Floor((date.DayNumber - book.RotationStart.DayNumber) / 7.0);
        var rotation = book.RestRotation.Count > 0 && book.IsRest(date) ? book.RestRotation : book.Rotation;
        var week = rotation[((weeks % rotation.Count) + rotation.Count) % rotation.Count];
        foreach (var (role, person) in week.Shifts[shift.Id])
        {
            holders[role].Add(content.People[person]);
        }

        // A role that is kept elsewhere is held by whoever was heard of, or by nobody.
        foreach (
            var heard in book.Heard.Roles.Where(h => holders.ContainsKey(h.Role) && h.From <= at && !(h.Until <= at))
        )
        {
            holders[heard.Role] =
            [
                .. book
                    .Heard.Turns.Where(t =>
                        t.Role == heard.Role && t.Covers(at) && content.People.ContainsKey(t.Person)
                    )
                    .Select(t => content.People[t.Person])
                    .DistinctBy(p => p.Id),
            ];
        }

        // An override takes the role over for its time; the latest entry wins.
        var known = entered.Where(o => holders.ContainsKey(o.Role) && content.People.ContainsKey(o.Person));
        var by = new Dictionary<string, RosterOverride>(StringComparer.Ordinal);
        foreach (var change in book.Overrides.Concat(known).Where(o => o.From <= at && at < o.To))
        {
            holders[change.Role] = [content.People[change.Person]];
            by[change.Role] = change;
        }

        return new OnCall(
            shift,
            start,
            end,
            holders.ToDictionary(h => h.Key, h => (IReadOnlyList<Person>)h.Value, StringComparer.Ordinal)
        )
        {
            Day = book.DayOf(date),
            By = by,
        };
    }

    private static IReadOnlyList<RosterOverride> Changes(IEnumerable<EnteredOverride> entered) =>
        [.. entered.Select(o => o.Counted)];

    // The shift that is on, and the date it started.
    private static (ShiftHours Shift, DateOnly Date) ShiftAt(RosterBook book, DateTimeOffset local)
    {
        var time = TimeOnly.FromDateTime(local.DateTime);
        var today = DateOnly.FromDateTime(local.DateTime);
        foreach (var shift in book.Shifts)
        {
            if (shift.End > shift.Start)
            {
                if (time >= shift.Start && time < shift.End)
                {
                    return (shift, today);
                }
            }
            else if (time >= shift.Start)
            {
                return (shift, today);
            }
            else if (time < shift.End)
            {
                return (shift, today.AddDays(-1));
            }
        }

        throw new InvalidOperationException(
            "The shifts do not cover the day; the runbook's validation should have said so."
        );
    }

    private static DateTimeOffset Local(TimeZoneInfo zone, DateOnly date, TimeOnly time)
    {
        var local = date.ToDateTime(time);
        return new DateTimeOffset(local, zone.GetUtcOffset(local));
    }
}
