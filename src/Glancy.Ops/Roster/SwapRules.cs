using System.Globalization;
using Glancy.Ops.Kernel;
using Glancy.Runbook;
using Glancy.Runbook.People;

namespace Glancy.Ops.Roster;

/// <summary>Who may change shifts with whom (§1.1); pure. Each is null where nothing stands in the way.</summary>
internal static class SwapRules
{
    /// <summary>
    /// The turn of a person in the shift of an instant, held from its beginning to its end; null when the person has
    /// none.
    /// </summary>
    /// <param name="entered">Overrides beside the runbook's, the weakest first.</param>
    public static Turn? TurnOf(
        RunbookContent content,
        DateTimeOffset at,
        string person,
        IReadOnlyList<RosterOverride> entered
    )
    {
        var shift = DutyRoster.Plan(content, at, entered);
        var (start, end) = (shift.ShiftStart, shift.ShiftEnd);
        var points = content
            .Roster.Overrides.Concat(entered)
            .SelectMany(o => new[] { o.From, o.To })
            .Concat(content.Roster.Heard.Turns.SelectMany(t => new[] { t.From, t.To ?? t.From }))
            .Where(p => start < p && p < end)
            .Prepend(start)
            .ToList();
        return
            content.Roles.Values.FirstOrDefault(role =>
                role.ByShift
                && points.All(p =>
                    DutyRoster.Plan(content, p, entered).Holders[role.Id] is [var only] && only.Id == person
                )
            )
                is { } held
            ? new Turn(held.Id, start, end)
            : null;
    }

    /// <summary>Both take turns, both hold what they give, and neither shift has begun.</summary>
    /// <param name="give">An instant of the shift that is given; <paramref name="take"/> of the one that is taken, null
    /// for none.</param>
    public static Refusal? Propose(
        RunbookContent content,
        Person by,
        string with,
        DateTimeOffset give,
        DateTimeOffset? take,
        IReadOnlyList<RosterOverride> entered,
        DateTimeOffset now
    )
    {
        return OverrideRules.Nobody(content, with)
            ?? (with == by.Id ? new Refusal("swap-with-oneself", "§1.1", by.Id) : null)
            ?? (TakesTurns(content, with) ? null : new Refusal("swap-takes-no-turns", "§1.1", with))
            ?? Free(content, by.Id, give, entered, now)
            ?? (take is { } back ? Free(content, with, back, entered, now) : null);
    }

    /// <summary>As when it was proposed, and before the first of the shifts.</summary>
    public static Refusal? Accept(
        RunbookContent content,
        Swap swap,
        Person person,
        IReadOnlyList<RosterOverride> entered,
        DateTimeOffset now
    )
    {
        return Open(swap)
            ?? (swap.With == person.Id ? null : new Refusal("swap-not-yours", "§1.1", person.Id, swap.Name, swap.With))
            ?? (now < swap.Deadline ? null : new Refusal("swap-too-late", "§1.1", Instant(swap.Deadline)))
            ?? (
                Same(swap.By, swap.Give) && (swap.Take is not { } take || Same(swap.With, take))
                    ? null
                    : new Refusal("swap-stale", "§1.1", swap.Name)
            );

        bool Same(string holder, Turn turn) => TurnOf(content, turn.From, holder, entered) == turn;
    }

    /// <summary>Either side may.</summary>
    public static Refusal? Decline(Swap swap, Person person)
    {
        return Open(swap)
            ?? (
                person.Id == swap.By || person.Id == swap.With
                    ? null
                    : new Refusal("swap-not-yours", "§1.1", person.Id, swap.Name, swap.With)
            );
    }

    private static Refusal? Open(Swap swap) =>
        swap.Ended is { } end ? new Refusal("swap-ended", "§1.1", swap.Name, end.By, Instant(end.At)) : null;

    private static bool TakesTurns(RunbookContent content, string person) =>
        content.Roster.Rotation.Any(week => week.Shifts.Values.Any(shift => shift.Values.Contains(person)))
        || content.Roster.Heard.Turns.Any(turn =>
            turn.Person == person && content.Roles.GetValueOrDefault(turn.Role) is { ByShift: true }
        );

    private static Refusal? Free(
        RunbookContent content,
        string person,
        DateTimeOffset at,
        IReadOnlyList<RosterOverride> entered,
        DateTimeOffset now
    )
    {
        var start = DutyRoster.Plan(content, at, entered).ShiftStart;
        return start <= now ? new Refusal("swap-too-late", "§1.1", Instant(start))
            : TurnOf(content, at, person, entered) is null ? new Refusal("swap-no-turn", "§1.1", person, Instant(start))
            : null;
    }

    private static string Instant(DateTimeOffset at) => at.ToString("O", CultureInfo.InvariantCulture);
}
