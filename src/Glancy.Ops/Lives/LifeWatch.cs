using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Kernel.Database;

namespace Glancy.Ops.Lives;

/// <summary>
/// Finds out that the database was restored or made anew: the bastion got the head of the chain with each effect, so it
/// knows of events that the chain does not have (rule 11). Looked for again and again, and before a run starts.
/// </summary>
public sealed class LifeWatch(BotDatabase database, IAuditAnchors anchors, LifeStore lives)
{
    /// <summary>
    /// Compares, takes a new life when the chain is behind, and gives the life that is now. What the bastion cannot be
    /// asked leaves it as it is.
    /// </summary>
    public async Task<Life> LookAsync(CancellationToken cancellationToken)
    {
        if (await anchors.ReadAsync(cancellationToken) is { Count: > 0 } known)
        {
            var settled = await lives.BeyondAsync(cancellationToken);
            var beyond = await BeyondAsync(
                [.. known.Where(a => a.Seq > 0 && !settled.ContainsKey(a.Written))],
                cancellationToken
            );
            if (beyond.Count > 0)
            {
                var head = await database.QueryAsync<long>(
                    "select coalesce(max(seq), 0) from glancy.audit",
                    null,
                    cancellationToken
                );
                await lives.TakeAsync(beyond, head[0], cancellationToken);
            }
        }

        return await lives.CurrentAsync(cancellationToken);
    }

    private async Task<List<string>> BeyondAsync(List<AuditHead> known, CancellationToken cancellationToken)
    {
        if (known.Count == 0)
        {
            return [];
        }

        var rows = await database.QueryAsync<string>(
            "select seq || ':' || encode(hash, 'hex') from glancy.audit where seq = any(@seqs)",
            new { seqs = known.Select(a => a.Seq).Distinct().ToArray() },
            cancellationToken
        );
        return [.. known.Select(a => a.Written).Except(rows, StringComparer.Ordinal)];
    }
}
