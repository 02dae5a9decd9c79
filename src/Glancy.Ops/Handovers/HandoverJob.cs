using System.Globalization;
using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Kernel.Time;
using Glancy.Ops.Notices;
using Glancy.Ops.Roster;
using Glancy.Ops.Runbook;
using Glancy.Runbook.People;

namespace Glancy.Ops.Handovers;

/// <summary>
/// Opens the handover of every change of shift, and calls the release manager when one is not accepted (C5, §3.1).
/// Which are due follows from the newest row and the roster, never from when this runs: none is missed while nobody was
/// there, none is opened twice.
/// </summary>
internal sealed class HandoverJob(
    BotDatabase database,
    HandoverStore handovers,
    HandoverReader reader,
    DutyRoster roster,
    NoticeBoard notices,
    AuditLog audit,
    RunbookHolder runbook,
    TimeProvider clock
) : IRecurringJob
{
    public string Name => "handovers";

    public TimeSpan Every => TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public async Task GoAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (await handovers.NewestAsync(null, cancellationToken) is not { } newest)
        {
            // The shift that is on began without the bot; the first handover is the next.
            var begun = (await roster.PlannedAsync(now, cancellationToken)).ShiftStart;
            await database.InTransactionAsync(
                transaction => HandoverStore.AddAsync(transaction, begun, now, null),
                cancellationToken
            );
            return;
        }

        for (
            var next = await NextAsync(newest.Boundary, cancellationToken);
            next <= now;
            next = await NextAsync(next, cancellationToken)
        )
        {
            await OpenAsync(next, now, cancellationToken);
        }

        await EscalateAsync(now, cancellationToken);
    }

    private async Task<DateTimeOffset> NextAsync(DateTimeOffset boundary, CancellationToken cancellationToken) =>
        (await roster.PlannedAsync(boundary, cancellationToken)).ShiftEnd;

    private async Task OpenAsync(DateTimeOffset boundary, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var facts = await reader.ReadAsync(boundary, cancellationToken);
        await database.InTransactionAsync(
            async transaction =>
            {
                if (await HandoverStore.AddAsync(transaction, boundary, now, facts))
                {
                    await notices.PutAsync(transaction, HandoverNotices.Card(boundary, facts));
                    await audit.AppendAsync(
                        transaction,
                        new AuditEntry(Actor.Bot, "handover-open", Instant(boundary))
                        {
                            Before = Said(facts.Outgoing),
                            After = Said(facts.Incoming),
                        }
                    );
                }
            },
            cancellationToken
        );
    }

    // Only the newest: what an earlier shift never accepted, its people cannot accept any more.
    private async Task EscalateAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (
            await handovers.NewestAsync(null, cancellationToken)
                is not { Facts: { } facts, Accepted: null, EscalatedAt: null } late
            || now < late.OpenedAt + runbook.Current.Roster.Handover.EscalatedAfter
        )
        {
            return;
        }

        var onCall = await roster.HoldersAsync(now, cancellationToken);
        string[] called =
        [
            .. facts.Incoming.GetValueOrDefault("primary", []),
            .. facts.Outgoing.GetValueOrDefault("primary", []),
            .. onCall.Holders.GetValueOrDefault(OverrideRules.Manager, []).Select(p => p.Id),
        ];
        await database.InTransactionAsync(
            async transaction =>
            {
                if (await HandoverStore.EscalateAsync(transaction, late.Boundary, now))
                {
                    var arguments = new Dictionary<string, string>
                    {
                        ["boundary_at"] = Instant(late.Boundary),
                        ["given"] = facts.Incoming.GetValueOrDefault("primary", []) is [var first, ..] ? first : "",
                        ["until_at"] = Instant(late.Boundary + runbook.Current.Roster.Handover.KeptFor),
                        ["to"] = string.Join(',', called.Distinct()),
                    };
                    await notices.PutAsync(
                        transaction,
                        new NoticeDraft(late.Key + ":late", "page", "handover-late", arguments)
                    );
                    await audit.AppendAsync(
                        transaction,
                        new AuditEntry(Actor.Bot, "handover-escalate", Instant(late.Boundary))
                        {
                            Detail = new Dictionary<string, string> { ["to"] = arguments["to"] },
                        }
                    );
                }
            },
            cancellationToken
        );
    }

    private static string Said(IReadOnlyDictionary<string, IReadOnlyList<string>> people) =>
        string.Join(',', people.OrderBy(p => p.Key, StringComparer.Ordinal).SelectMany(p => p.Value));

    private static string Instant(DateTimeOffset at) => at.ToString("O", CultureInfo.InvariantCulture);
}
