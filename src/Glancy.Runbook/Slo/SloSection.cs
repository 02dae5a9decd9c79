using Glancy.Runbook.Differences;

namespace Glancy.Runbook.Slo;

/// <summary><c>slo.yaml</c>: promises and error budget (§0, §7.3).</summary>
internal sealed class SloSection : IRunbookSection
{
    public int Order => 130;

    public IReadOnlyDictionary<string, string> Declares { get; } =
        new Dictionary<string, string> { ["slo.yaml"] = References.Objective };

    public IReadOnlyList<string> Codes { get; } =
    ["unknown-objective", "window-not-in-query", "objective-without-budget", "now-not-in-statement"];

    public RunbookContent Read(RunbookReading reading, RunbookContent content) =>
        content with
        {
            Slo = SloFile.Read(reading, content.Hooks),
        };

    public void Differ(Changes changes, RunbookContent before, RunbookContent after)
    {
        SloDiff.Add(changes, before.Slo, after.Slo);
    }
}
