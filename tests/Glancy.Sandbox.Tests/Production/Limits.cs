namespace Glancy.Sandbox.Tests.Production;

/// <summary>The limits of the readings, by their names in <see cref="Readings"/>.</summary>
internal static class Limits
{
    /// <summary>
    /// What the runbook calls red or out of order, less a margin of a tenth: a healthy world stays clear of "near",
    /// too.
    /// </summary>
    public static Dictionary<string, double> Comfortable { get; } =
        new()
        {
            ["HK-01 errors"] = 0.0009,
            ["HK-01 errors new"] = 0.0009,
            ["HK-02 paint"] = 2.25,
            ["HK-03 burn"] = 0.72,
            ["HK-04 throttled"] = 0.009,
            ["HK-04 mismatch"] = 0,
            ["HK-05 errors"] = 0.009,
            ["HK-05 delay"] = 4.5,
            ["HK-06 degraded"] = 0.009,
            ["HK-06 probe failed"] = 0,
            ["doubao-5xx"] = 0.045,
            ["circuit not closed"] = 0,
            ["contract errors"] = 0.009,
            ["lookup P95"] = 2.25,
            ["regenerate errors"] = 0.0045,
            ["regenerate P95"] = 2.7,
            ["L1 misses"] = 0.6,
            ["L2 misses"] = 0.8,
            ["export receipt"] = 4.5,
            ["export depth"] = 270,
            ["export age"] = 54,
            ["export failures"] = 0.0045,
            ["export done"] = -450,
            ["export dead"] = 4,
            ["streaming loss"] = 0.0018,
            ["Free P95"] = 2.5,
            ["language pairs"] = 0.0045,
            ["history errors"] = 0.0009,
            ["delete P95"] = 4.5,
            ["billing mirror"] = 0,
            ["upstream concurrency"] = 0.79,
            ["queue wait"] = 0.45,
            ["subscription queue"] = 3,
            ["base backup"] = 1,
            ["wal backup"] = 1,
            ["object replication"] = 54,
        };

    /// <summary>From here on something has to be done (§4.1, §4.2, §5.2, §6.1).</summary>
    public static Dictionary<string, double> Red { get; } =
        new()
        {
            ["HK-01 errors"] = 0.001,
            ["HK-01 errors new"] = 0.001,
            ["HK-02 paint"] = 2.5,
            ["HK-03 burn"] = 1.2,
            ["HK-04 throttled"] = 0.03,
            ["HK-04 mismatch"] = 0.001,
            ["HK-05 errors"] = 0.01,
            ["HK-05 delay"] = 5,
            ["HK-06 degraded"] = 0.01,
            ["HK-06 probe failed"] = 0.5,
            ["doubao-5xx"] = 0.05,
            ["circuit not closed"] = 0.5,
            ["contract errors"] = 0.01,
            ["lookup P95"] = 2.5,
            ["regenerate P95"] = 3,
            ["L1 misses"] = 0.6,
            ["L2 misses"] = 0.8,
            ["export receipt"] = 5,
            ["export depth"] = 300,
            ["export age"] = 120,
            ["export failures"] = 0.005,
            ["export dead"] = 8,
            ["streaming loss"] = 0.005,
            ["Free P95"] = 2.8,
            ["language pairs"] = 0.005,
            ["history errors"] = 0.001,
            ["delete P95"] = 5,
            ["billing mirror"] = 0.001,
            ["upstream concurrency"] = 0.8,
            ["queue wait"] = 0.5,
            ["subscription queue"] = 15,
            ["base backup"] = 1.5,
            ["wal backup"] = 5,
            ["object replication"] = 60,
        };

    /// <summary>
    /// From here on a thing that was red counts as recovered, where the runbook names a limit of its own (§5.2).
    /// </summary>
    public static Dictionary<string, double> Recovered { get; } =
        new()
        {
            ["HK-03 burn"] = 0.75,
            ["HK-04 throttled"] = 0.015,
            ["streaming loss"] = 0.002,
            ["export depth"] = 300,
            ["export age"] = 60,
            ["export receipt"] = 5,
            ["export failures"] = 0.005,
        };
}
