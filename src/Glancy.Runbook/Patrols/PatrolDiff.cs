using System.Globalization;
using Glancy.Runbook.Differences;
using Glancy.Runbook.Hooks;

namespace Glancy.Runbook.Patrols;

/// <summary>Patrols: one that is gone, looks at less or more seldom is looser.</summary>
internal static class PatrolDiff
{
    public static void Add(Changes changes, IReadOnlyList<Patrol> before, IReadOnlyList<Patrol> after) =>
        changes.Entries(
            "patrols",
            before,
            after,
            patrol => patrol.Id,
            _ => false,
            _ => true,
            (where, old, now) =>
            {
                changes.Plain(where + "/title", old.Title, now.Title);
                changes.Judged(
                    where + "/every",
                    old.Every,
                    now.Every,
                    old.Every is { } was && (now.Every is not { } @is || @is > was)
                );
                changes.Set(
                    where + "/at",
                    old.At.Select(Time),
                    now.At.Select(Time),
                    gainIsLooser: false,
                    lossIsLooser: true
                );
                changes.Judged(
                    where + "/after_release",
                    old.AfterRelease,
                    now.AfterRelease,
                    old.AfterRelease is { } waited && (now.AfterRelease is not { } waits || waits > waited)
                );
                changes.Set(where + "/hooks", old.Hooks, now.Hooks, gainIsLooser: false, lossIsLooser: true);
                changes.Entries(
                    where,
                    old.Measures,
                    now.Measures,
                    m => m.Id,
                    _ => false,
                    _ => true,
                    (path, was, @is) => HookDiff.Measure(changes, path, was, @is)
                );
                changes.Switch(where + "/by_person", old.ByPerson, now.ByPerson, looserWhen: true);
                changes.Altered(
                    where + "/next",
                    old.Next is { } step ? $"{step.Label.Zh}/{step.Label.En} {step.Say}" : null,
                    now.Next is { } other ? $"{other.Label.Zh}/{other.Label.En} {other.Say}" : null
                );
                changes.Altered(where + "/type", old.Type, now.Type);
                changes.Plain(where + "/section", old.Section, now.Section);
            }
        );

    private static string Time(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);
}
