namespace Glancy.Ops.Tests.Runbook;

public sealed class ShippedRunbookTests
{
    [Fact]
    public void The_shipped_runbook_loads_without_problems()
    {
        var content = RunbookFolders.Load();

        Assert.Equal(
            ["HK-01", "HK-02", "HK-03", "HK-04", "HK-05", "HK-06", "circuit-open", "contract-parse", "doubao-5xx", "error-budget", "slo-lookup", "slo-regenerate"],
            content.Hooks.Select(h => h.Id));
        Assert.Equal(["REL-B0", "REL-B1", "REL-B2", "REL-B3", "REL-B4", "REL-B5"], content.Ladder.Rungs.Select(r => r.Batch));
        Assert.Equal([0.5, 1, 5, 15, 50, 100], content.Ladder.Rungs.Select(r => r.Weight));
        Assert.Matches("^[0-9a-f]{12}$", content.Version);
    }
}
