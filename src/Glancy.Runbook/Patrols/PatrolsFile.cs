using System.Globalization;
using Glancy.Runbook.Hooks;
using Glancy.Runbook.Yaml;

namespace Glancy.Runbook.Patrols;

/// <summary><c>patrols.yaml</c>: what is looked at by itself, and when (§3).</summary>
internal static class PatrolsFile
{
    public static IReadOnlyList<Patrol> Read(RunbookReading reading)
    {
        var patrols = new List<Patrol>();
        if (reading.Open("patrols.yaml") is not { } file)
        {
            return patrols;
        }

        foreach (var fields in file.Maps("patrols"))
        {
            var id = fields.Id();
            if (id.Length > 0 && patrols.Any(p => p.Id == id))
            {
                fields.Problem("id", "duplicate-id", "patrol", id);
            }

            var patrol = new Patrol
            {
                Id = id,
                Title = fields.Words("title"),
                Every = fields.Has("every") ? fields.SomeTime("every") : null,
                At = fields.Has("at") ? [.. Times(fields)] : [],
                AfterRelease = fields.Has("after_release") ? fields.SomeTime("after_release") : null,
                Hooks = fields.Has("hooks") ? fields.References("hooks", References.Hook) : [],
                Measures = fields.Has("measures") ? [.. HookFiles.Measures(reading, fields)] : [],
                ByPerson = fields.Flag("by_person", otherwise: false),
                Next = Step(fields),
                Type = fields.Has("type") ? [.. fields.Texts("type").Select(t => t.Value)] : [],
                Section = fields.Section(),
            };
            Check(fields, patrol);
            fields.Done();
            patrols.Add(patrol);
        }

        file.Done();
        return patrols;
    }

    // It is due at some time, and somebody or something looks.
    private static void Check(Fields fields, Patrol patrol)
    {
        bool[] ways = [patrol.Every is not null, patrol.At.Count > 0, patrol.AfterRelease is not null];
        if (ways.Count(way => way) != 1 || OutsideADay(patrol.Every) || OutsideADay(patrol.AfterRelease))
        {
            fields.Problem("id", "patrol-without-time", patrol.Id);
        }

        var looks = patrol.Hooks.Count + patrol.Measures.Count > 0 || patrol.AfterRelease is not null;
        if (patrol.ByPerson == looks || (patrol.ByPerson && patrol.Type.Count == 0))
        {
            fields.Problem("id", "patrol-looks-at-nothing", patrol.Id);
        }
    }

    private static bool OutsideADay(TimeSpan? span) =>
        span is { Ticks: > 0 } && (span < TimeSpan.FromMinutes(1) || span > TimeSpan.FromDays(1));

    private static IEnumerable<TimeOnly> Times(Fields fields)
    {
        foreach (var text in fields.Texts("at"))
        {
            if (
                TimeOnly.TryParseExact(
                    text.Value,
                    "HH:mm",
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.None,
                    out var time
                )
            )
            {
                yield return time;
            }
            else
            {
                fields.Problem("at", "bad-time", "at", text.Value);
            }
        }
    }

    private static PatrolStep? Step(Fields fields)
    {
        if (fields.OptionalMap("next") is not { } next)
        {
            return null;
        }

        var step = new PatrolStep(next.Words("label"), next.Text("say"));
        next.Done();
        return step;
    }
}
