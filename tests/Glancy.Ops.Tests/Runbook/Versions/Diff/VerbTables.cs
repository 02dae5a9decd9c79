using Glancy.Runbook;
using Glancy.Runbook.Procedures;
using Row = (
    System.Type Record,
    string Field,
    string Where,
    bool Looser,
    System.Func<Glancy.Runbook.RunbookContent, Glancy.Runbook.RunbookContent> Edit
);

namespace Glancy.Ops.Tests.Runbook.Versions.Diff;

/// <summary>What people say, field by field.</summary>
internal static class VerbTables
{
    public static IEnumerable<Row> Verbs() =>
        [
            (
                typeof(RunbookContent),
                nameof(RunbookContent.Verbs),
                "verbs/release thaw",
                false,
                c => c with { Verbs = [.. c.Verbs.Where(v => v.Path != "release thaw")] }
            ),
            Rollback(nameof(Verb.Summary), "summary", false, v => v with { Summary = new Words("x", "y") }),
            Rollback(nameof(Verb.Title), "title", false, v => v with { Title = new Words("x", "y") }),
            Rollback(nameof(Verb.Section), "section", false, v => v with { Section = "5" }),
            Rollback(nameof(Verb.Risk), "risk", false, v => v with { Risk = Risk.Change }),
            Rollback(nameof(Verb.Aliases), "aliases", false, v => v with { Aliases = ["退回"] }),
            Rollback(
                nameof(Verb.Examples),
                "examples",
                false,
                v => v with { Examples = ["rollback REL-B5 --reason x"] }
            ),
            Rollback(nameof(Verb.Positional), "positional", true, v => v with { Positional = [] }),
            Rollback(
                nameof(Verb.Choice),
                "choice",
                true,
                v => v with { Choice = v.Choice is { } choice ? choice with { Otherwise = "one-rung" } : null }
            ),
            Rollback(
                nameof(Verb.Procedures),
                "procedures",
                true,
                v => v with { Procedures = new Dictionary<string, string> { ["full"] = "kill-switch" } }
            ),
        ];

    private static Row Rollback(string field, string where, bool looser, Func<Verb, Verb> edit) =>
        (
            typeof(Verb),
            field,
            $"verbs/rollback/{where}",
            looser,
            c => c with { Verbs = [.. c.Verbs.Select(v => v.Path == "rollback" ? edit(v) : v)] }
        );
}
