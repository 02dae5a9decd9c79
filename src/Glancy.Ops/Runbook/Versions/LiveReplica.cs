using Glancy.Runbook;

namespace Glancy.Ops.Runbook.Versions;

/// <summary>The version in force in every replica.</summary>
/// <param name="Since">World time of its activation.</param>
/// <param name="Number">Counts activations.</param>
public sealed record ActiveVersion(string Version, DateTimeOffset Since, long Number);

/// <summary>What a replica has on its disk.</summary>
/// <param name="Version">Null when what is there cannot come into force; then there are problems.</param>
/// <param name="SourceSha256">Of the written runbook beside it; empty when it cannot be read, null when none is
/// watched.</param>
public sealed record ReplicaReport(
    string Replica,
    string? Version,
    IReadOnlyList<RunbookProblem> Problems,
    string? SourceSha256
);

/// <summary>A report of a replica that is alive.</summary>
/// <param name="SeenAgo">Since its last look, by the database's clock.</param>
/// <param name="UnchangedFor">Since what it has last changed, by the database's clock.</param>
public sealed record LiveReplica(ReplicaReport Report, TimeSpan SeenAgo, TimeSpan UnchangedFor);

/// <summary>What the reports say together (rule 12); pure.</summary>
public static class Agreement
{
    /// <summary>A replica that was not seen for this many row leases is not asked any more.</summary>
    public const int LiveLeases = 3;

    /// <summary>
    /// A split is told by itself after this many row leases without a change: until then it is a rollout on its way.
    /// </summary>
    public const int SplitLeases = 12;

    /// <summary>
    /// The version that all live replicas have; null when they differ, one has none, or there are none.
    /// </summary>
    public static string? Of(IReadOnlyList<LiveReplica> live)
    {
        ArgumentNullException.ThrowIfNull(live);
        return live.Count > 0 && !Split(live) ? live[0].Report.Version : null;
    }

    /// <summary>Whether the live replicas differ; one whose files are broken differs from one whose are not.</summary>
    public static bool Split(IReadOnlyList<LiveReplica> live)
    {
        ArgumentNullException.ThrowIfNull(live);
        return live.Select(replica => replica.Report.Version).Distinct(StringComparer.Ordinal).Count() > 1;
    }
}
