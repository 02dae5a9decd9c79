using Glancy.Runbook.Differences;

namespace Glancy.Runbook.Releases;

/// <summary><c>ladder.yaml</c>: the rungs REL-B0..B5 with their gates (§4.1).</summary>
internal sealed class LadderSection : IRunbookSection
{
    public int Order => 120;

    public IReadOnlyDictionary<string, string> Declares { get; } =
        new Dictionary<string, string> { ["ladder.yaml"] = References.Batch };

    public IReadOnlyList<string> Codes { get; } = ["gate-looser-than-green", "gate-kind", "weight-not-rising"];

    public RunbookContent Read(RunbookReading reading, RunbookContent content) =>
        content with
        {
            Ladder = LadderFile.Read(reading, content.Hooks, content.Flags),
        };

    public void Differ(Changes changes, RunbookContent before, RunbookContent after)
    {
        LadderDiff.Add(changes, before.Ladder, after.Ladder);
    }
}
