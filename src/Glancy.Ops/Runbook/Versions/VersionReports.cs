using System.Globalization;
using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Notices;
using Glancy.Runbook;
using Glancy.Runbook.Differences;
using Glancy.Runbook.People;
using Microsoft.Extensions.Options;

namespace Glancy.Ops.Runbook.Versions;

/// <summary>
/// Reports what this replica has, and decides in the same transaction whether all live replicas have the same (rule
/// 12). The advisory lock makes it one decision at a time, so that no two replicas activate twice.
/// </summary>
public sealed class VersionReports(
    BotDatabase database,
    NoticeBoard notices,
    AuditLog audit,
    RunbookHolder holder,
    IOptions<ReplicaOptions> options,
    TimeProvider clock
)
{
    private const int ChangesSaid = 8;
    private const int HashSaid = 12;

    /// <summary>True when this report put the version on the disk in force.</summary>
    /// <param name="followed">What is in force, as this replica knows it; if that is no longer so, nothing is decided
    /// now.</param>
    internal async Task<bool> ReportAsync(
        DiskReading disk,
        string? sourceSha256,
        Followed followed,
        CancellationToken cancellationToken
    )
    {
        var settings = options.Value;
        var activated = await database.InTransactionAsync(
            async transaction =>
            {
                await transaction.ExecuteAsync("select pg_advisory_xact_lock(hashtextextended('glancy runbook', 0))");
                if (disk.Content is { } content)
                {
                    await VersionStore.KeepAsync(
                        transaction,
                        content.Version,
                        disk.Files,
                        settings.ReplicaId,
                        clock.GetUtcNow()
                    );
                }

                await VersionStore.ReportAsync(
                    transaction,
                    new ReplicaReport(settings.ReplicaId, disk.Content?.Version, disk.Problems, sourceSha256)
                );
                var live = await VersionStore.LiveAsync(transaction, settings.RowLease * Agreement.LiveLeases);
                var active = await VersionStore.ActiveAsync(transaction);
                await SaySourceAsync(transaction, disk, sourceSha256, followed);
                if (
                    Agreement.Of(live) is { } agreed
                    && agreed != active?.Version
                    && agreed == disk.Content?.Version
                    && active == followed.Active
                )
                {
                    return await ActivateAsync(transaction, disk.Content, followed);
                }

                await SaySplitAsync(transaction, live, active);
                return (long?)null;
            },
            cancellationToken
        );
        if (activated is { } number && disk.Content is { } inForce)
        {
            holder.PutInForce(inForce, number);
        }

        return activated is not null;
    }

    private async Task<long> ActivateAsync(Transaction transaction, RunbookContent content, Followed followed)
    {
        var before = followed.Active?.Version;
        var number = await VersionStore.ActivateAsync(transaction, content.Version, clock.GetUtcNow());
        var changes = (followed.Active, followed.Content) switch
        {
            (null, _) => [],
            // What cannot be compared is not taken for harmless.
            (_, null) => [new RunbookChange("runbook", before ?? "", content.Version, Looser: true)],
            (_, { } old) => RunbookDiff.Between(old, content),
        };
        var looser = changes.Where(change => change.Looser).ToList();
        if (looser.Count > 0)
        {
            var said =
                string.Join("; ", looser.Take(ChangesSaid))
                + (
                    looser.Count > ChangesSaid
                        ? string.Create(CultureInfo.InvariantCulture, $"; +{looser.Count - ChangesSaid}")
                        : ""
                );
            await notices.PutAsync(
                transaction,
                new NoticeDraft(
                    $"runbook:{number}:loosened",
                    "post",
                    "loosened",
                    new Dictionary<string, string> { ["detail"] = said, ["version"] = content.Version }
                )
            );
        }

        await audit.AppendAsync(
            transaction,
            new AuditEntry(Actor.Bot, "runbook-activate", "runbook")
            {
                Before = before,
                After = content.Version,
                Detail = Detail(changes),
            }
        );
        if (looser.Count > 0)
        {
            await audit.AppendAsync(
                transaction,
                new AuditEntry(Actor.Bot, "runbook-loosened", "runbook")
                {
                    Before = before,
                    After = content.Version,
                    Detail = Detail(looser),
                }
            );
        }

        return number;
    }

    private static Dictionary<string, string> Detail(IReadOnlyList<RunbookChange> changes) =>
        changes
            .GroupBy(c => c.Where, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => string.Join("; ", g.Select(c => $"{c.Before} -> {c.After}")));

    // Once per split: the same versions beside the same active one are the same split. Files on their way to all
    // replicas are none yet.
    private async Task SaySplitAsync(Transaction transaction, IReadOnlyList<LiveReplica> live, ActiveVersion? active)
    {
        var patience = options.Value.RowLease * Agreement.SplitLeases;
        if (!Agreement.Split(live) || live.Any(replica => replica.UnchangedFor < patience))
        {
            return;
        }

        var number = active?.Number.ToString(CultureInfo.InvariantCulture) ?? "0";
        var versions = live.Select(r => r.Report.Version ?? "-")
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
        await notices.PutAsync(
            transaction,
            new NoticeDraft(
                $"runbook:{number}:split:{string.Join(',', versions)}",
                "post",
                "runbook-split",
                new Dictionary<string, string>
                {
                    ["active"] = active?.Version ?? "-",
                    ["replicas"] = string.Join(", ", live.Select(r => $"{r.Report.Replica}={r.Report.Version ?? "-"}")),
                }
            )
        );
    }

    // Once per text. Data that has the new text's hash already is on its way into force.
    private async Task SaySourceAsync(Transaction transaction, DiskReading disk, string? sha256, Followed followed)
    {
        if (
            sha256 is { Length: > HashSaid }
            && followed.Content is { Source: var source }
            && sha256 != source.Sha256
            && sha256 != disk.Content?.Source.Sha256
        )
        {
            await notices.PutAsync(
                transaction,
                new NoticeDraft(
                    $"runbook-source:{sha256}",
                    "post",
                    "runbook-source",
                    new Dictionary<string, string>
                    {
                        ["hash"] = sha256[..HashSaid],
                        ["known"] = source.Sha256[..HashSaid],
                        ["text"] = source.Title,
                    }
                )
            );
        }
    }
}
