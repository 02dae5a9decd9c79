using Glancy.Runbook.People;
using Glancy.Runbook.Yaml;

namespace Glancy.Runbook.Roster;

/// <summary>One week of the rotation: every shift has every by-shift role filled, and nobody works twice.</summary>
internal static class RosterWeek
{
    public static RotationWeek Read(
        RunbookReading reading,
        Fields week,
        IReadOnlyList<ShiftHours> shifts,
        IReadOnlyList<Role> roles
    )
    {
        var byShift = roles.Where(r => r.ByShift).Select(r => r.Id).ToList();
        var holders = new Dictionary<string, IReadOnlyDictionary<string, string>>();
        var seen = new HashSet<string>();
        foreach (var entry in week.All())
        {
            reading.Refer(References.Shift, entry.Key, RosterFile.File, entry.Line);
            var held = new Dictionary<string, string>();
            holders[entry.Key] = held;
            if (week.OptionalMap(entry.Key) is not { } fields)
            {
                continue;
            }

            foreach (var role in fields.All())
            {
                reading.Refer(References.Role, role.Key, RosterFile.File, role.Line);
                if (roles.Any(r => r.Id == role.Key && !r.ByShift))
                {
                    reading.Problem(RosterFile.File, role.Line, "rotation-not-by-shift", role.Key);
                }

                var person = fields.Reference(role.Key, References.Person);
                held[role.Key] = person;
                if (person.Length > 0 && !seen.Add(person))
                {
                    reading.Problem(RosterFile.File, role.Line, "rotation-person-twice", person);
                }
            }

            foreach (var role in byShift.Where(r => !held.ContainsKey(r)))
            {
                reading.Problem(RosterFile.File, entry.Line, "rotation-gap", entry.Key, role);
            }
        }

        foreach (var shift in shifts.Where(s => s.Id.Length > 0 && !holders.ContainsKey(s.Id)))
        {
            reading.Problem(RosterFile.File, week.Line, "rotation-gap", shift.Id, string.Join(", ", byShift));
        }

        return new RotationWeek(holders);
    }
}
