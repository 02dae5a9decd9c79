using System.Text.RegularExpressions;
using Glancy.Ops.Connectors.Product;
using Glancy.Ops.Procedures;
using Glancy.Ops.Procedures.Actions;

namespace Glancy.Ops.Watching;

/// <summary>
/// What was changed before a light turned red (rule 8), from the product's audit: changes of state and restarts, each
/// once, the train first. The tools and the bot both write there of one change, and of much that changes nothing.
/// </summary>
internal sealed partial class ChangesBefore(Targets targets)
{
    private const int Most = 20;
    private const string Ours = "glancy";
    private const string Restart = "restart";

    // A script of ours may take as long until the tool has written of it.
    private static readonly TimeSpan OneChange = TimeSpan.FromMinutes(10);

    public IReadOnlyList<ChangeBefore> Of(IReadOnlyList<ProductChange> rows)
    {
        var changes = new List<(string State, bool Ours, ChangeBefore Change)>();
        foreach (var seen in rows.SelectMany(Split).OrderByDescending(c => c.Change.At))
        {
            var twin = changes.FindIndex(c =>
                c.State == seen.State
                && c.Ours != seen.Ours
                && c.Change.At - seen.Change.At <= OneChange
                && Value(c.Change.After) == Value(seen.Change.After)
            );
            if (twin < 0)
            {
                changes.Add(seen);
                continue;
            }

            // The tool knows when and what, the bot who.
            var (tool, bot) = seen.Ours ? (changes[twin].Change, seen.Change) : (seen.Change, changes[twin].Change);
            changes[twin] = changes[twin] with { Change = tool with { Actor = bot.Actor } };
        }

        return
        [
            .. changes
                .OrderByDescending(c => targets.Find(c.State) is { ComesFirst: true })
                .ThenByDescending(c => c.Change.At)
                .Select(c => c.Change)
                .Take(Most),
        ];
    }

    // A row of ours names all that its step has set; a tool's row is of one thing.
    private IEnumerable<(string State, bool Ours, ChangeBefore Change)> Split(ProductChange row)
    {
        if (row.Source != Ours)
        {
            return Changed(row.Action, row.Before, row.After)
                ?
                [
                    (
                        StateOf(row),
                        false,
                        new ChangeBefore(row.At, row.Actor, row.Action, row.Target, row.Before, row.After)
                    ),
                ]
                : [];
        }

        if (row.Action.EndsWith(Restart, StringComparison.Ordinal))
        {
            return
            [
                (
                    row.Action + row.Target,
                    true,
                    new ChangeBefore(row.At, row.Actor, row.Action, row.Target, null, null)
                ),
            ];
        }

        var before = States(row.Before);
        return States(row.After)
            .Where(after => Changed(row.Action, before.GetValueOrDefault(after.Key), after.Value))
            .Select(after =>
                (
                    after.Key,
                    true,
                    new ChangeBefore(
                        row.At,
                        row.Actor,
                        ActionOf(after.Key, row.Action),
                        Name(after.Key),
                        before.GetValueOrDefault(after.Key),
                        after.Value
                    )
                )
            );
    }

    private static bool Changed(string action, string? before, string? after) =>
        action.EndsWith(Restart, StringComparison.Ordinal)
        || (
            !action.EndsWith("snapshot", StringComparison.Ordinal)
            && action != SqlRun.Spec.Kind
            && after is not null
            && Value(before) != Value(after)
        );

    private string StateOf(ProductChange row) =>
        targets.All.FirstOrDefault(t => t.IsChangedBy(row.Action)) is { } target
            ? target.Prefix + (target.Spec.Names is [var only] ? only : row.Target)
            : row.Action + row.Target;

    private string ActionOf(string state, string action) => targets.Find(state)?.SetBy ?? action;

    private static string Name(string state) => state[(state.IndexOf('/', StringComparison.Ordinal) + 1)..];

    // The release tool adds how the train stands: "REL-B5 active 100%" is "REL-B5 100%" to us.
    private static string? Value(string? value) => value is null ? null : Standing().Replace(value, " ");

    private static Dictionary<string, string> States(string? joined)
    {
        var states = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in Pairs().Split(joined ?? ""))
        {
            if (pair.IndexOf('=', StringComparison.Ordinal) is > 0 and var at)
            {
                states[pair[..at]] = pair[(at + 1)..];
            }
        }

        return states;
    }

    [GeneratedRegex(@", (?=[a-z]+/[^=,]+=)")]
    private static partial Regex Pairs();

    [GeneratedRegex(@" [a-z-]+ (?=[0-9.]+%$)")]
    private static partial Regex Standing();
}
