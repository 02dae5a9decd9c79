using Glancy.Runbook;
using Glancy.Runbook.People;

namespace Glancy.Ops.Roster;

/// <summary>What is wrong with who is to hold a role.</summary>
public enum GapKind
{
    /// <summary>Nobody holds it.</summary>
    Nobody,

    /// <summary>More than one holds a role that is one person's: Primary or Secondary.</summary>
    Several,

    /// <summary>The same person holds it and Primary: nobody could confirm as the second.</summary>
    Alone,
}

/// <summary>A time in which a role is not held as it has to be (§1.1).</summary>
/// <param name="Persons">Who holds it then.</param>
public sealed record RosterGap(
    GapKind Kind,
    string Role,
    DateTimeOffset From,
    DateTimeOffset To,
    IReadOnlyList<string> Persons
);

/// <summary>Looks ahead for times in which the roster does not work out; pure.</summary>
internal static class RosterGaps
{
    private const string First = "primary";

    /// <summary>Every gap between two instants, the first first.</summary>
    /// <param name="entered">Overrides beside the runbook's, the weakest first.</param>
    public static IReadOnlyList<RosterGap> Between(
        RunbookContent content,
        DateTimeOffset from,
        DateTimeOffset until,
        IReadOnlyList<RosterOverride> entered
    )
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(entered);
        var gaps = new List<RosterGap>();
        var points = DutyChanges.Points(content, from, until, entered).ToList();
        foreach (var (begin, end) in points.Zip([.. points.Skip(1), until]))
        {
            foreach (var (kind, role, persons) in At(content, DutyRoster.Plan(content, begin, entered)))
            {
                // What goes on over a change of shift is one gap.
                var same = gaps.FindIndex(g =>
                    g.Kind == kind && g.Role == role && g.To == begin && g.Persons.SequenceEqual(persons)
                );
                if (same < 0)
                {
                    gaps.Add(new RosterGap(kind, role, begin, end, persons));
                }
                else
                {
                    gaps[same] = gaps[same] with { To = end };
                }
            }
        }

        return gaps;
    }

    private static IEnumerable<(GapKind Kind, string Role, IReadOnlyList<string> Persons)> At(
        RunbookContent content,
        OnCall onCall
    )
    {
        foreach (var role in content.Roles.Values)
        {
            string[] held = [.. onCall.Holders[role.Id].Select(p => p.Id)];
            if (held.Length == 0)
            {
                yield return (GapKind.Nobody, role.Id, held);
            }
            else if (role.ByShift && held.Length > 1)
            {
                yield return (GapKind.Several, role.Id, held);
            }
            else if (role.ByShift && role.Id != First && onCall.Holders[First].Any(p => held.Contains(p.Id)))
            {
                yield return (GapKind.Alone, role.Id, held);
            }
        }
    }
}
