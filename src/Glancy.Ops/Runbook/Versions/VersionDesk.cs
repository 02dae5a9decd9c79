using Glancy.Ops.Kernel;
using Glancy.Runbook;
using Microsoft.Extensions.Options;

namespace Glancy.Ops.Runbook.Versions;

/// <summary>How versions stand over all replicas.</summary>
/// <param name="Active">Null before the first activation.</param>
/// <param name="Replicas">Those that are alive, by name.</param>
/// <param name="Source">The written runbook that the active version implements.</param>
public sealed record VersionStatus(ActiveVersion? Active, IReadOnlyList<LiveReplica> Replicas, RunbookSource Source)
{
    public bool Split => Agreement.Split(Replicas);

    /// <summary>A replica's files cannot come into force.</summary>
    public bool Broken => Replicas.Any(replica => replica.Report.Problems.Count > 0);

    /// <summary>All replicas have another version than the active one: it is about to come into force.</summary>
    public bool Coming => Agreement.Of(Replicas) is { } agreed && agreed != Active?.Version;

    /// <summary>
    /// Hashes of the written runbook that are not the one the data was compared with; empty: it cannot be read.
    /// </summary>
    public IReadOnlyList<string> OtherSources =>
        [
            .. Replicas
                .Select(r => r.Report.SourceSha256)
                .OfType<string>()
                .Where(hash => hash != Source.Sha256)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>Nothing here wants a person.</summary>
    public bool Calm => !Split && !Broken && OtherSources.Count == 0;
}

/// <summary>Answers how versions stand.</summary>
public sealed class VersionDesk(VersionStore store, RunbookHolder holder, IOptions<ReplicaOptions> options)
{
    public async Task<VersionStatus> StatusAsync(CancellationToken cancellationToken)
    {
        var active = store.ActiveAsync(cancellationToken);
        var live = store.LiveAsync(options.Value.RowLease * Agreement.LiveLeases, cancellationToken);
        await Task.WhenAll(active, live);
        return new VersionStatus(await active, await live, holder.Current.Source);
    }
}
