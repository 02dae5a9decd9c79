using Glancy.Runbook.Differences;

namespace Glancy.Runbook.Escalation;

/// <summary><c>escalation.yaml</c>: who is called for an incident (§1.2, §5.1).</summary>
internal sealed class EscalationSection : IRunbookSection
{
    public int Order => 110;

    public IReadOnlyDictionary<string, string> Declares { get; } = new Dictionary<string, string>();

    public IReadOnlyList<string> Codes { get; } = ["severity-without-clock", "sev3-rings", "at-most-below-first"];

    public RunbookContent Read(RunbookReading reading, RunbookContent content) =>
        content with
        {
            Escalation = EscalationFile.Read(reading),
        };

    public void Differ(Changes changes, RunbookContent before, RunbookContent after)
    {
        EscalationDiff.Add(changes, before.Escalation, after.Escalation);
    }
}
