using System.Globalization;
using Glancy.Runbook.People;
using Glancy.Runbook.Yaml;

namespace Glancy.Runbook.Roster;

/// <summary>
/// <c>roster.yaml</c>: shifts, the weekly rotation, standing roles and overrides, those of <c>roster/</c> before its
/// own (§1.1, §3).
/// </summary>
internal static class RosterFile
{
    public const string File = "roster.yaml";

    public static RosterBook Read(RunbookReading reading, IReadOnlyList<Role> roles, IReadOnlyList<Person> people)
    {
        if (reading.Open(File) is not { } file)
        {
            return new RosterBook("", [], default, [], new Dictionary<string, IReadOnlyList<string>>(), []);
        }

        var zone = file.Text("time_zone");
        if (zone.Length > 0 && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
        {
            file.Problem("time_zone", "unknown-time-zone", zone);
        }

        var shifts = Shifts(reading, file);
        var start = default(DateOnly);
        IReadOnlyList<RotationWeek> weeks = [];
        IReadOnlyList<RotationWeek> rest = [];
        if (file.Map("rotation") is { } rotation)
        {
            if (
                !DateOnly.TryParseExact(
                    rotation.Text("start"),
                    "yyyy-MM-dd",
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.None,
                    out start
                ) && rotation.Has("start")
            )
            {
                rotation.Problem("start", "bad-date", "start");
            }

            weeks = [.. rotation.Maps("weeks").Select(w => RosterWeek.Read(reading, w, shifts, roles))];
            rest = [.. rotation.OptionalMaps("rest").Select(w => RosterWeek.Read(reading, w, shifts, roles))];
            rotation.Done();
        }

        var standing = Standing(reading, file, roles);
        var imported = TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found)
            ? RosterImports.Read(
                reading,
                new RosterImportTerms(
                    found,
                    shifts.Select(s => s.Start).DefaultIfEmpty().Min(),
                    RoleNames.Of(roles, []),
                    PersonNames.Of(people)
                )
            )
            : new RosterImported([], []);
        IReadOnlyList<RosterOverride> overrides = [.. imported.Files.SelectMany(f => f.Overrides), .. Overrides(file)];
        IReadOnlyList<CalendarDay> days = [.. imported.Days, .. RosterDays.Read(file)];
        var handover = Handover(file);
        IReadOnlyList<RosterSource> sources = [.. RosterSourceFields.Read(file)];
        file.Done();
        return new RosterBook(zone, shifts, start, weeks, standing, overrides)
        {
            Handover = handover,
            Sources = sources,
            Days = days,
            RestRotation = rest,
            Imports = imported.Files,
        };
    }

    private static HandoverTerms Handover(Fields file)
    {
        if (file.Map("handover") is not { } fields)
        {
            return new HandoverTerms(default, default);
        }

        var terms = new HandoverTerms(fields.SomeTime("kept_for"), fields.SomeTime("escalated_after"));
        fields.Section();
        fields.Done();
        return terms;
    }

    private static List<ShiftHours> Shifts(RunbookReading reading, Fields file)
    {
        var shifts = new List<ShiftHours>();
        foreach (var fields in file.Maps("shifts"))
        {
            var id = fields.Id();
            reading.Declare(References.Shift, id, File, fields.LineOf("id"));
            shifts.Add(new ShiftHours(id, fields.Words("name"), Time(fields, "start"), Time(fields, "end")));
            fields.Section();
            fields.Done();
        }

        // Each shift must begin when another ends, and together they must make one day.
        var inOrder = shifts.OrderBy(s => s.Start).ToList();
        for (var i = 0; i < inOrder.Count; i++)
        {
            var next = inOrder[(i + 1) % inOrder.Count];
            if (inOrder[i].End != next.Start)
            {
                reading.Problem(
                    File,
                    reading.LineOf(References.Shift, inOrder[i].Id),
                    "shift-gap",
                    inOrder[i].Id,
                    next.Id
                );
            }
        }

        return shifts;
    }

    private static TimeOnly Time(Fields fields, string name)
    {
        var text = fields.Text(name);
        if (
            !TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            && text.Length > 0
        )
        {
            fields.Problem(name, "bad-time", name, text);
        }

        return time;
    }

    private static Dictionary<string, IReadOnlyList<string>> Standing(
        RunbookReading reading,
        Fields file,
        IReadOnlyList<Role> roles
    )
    {
        var standing = new Dictionary<string, IReadOnlyList<string>>();
        if (file.Map("standing") is not { } fields)
        {
            return standing;
        }

        foreach (var entry in fields.All())
        {
            reading.Refer(References.Role, entry.Key, File, entry.Line);
            if (roles.Any(r => r.Id == entry.Key && r.ByShift))
            {
                reading.Problem(File, entry.Line, "standing-by-shift", entry.Key);
            }

            standing[entry.Key] = fields.References(entry.Key, References.Person);
        }

        foreach (var role in roles.Where(r => !r.ByShift && standing.GetValueOrDefault(r.Id, []).Count == 0))
        {
            reading.Problem(File, fields.Line, "role-without-holder", role.Id);
        }

        return standing;
    }

    /// <summary>The field <c>overrides</c> of a file.</summary>
    public static IEnumerable<RosterOverride> Overrides(Fields file)
    {
        foreach (var fields in file.OptionalMaps("overrides"))
        {
            var entry = new RosterOverride(
                fields.Reference("role", References.Role),
                fields.Reference("person", References.Person),
                Instant(fields, "from"),
                Instant(fields, "to"),
                fields.Text("reason")
            )
            {
                File = fields.File,
                Line = fields.Line,
            };
            if (entry.To <= entry.From && entry.From != default && entry.To != default)
            {
                fields.Problem("to", "ends-before-start");
            }

            fields.Done();
            yield return entry;
        }
    }

    private static DateTimeOffset Instant(Fields fields, string name)
    {
        var text = fields.Text(name);
        if (
            !DateTimeOffset.TryParseExact(
                text,
                ["yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mmzzz"],
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var instant
            )
            && text.Length > 0
        )
        {
            fields.Problem(name, "bad-instant", name, text);
        }

        return instant;
    }
}
