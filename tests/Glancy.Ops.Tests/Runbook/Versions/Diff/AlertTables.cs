using Glancy.Runbook;
using Glancy.Runbook.Alerts;
using Glancy.Runbook.Escalation;
using Glancy.Runbook.Hooks;
using Row = (
    System.Type Record,
    string Field,
    string Where,
    bool Looser,
    System.Func<Glancy.Runbook.RunbookContent, Glancy.Runbook.RunbookContent> Edit
);

namespace Glancy.Ops.Tests.Runbook.Versions.Diff;

/// <summary>The rows of <see cref="DiffTables"/> for alerts.</summary>
internal static class AlertTables
{
    private const bool Looser = true;
    private const bool Fine = false;

    public static IEnumerable<Row> Alerts() =>
        [
            (
                typeof(RunbookContent),
                "Alerts",
                "alerts/cost",
                Looser,
                c => c with { Alerts = c.Alerts with { Sops = [.. c.Alerts.Sops.Where(s => s.Id != "cost")] } }
            ),
            (
                typeof(AlertBook),
                nameof(AlertBook.Sops),
                "alerts/more",
                Fine,
                c =>
                    c with
                    {
                        Alerts = c.Alerts with { Sops = [.. c.Alerts.Sops, c.Alerts.Sops[0] with { Id = "more" }] },
                    }
            ),
            Rule(
                typeof(AlertBook),
                nameof(AlertBook.Rules),
                "cards_per_minute",
                Fine,
                r => r with { CardsPerMinute = 9 }
            ),
            Rule(nameof(AlertRules.CardsPerMinute), "cards_per_minute", Fine, r => r with { CardsPerMinute = 2 }),
            Rule(
                nameof(AlertRules.StormQuiet),
                "storm_quiet",
                Fine,
                r => r with { StormQuiet = TimeSpan.FromHours(1) }
            ),
            Rule(
                nameof(AlertRules.ReuseWithin),
                "reuse_within",
                Fine,
                r => r with { ReuseWithin = TimeSpan.FromHours(1) }
            ),
            Rule(
                nameof(AlertRules.LateWithin),
                "late_within",
                Looser,
                r => r with { LateWithin = TimeSpan.FromHours(1) }
            ),
            Rule(
                nameof(AlertRules.LateWithin),
                "late_within",
                Fine,
                r => r with { LateWithin = TimeSpan.FromSeconds(1) }
            ),
            Rule(nameof(AlertRules.WatchFor), "watch_for", Looser, r => r with { WatchFor = TimeSpan.FromHours(1) }),
            Rule(
                nameof(AlertRules.LongestSilence),
                "longest_silence",
                Looser,
                r => r with { LongestSilence = TimeSpan.FromDays(9) }
            ),
            Sop(nameof(AlertSop.Title), "title", Fine, s => s with { Title = new Words("x", "x") }),
            Sop(nameof(AlertSop.Section), "section", Fine, s => s with { Section = "5.1" }),
            Sop(nameof(AlertSop.Severity), "severity", Looser, s => s with { Severity = Severity.Sev3 }),
            Sop(nameof(AlertSop.Severity), "severity", Fine, s => s with { Severity = Severity.Sev1 }),
            Sop(nameof(AlertSop.Dashboard), "dashboard", Fine, s => s with { Dashboard = "core-slo" }),
            Sop(nameof(AlertSop.Match), "match", Looser, s => s with { Match = [s.Match[0]] }),
            Sop(
                nameof(AlertSop.Detect),
                "detect/age",
                Looser,
                s => s with { Detect = [.. s.Detect.Where(l => l.Id != "age")] }
            ),
            Sop(nameof(AlertSop.Act), "act", Looser, s => s with { Act = [s.Act[0]] }),
            Sop(
                nameof(AlertSop.Verify),
                "verify/age",
                Looser,
                s => s with { Verify = [.. s.Verify.Where(l => l.Id != "age")] }
            ),
            Depth(nameof(SopLine.Name), "name", Fine, l => l with { Name = new Words("x", "x") }),
            Depth(nameof(SopLine.Windows), "windows", Fine, l => l with { Windows = 3 }),
            Depth(nameof(SopLine.Windows), "windows", Looser, l => l with { Windows = 0 }),
            Depth(
                nameof(SopLine.Good),
                "good",
                Looser,
                l => l with { Good = new Threshold(Comparison.Below, 900, Unit.Count) }
            ),
            Depth(
                nameof(SopLine.Good),
                "good",
                Fine,
                l => l with { Good = new Threshold(Comparison.Below, 100, Unit.Count) }
            ),
            Depth(
                nameof(SopLine.Measure),
                "measure/query",
                Looser,
                l => l with { Measure = l.Measure! with { Query = "vector(0)" } }
            ),
            Depth(nameof(SopLine.Measure), "measure", Looser, l => l with { Measure = null }),
            Depth(nameof(SopLine.From), "measure", Looser, l => l with { From = "HK-03/burn" }),
        ];

    private static Row Rule(string field, string where, bool looser, Func<AlertRules, AlertRules> edit) =>
        Rule(typeof(AlertRules), field, where, looser, edit);

    private static Row Rule(Type record, string field, string where, bool looser, Func<AlertRules, AlertRules> edit) =>
        (
            record,
            field,
            "alerts/" + where,
            looser,
            c => c with { Alerts = c.Alerts with { Rules = edit(c.Alerts.Rules) } }
        );

    private static Row Sop(string field, string where, bool looser, Func<AlertSop, AlertSop> edit) =>
        (
            typeof(AlertSop),
            field,
            "alerts/exports/" + where,
            looser,
            c =>
                c with
                {
                    Alerts = c.Alerts with { Sops = [.. c.Alerts.Sops.Select(s => s.Id == "exports" ? edit(s) : s)] },
                }
        );

    private static Row Depth(string field, string where, bool looser, Func<SopLine, SopLine> edit)
    {
        var (_, _, at, _, change) = Sop(
            field,
            "verify/depth/" + where,
            looser,
            s => s with { Verify = [.. s.Verify.Select(l => l.Id == "depth" ? edit(l) : l)] }
        );
        return (typeof(SopLine), field, at, looser, change);
    }
}
