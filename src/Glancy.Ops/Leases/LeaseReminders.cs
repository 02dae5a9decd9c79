using System.Globalization;
using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Kernel.Time;
using Glancy.Ops.Notices;
using Glancy.Ops.Roster;
using Glancy.Ops.Runbook;
using Microsoft.Extensions.Options;

namespace Glancy.Ops.Leases;

/// <summary>
/// Reminds of temporary changes until all are taken back (rule 7): one card for all that stand, revised where it is,
/// and a line in its thread. It comes less and less often - after the runbook's time, twice and four times that, then
/// when shifts end - and again sooner for a change that is new; but never twice within twice that time. When it is due
/// is a row, so no turn is lost, and none is taken twice.
/// </summary>
public sealed class LeaseReminders(
    BotDatabase database,
    DutyRoster roster,
    NoticeBoard notices,
    RunbookHolder runbook,
    IOptions<ReplicaOptions> options,
    TimeProvider clock
) : IRecurringJob
{
    /// <summary>The template of the card, drawn anew from what stands.</summary>
    public const string CardTemplate = "card-leases";

    public string Name => "lease-reminders";

    public TimeSpan Every => options.Value.WatchInterval;

    /// <summary>Says what is due; a reminder that was slept over is said once, late.</summary>
    public async Task GoAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().ToUniversalTime();
        var shiftEnd = (await roster.PlannedAsync(now, cancellationToken)).ShiftEnd.ToUniversalTime();
        await database.InTransactionAsync(
            async transaction =>
            {
                await transaction.ExecuteAsync(
                    "select pg_advisory_xact_lock(hashtextextended('glancy lease-card', 0))",
                    null
                );
                var standing = await transaction.QueryAsync<LeaseRow>(
                    "select id, since from glancy.lease where released_at is null order by id",
                    null
                );
                var cards = await transaction.QueryAsync<CardRow>(
                    "select id, revised_at, due_at, turns from glancy.lease_card where ended_at is null",
                    null
                );
                var card = cards.Count == 0 ? null : cards[0];
                if (standing.Count == 0)
                {
                    await EndAsync(transaction, card, now);
                    return;
                }

                // A change that was made since the card stood begins the waiting anew.
                var first = runbook.Current.Leases.RemindEvery;
                DateTimeOffset? young = standing
                    .Where(l => card is null || l.Since > card.Revised_At)
                    .Select(l => l.Since + first)
                    .Cast<DateTimeOffset?>()
                    .Min();
                var due = card is null
                    ? young
                    : Later(young < card.Due_At ? young : card.Due_At, card.Revised_At + (2 * first));
                if (due <= now)
                {
                    var turns = card is null || young <= now ? 1 : card.Turns + 1;
                    var next = turns switch
                    {
                        1 => now + (2 * first),
                        2 => now + (4 * first),
                        _ => shiftEnd,
                    };
                    await TurnAsync(transaction, card?.Id, standing, turns, now, next);
                }
            },
            cancellationToken
        );
    }

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset other) => one > other ? one : other;

    private static string Key(long card) => string.Create(CultureInfo.InvariantCulture, $"leases:{card}");

    private async Task TurnAsync(
        Transaction transaction,
        long? card,
        IReadOnlyList<LeaseRow> standing,
        int turns,
        DateTimeOffset now,
        DateTimeOffset next
    )
    {
        var ids = card is { } known
            ? await transaction.QueryAsync<long>(
                "update glancy.lease_card set revised_at = @now, due_at = @next, turns = @turns where id = @known "
                    + "returning id",
                new
                {
                    known,
                    now,
                    next,
                    turns,
                }
            )
            : await transaction.QueryAsync<long>(
                "insert into glancy.lease_card (opened_at, revised_at, due_at, turns) values (@now, @now, @next, "
                    + "@turns) returning id",
                new
                {
                    now,
                    next,
                    turns,
                }
            );
        await PutAsync(transaction, ids[0], standing.Count);
        if (card is not null)
        {
            // A revised card moves nowhere and wakes nobody; its thread does, without filling the channel.
            var arguments = new Dictionary<string, string>
            {
                ["count"] = standing.Count.ToString(CultureInfo.InvariantCulture),
                ["leases"] = string.Join(", ", standing.Select(l => LeaseName.Of(l.Id))),
                ["since_at"] = standing.Min(l => l.Since).ToString("O", CultureInfo.InvariantCulture),
            };
            await notices.PutAsync(
                transaction,
                new NoticeDraft(
                    $"{Key(ids[0])}:{now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}",
                    "post",
                    "leases-stand",
                    arguments,
                    Under: Key(ids[0])
                )
            );
        }
    }

    private async Task EndAsync(Transaction transaction, CardRow? card, DateTimeOffset now)
    {
        if (card is not null)
        {
            await transaction.ExecuteAsync(
                "update glancy.lease_card set ended_at = @now, revised_at = @now where id = @Id",
                new { card.Id, now }
            );
            await PutAsync(transaction, card.Id, 0);
        }
    }

    private Task PutAsync(Transaction transaction, long card, int count) =>
        notices.PutAsync(
            transaction,
            new NoticeDraft(
                Key(card),
                "card",
                CardTemplate,
                new Dictionary<string, string> { ["count"] = count.ToString(CultureInfo.InvariantCulture) }
            )
        );

    private sealed record LeaseRow
    {
        public long Id { get; init; }

        public DateTimeOffset Since { get; init; }
    }

    private sealed record CardRow
    {
        public long Id { get; init; }

        public DateTimeOffset Revised_At { get; init; }

        public DateTimeOffset Due_At { get; init; }

        public int Turns { get; init; }
    }
}
