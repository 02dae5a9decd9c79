using Glancy.Runbook.Differences;

namespace Glancy.Runbook.Patrols;

/// <summary><c>patrols.yaml</c>: what is looked at by the clock (§3).</summary>
internal sealed class PatrolsSection : IRunbookSection
{
    public int Order => 160;

    public IReadOnlyDictionary<string, string> Declares { get; } = new Dictionary<string, string>();

    public IReadOnlyList<string> Codes { get; } = ["patrol-without-time", "patrol-looks-at-nothing"];

    public RunbookContent Read(RunbookReading reading, RunbookContent content) =>
        content with
        {
            Patrols = PatrolsFile.Read(reading),
        };

    public void Differ(Changes changes, RunbookContent before, RunbookContent after)
    {
        PatrolDiff.Add(changes, before.Patrols, after.Patrols);
    }
}
