using Glancy.Runbook.Differences;

namespace Glancy.Runbook.Flags;

/// <summary><c>flags.yaml</c>: feature flags, and what holds for every temporary change.</summary>
internal sealed class FlagsSection : IRunbookSection
{
    public int Order => 40;

    public IReadOnlyDictionary<string, string> Declares { get; } =
        new Dictionary<string, string> { ["flags.yaml"] = References.Flag };

    public IReadOnlyList<string> Codes { get; } = [];

    public RunbookContent Read(RunbookReading reading, RunbookContent content)
    {
        var (flags, leases) = FlagsFile.Read(reading);
        return content with { Flags = flags, Leases = leases };
    }

    public void Differ(Changes changes, RunbookContent before, RunbookContent after)
    {
        changes.Entries(
            "flags",
            before.Flags.Values,
            after.Flags.Values,
            f => f.Name,
            _ => false,
            f => f.KillSwitch,
            (where, old, now) => FlagDiff.Add(changes, where, old, now)
        );
        changes.LessIsTighter("leases/undo_free", before.Leases.UndoFree, after.Leases.UndoFree);
        changes.LessIsTighter("leases/remind_every", before.Leases.RemindEvery, after.Leases.RemindEvery);
    }
}
