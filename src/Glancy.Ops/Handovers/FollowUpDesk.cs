using System.Globalization;
using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Notices;
using Glancy.Ops.Roster;
using Glancy.Runbook.People;
using Glancy.Runbook.Permissions;

namespace Glancy.Ops.Handovers;

/// <summary>What became of a person's word on a follow-up.</summary>
public abstract record FollowUpOutcome
{
    private FollowUpOutcome() { }

    public sealed record Accepted(FollowUp FollowUp) : FollowUpOutcome;

    /// <summary>Nothing changed.</summary>
    public sealed record Refused(Refusal Refusal) : FollowUpOutcome;
}

/// <summary>
/// What a shift leaves to the next (§3.1): anybody adds to it, and it stays until somebody says it is done.
/// </summary>
public sealed class FollowUpDesk(
    BotDatabase database,
    HandoverStore handovers,
    Permissions permissions,
    NoticeBoard notices,
    AuditLog audit,
    TimeProvider clock
)
{
    private const int Longest = 500;
    private static readonly TimeSpan Twice = TimeSpan.FromMinutes(1);

    /// <param name="source">What it is made of, for example a message: the same source makes one; null for what was
    /// typed, which makes one a minute.</param>
    public async Task<FollowUpOutcome> AddAsync(
        Person person,
        string words,
        string? link,
        string? source,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(words);
        if (words.Length > Longest)
        {
            return Refuse("follow-up-too-long", Longest.ToString(CultureInfo.InvariantCulture));
        }

        var now = clock.GetUtcNow();
        var thread = await handovers.ThreadAsync(now, cancellationToken);
        return await database.InTransactionAsync<FollowUpOutcome>(
            async transaction =>
            {
                var may = await permissions.AskAsync(person, PermissionNames.HandoverAdd, cancellationToken);
                if (may.Refusal is { } refusal)
                {
                    return new FollowUpOutcome.Refused(refusal);
                }

                await transaction.ExecuteAsync(
                    "select pg_advisory_xact_lock(hashtextextended('glancy follow-up', 0))",
                    null
                );
                var same = await transaction.QueryAsync<long>(
                    "select id from glancy.follow_up where done_at is null and at > @since and lower(words) = "
                        + "lower(@words) and (@source is null or source is null) limit 1",
                    new
                    {
                        words,
                        source,
                        since = (now - Twice).ToUniversalTime(),
                    }
                );
                if (same.Count > 0)
                {
                    // A second click, or two who thought of the same.
                    return Refuse("follow-up-known", words);
                }

                var ids = await transaction.QueryAsync<long>(
                    "insert into glancy.follow_up (words, link, by, at, source) values (@words, @link, @by, @at, "
                        + "@source) on conflict (source) do nothing returning id",
                    new
                    {
                        words,
                        link,
                        by = person.Id,
                        at = now.ToUniversalTime(),
                        source,
                    }
                );
                if (ids is not [var id])
                {
                    return Refuse("follow-up-known", words);
                }

                var added = new FollowUp(id, words, link, person.Id, now);
                await notices.PutAsync(
                    transaction,
                    new NoticeDraft(
                        $"follow-up:{id}",
                        "post",
                        "follow-up-added",
                        new Dictionary<string, string>
                        {
                            ["item"] = added.Name,
                            ["person"] = person.Id,
                            ["words"] = words,
                            ["link"] = link ?? "",
                        },
                        Under: thread
                    )
                );
                await audit.AppendAsync(
                    transaction,
                    new AuditEntry(person.Id, "follow-up-add", added.Name)
                    {
                        Detail = new Dictionary<string, string> { ["words"] = words },
                    }
                );
                return new FollowUpOutcome.Accepted(added);
            },
            cancellationToken
        );
    }

    /// <param name="outcome">What came of it; empty for nothing to say.</param>
    public async Task<FollowUpOutcome> DoneAsync(
        Person person,
        string name,
        string outcome,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(name);
        if (
            !long.TryParse(
                name.StartsWith("F-", StringComparison.OrdinalIgnoreCase) ? name[2..] : name,
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var id
            )
        )
        {
            return Refuse("unknown-follow-up", name);
        }

        var now = clock.GetUtcNow();
        var thread = await handovers.ThreadAsync(now, cancellationToken);
        return await database.InTransactionAsync<FollowUpOutcome>(
            async transaction =>
            {
                var may = await permissions.AskAsync(person, PermissionNames.HandoverDone, cancellationToken);
                if (may.Refusal is { } refusal)
                {
                    return new FollowUpOutcome.Refused(refusal);
                }

                if (await FollowUpStore.HoldAsync(transaction, id) is not var (item, done))
                {
                    return Refuse("unknown-follow-up", name);
                }

                if (done is not null)
                {
                    return Refuse(
                        "follow-up-done",
                        item.Name,
                        done.By,
                        done.At.ToString("O", CultureInfo.InvariantCulture)
                    );
                }

                await transaction.ExecuteAsync(
                    "update glancy.follow_up set done_at = @now, done_by = @person, outcome = @outcome where id = @id",
                    new
                    {
                        id,
                        person = person.Id,
                        outcome,
                        now = now.ToUniversalTime(),
                    }
                );
                await notices.PutAsync(
                    transaction,
                    new NoticeDraft(
                        $"follow-up:{id}:done",
                        "post",
                        outcome.Length == 0 ? "follow-up-done" : "follow-up-done-how",
                        new Dictionary<string, string>
                        {
                            ["item"] = item.Name,
                            ["person"] = person.Id,
                            ["words"] = item.Words,
                            ["reason"] = outcome,
                        },
                        Under: thread
                    )
                );
                await audit.AppendAsync(
                    transaction,
                    new AuditEntry(person.Id, "follow-up-done", item.Name)
                    {
                        Detail = new Dictionary<string, string> { ["words"] = item.Words, ["reason"] = outcome },
                    }
                );
                return new FollowUpOutcome.Accepted(item);
            },
            cancellationToken
        );
    }

    private static FollowUpOutcome.Refused Refuse(string code, params string[] arguments) =>
        new FollowUpOutcome.Refused(new Refusal(code, "§3.1", arguments));
}
