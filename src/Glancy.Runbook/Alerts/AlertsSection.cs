using Glancy.Runbook.Differences;

namespace Glancy.Runbook.Alerts;

/// <summary><c>alerts.yaml</c> and <c>alerts/*.yaml</c>: the SOPs of §5.2.</summary>
internal sealed class AlertsSection : IRunbookSection
{
    public int Order => 140;

    public IReadOnlyDictionary<string, string> Declares { get; } =
        new Dictionary<string, string> { ["alerts"] = References.SopLine };

    public IReadOnlyList<string> Codes { get; } = [];

    public RunbookContent Read(RunbookReading reading, RunbookContent content) =>
        content with
        {
            Alerts = AlertFiles.Read(reading, content.Hooks),
        };

    public void Differ(Changes changes, RunbookContent before, RunbookContent after)
    {
        AlertDiff.Add(changes, before.Alerts, after.Alerts);
    }
}
