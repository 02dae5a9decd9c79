using System.Text.RegularExpressions;
using Glancy.Ops.Connectors.Product;
using Glancy.Ops.Procedures;

namespace Glancy.Ops.Watching;

/// <summary>
/// What was changed before a light turned red (rule 8), from the product's audit: changes of state and restarts, each once, the train first. The
/// tools and the bot both write there of one change, and of much that changes nothing.
/// </summary>
public static partial class ChangesBefore
{
    private const int Most = 20;
    private const string Ours = "glancy";
    private const string Train = "release/prod";
    private const string Flag = "flag/";
    private const string Restart = "restart";

    // A script of ours may take as long until the tool has written of it.
    private static readonly TimeSpan OneChange = TimeSpan.FromMinutes(10);

    public static IReadOnlyList<ChangeBefore> Of(IReadOnlyList<ProductChange> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var changes = new List<(string State, bool Ours, ChangeBefore Change)>();
        foreach (var seen in rows.SelectMany(Split).OrderByDescending(c => c.Change.At))
        {
            var twin = changes.FindIndex(c => c.State == seen.State && c.Ours != seen.Ours && c.Change.At - seen.Change.At <= OneChange && Value(c.Change.After) == Value(seen.Change.After));
            if (twin < 0)
            {
                changes.Add(seen);
                continue;
            }

            // The tool knows when and what, the bot who.
            var (tool, bot) = seen.Ours ? (changes[twin].Change, seen.Change) : (seen.Change, changes[twin].Change);
            changes[twin] = changes[twin] with { Change = tool with { Actor = bot.Actor } };
        }

        return [.. changes.OrderByDescending(c => c.State == Train).ThenByDescending(c => c.Change.At).Select(c => c.Change).Take(Most)];
    }

    // A row of ours names all that its step has set; a tool's row is of one thing.
    private static IEnumerable<(string State, bool Ours, ChangeBefore Change)> Split(ProductChange row)
    {
        if (row.Source != Ours)
        {
            return Changed(row.Action, row.Before, row.After) ? [(StateOf(row), false, new ChangeBefore(row.At, row.Actor, row.Action, row.Target, row.Before, row.After))] : [];
        }

        if (row.Action.EndsWith(Restart, StringComparison.Ordinal))
        {
            return [(row.Action + row.Target, true, new ChangeBefore(row.At, row.Actor, row.Action, row.Target, null, null))];
        }

        var before = States(row.Before);
        return States(row.After)
            .Where(after => Changed(row.Action, before.GetValueOrDefault(after.Key), after.Value))
            .Select(after => (after.Key, true, new ChangeBefore(row.At, row.Actor, ActionOf(after.Key, row.Action), Name(after.Key), before.GetValueOrDefault(after.Key), after.Value)));
    }

    private static bool Changed(string action, string? before, string? after) =>
        action.EndsWith(Restart, StringComparison.Ordinal) || (!action.EndsWith("snapshot", StringComparison.Ordinal) && action != "sql.run" && after is not null && Value(before) != Value(after));

    private static string StateOf(ProductChange row) =>
        ChangeBefore.IsOfTrain(row.Action) ? Train
        : row.Action.StartsWith("flag", StringComparison.Ordinal) || row.Action.StartsWith("feature", StringComparison.Ordinal) ? Flag + row.Target
        : row.Action + row.Target;

    private static string ActionOf(string state, string action) => state == Train ? "release.set" : state.StartsWith(Flag, StringComparison.Ordinal) ? "flag.set" : action;

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
