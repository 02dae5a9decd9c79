using System.Collections.Concurrent;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Runbook;
using Glancy.Ops.Runbook.Versions;
using Glancy.Runbook.People;

namespace Glancy.Ops.Procedures;

/// <summary>
/// Ends unconfirmed runs that a reload touches, with a new draft in their place (rule 12). Whoever activated does it at
/// once; every replica looks again regularly, so that it is done even if that one died. The row is locked for each, so
/// two do not do it twice.
/// </summary>
public sealed class DraftVoiding(
    BotDatabase database,
    RunStore runs,
    Drafts drafts,
    ProcedureUse use,
    RunbookVersions versions,
    RunbookHolder holder
)
{
    private readonly ConcurrentDictionary<long, string> untouched = new();

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var now = holder.Current;
        var old = await database.QueryAsync<long>(
            "select id from glancy.run where finished_at is null and state in ('Draft', 'AwaitingSecond') and "
                + "runbook_version <> @Version order by id",
            new { now.Version },
            cancellationToken
        );

        // A replica that has not heard of the newest version yet must not void what was drafted from it.
        if (old.Count > 0 && !await versions.IsActiveAsync(now.Version, cancellationToken))
        {
            return;
        }

        foreach (var id in old.Where(id => untouched.GetValueOrDefault(id) != now.Version))
        {
            if (await runs.GetAsync(id, cancellationToken) is not { Open: true } run)
            {
                continue;
            }

            if (use.Touched(run, await versions.OfAsync(run.RunbookVersion, run.Name, cancellationToken), now))
            {
                await drafts.ReplaceAsync(run, Actor.Bot, cancellationToken);
            }
            else
            {
                untouched[id] = now.Version;
            }
        }

        foreach (var gone in untouched.Keys.Except(old))
        {
            untouched.TryRemove(gone, out _);
        }
    }
}
