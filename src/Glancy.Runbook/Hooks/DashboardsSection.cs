using Glancy.Runbook.Differences;

namespace Glancy.Runbook.Hooks;

/// <summary><c>dashboards.yaml</c>: the links of §7.1.</summary>
internal sealed class DashboardsSection : IRunbookSection
{
    public int Order => 20;

    public IReadOnlyDictionary<string, string> Declares { get; } =
        new Dictionary<string, string> { ["dashboards.yaml"] = References.Dashboard };

    public IReadOnlyList<string> Codes { get; } = [];

    public RunbookContent Read(RunbookReading reading, RunbookContent content) =>
        content with
        {
            Dashboards = DashboardsFile.Read(reading),
        };

    public void Differ(Changes changes, RunbookContent before, RunbookContent after)
    {
        changes.Entries(
            "dashboards",
            before.Dashboards.Values,
            after.Dashboards.Values,
            d => d.Id,
            _ => false,
            _ => false,
            (where, old, now) =>
            {
                changes.Plain(where + "/name", old.Name, now.Name);
                changes.Plain(where + "/url", old.Url, now.Url);
            }
        );
    }
}
