using Glancy.Runbook;
using Glancy.Runbook.Patrols;
using Glancy.Runbook.People;
using Row = (
    System.Type Record,
    string Field,
    string Where,
    bool Looser,
    System.Func<Glancy.Runbook.RunbookContent, Glancy.Runbook.RunbookContent> Edit
);

namespace Glancy.Ops.Tests.Runbook.Versions.Diff;

/// <summary>Patrols and the terms of a handover, field by field.</summary>
internal static class PatrolTables
{
    public static IEnumerable<Row> Patrols() =>
        [
            (
                typeof(RunbookContent),
                nameof(RunbookContent.Patrols),
                "patrols/queues",
                true,
                c => c with { Patrols = [.. c.Patrols.Where(p => p.Id != "queues")] }
            ),
            Queues(nameof(Patrol.Title), "title", false, p => p with { Title = new Words("x", "y") }),
            Queues(nameof(Patrol.Every), "every", true, p => p with { Every = TimeSpan.FromHours(1) }),
            Queues(nameof(Patrol.Every), "every", false, p => p with { Every = TimeSpan.FromMinutes(10) }),
            Queues(nameof(Patrol.At), "at", false, p => p with { At = [new TimeOnly(1, 0)] }),
            Queues(
                nameof(Patrol.AfterRelease),
                "after_release",
                false,
                p => p with { AfterRelease = TimeSpan.FromMinutes(5) }
            ),
            Release(
                nameof(Patrol.AfterRelease),
                "after_release",
                true,
                p => p with { AfterRelease = TimeSpan.FromMinutes(6) }
            ),
            Release(
                nameof(Patrol.AfterRelease),
                "after_release",
                false,
                p => p with { AfterRelease = TimeSpan.FromMinutes(4) }
            ),
            Queues(nameof(Patrol.Hooks), "hooks", false, p => p with { Hooks = ["HK-01"] }),
            Queues(
                nameof(Patrol.Measures),
                "depth/yellow",
                true,
                p => p with { Measures = [p.Measures[0] with { Yellow = null }, .. p.Measures.Skip(1)] }
            ),
            Queues(nameof(Patrol.ByPerson), "by_person", true, p => p with { ByPerson = true }),
            Queues(nameof(Patrol.Next), "next", true, p => p with { Next = null }),
            Queues(nameof(Patrol.Type), "type", true, p => p with { Type = [] }),
            Queues(nameof(Patrol.Section), "section", false, p => p with { Section = "5" }),
            (
                typeof(RosterBook),
                nameof(RosterBook.Handover),
                "roster/handover/kept_for",
                true,
                c => Terms(c, t => t with { KeptFor = TimeSpan.FromHours(1) })
            ),
            (
                typeof(HandoverTerms),
                nameof(HandoverTerms.KeptFor),
                "roster/handover/kept_for",
                false,
                c => Terms(c, t => t with { KeptFor = TimeSpan.FromMinutes(20) })
            ),
            (
                typeof(HandoverTerms),
                nameof(HandoverTerms.EscalatedAfter),
                "roster/handover/escalated_after",
                true,
                c => Terms(c, t => t with { EscalatedAfter = TimeSpan.FromMinutes(20) })
            ),
        ];

    private static Row Queues(string field, string where, bool looser, Func<Patrol, Patrol> edit) =>
        Edited("queues", field, where, looser, edit);

    private static Row Release(string field, string where, bool looser, Func<Patrol, Patrol> edit) =>
        Edited("release", field, where, looser, edit);

    private static Row Edited(string id, string field, string where, bool looser, Func<Patrol, Patrol> edit) =>
        (
            typeof(Patrol),
            field,
            $"patrols/{id}/{where}",
            looser,
            c => c with { Patrols = [.. c.Patrols.Select(p => p.Id == id ? edit(p) : p)] }
        );

    private static RunbookContent Terms(RunbookContent content, Func<HandoverTerms, HandoverTerms> edit) =>
        content with
        {
            Roster = content.Roster with { Handover = edit(content.Roster.Handover) },
        };
}
