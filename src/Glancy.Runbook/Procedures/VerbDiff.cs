using Glancy.Runbook.Differences;

namespace Glancy.Runbook.Procedures;

/// <summary>What people say: another procedure behind the same words has to be read by somebody.</summary>
internal static class VerbDiff
{
    public static void Add(Changes changes, IReadOnlyList<Verb> before, IReadOnlyList<Verb> after) =>
        changes.Entries(
            "verbs",
            before,
            after,
            verb => verb.Path,
            _ => false,
            _ => false,
            (where, old, now) =>
            {
                changes.Plain(where + "/summary", old.Summary, now.Summary);
                changes.Plain(where + "/title", old.Title, now.Title);
                changes.Plain(where + "/section", old.Section, now.Section);
                changes.Plain(where + "/risk", old.Risk, now.Risk);
                changes.Set(where + "/aliases", old.Aliases, now.Aliases, gainIsLooser: false, lossIsLooser: false);
                changes.Plain(where + "/examples", old.Examples, now.Examples);
                changes.Altered(where + "/positional", old.Positional, now.Positional);
                changes.Altered(where + "/choice", old.Choice, now.Choice);
                changes.Altered(
                    where + "/procedures",
                    old.Procedures.Select(p => $"{p.Key}={p.Value}"),
                    now.Procedures.Select(p => $"{p.Key}={p.Value}")
                );
            }
        );
}
