using Glancy.Runbook;

namespace Glancy.Ops.Runbook.Versions;

/// <summary>What lies in the folder.</summary>
/// <param name="Mark">The hash of what is there, whether it is a runbook or not.</param>
internal sealed record DiskReading(
    string Mark,
    RunbookContent? Content,
    IReadOnlyDictionary<string, string> Files,
    IReadOnlyList<RunbookProblem> Problems
);

/// <summary>Reads this replica's folder again and again; what has not changed is not checked anew.</summary>
internal sealed class RunbookDisk(string directory, RunbookLoader loader)
{
    private DiskReading? last;
    private DiskReading? taken;
    private bool glanced;

    /// <summary>
    /// What is there for certain: a change counts when it is seen a second time, so that a copy halfway through its
    /// files is not taken for a version.
    /// </summary>
    public DiskReading Read()
    {
        var before = last;
        last = Now();
        taken = taken is null || before?.Mark == last.Mark ? last : taken;
        return taken;
    }

    /// <summary>
    /// A first look before anything runs: files that are those in force are not read through again here. The next look
    /// does, and compares what lies beside the folder.
    /// </summary>
    public DiskReading Glance(RunbookContent? inForce)
    {
        var folder = RunbookFolder.Read(directory);
        if (inForce?.Version != folder.Version || folder.Problems.Count > 0)
        {
            return Read();
        }

        glanced = true;
        return last = taken = new DiskReading(folder.Version, inForce, folder.Files, []);
    }

    private DiskReading Now()
    {
        var folder = RunbookFolder.Read(directory);
        if (last is { Content: not null } same && same.Mark == folder.Version && folder.Problems.Count == 0 && !glanced)
        {
            return same;
        }

        // Problems are looked at again: what they were about may lie beside the folder.
        glanced = false;
        var loaded = loader.Load(folder, RunbookLoader.AllowList(directory));
        return new DiskReading(folder.Version, loaded.Content, folder.Files, loaded.Problems);
    }
}
