using System.Globalization;
using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Notices;
using Glancy.Runbook.People;

namespace Glancy.Ops.Roster;

/// <summary>What became of a person's word on a swap.</summary>
public abstract record SwapOutcome
{
    private SwapOutcome() { }

    public sealed record Accepted(Swap Swap) : SwapOutcome;

    /// <summary>Nothing changed.</summary>
    public sealed record Refused(Refusal Refusal) : SwapOutcome;
}

/// <summary>
/// Two who change shifts (C1, §1.1): nothing moves until the other side has said yes; each word is one transaction.
/// </summary>
public sealed class SwapDesk(
    BotDatabase database,
    SwapStore swaps,
    IRosterOverrides overrides,
    DutyRoster roster,
    NoticeBoard notices,
    AuditLog audit,
    TimeProvider clock
)
{
    /// <param name="give">An instant of the shift that is given; <paramref name="take"/> of the one taken in return,
    /// null for none.</param>
    public async Task<SwapOutcome> ProposeAsync(
        Person person,
        string with,
        DateTimeOffset give,
        DateTimeOffset? take,
        string reason,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(person);
        var now = clock.GetUtcNow();
        var content = await roster.KnownAsync(now, cancellationToken);
        var entered = await EnteredAsync(now, cancellationToken);
        if (SwapRules.Propose(content, person, with, give, take, entered, now) is { } refusal)
        {
            return Refuse(refusal);
        }

        var mine =
            SwapRules.TurnOf(content, give, person.Id, entered)
            ?? throw new InvalidOperationException("A turn that the rules have seen is gone.");
        var theirs = take is { } back ? SwapRules.TurnOf(content, back, with, entered) : null;
        return await database.InTransactionAsync<SwapOutcome>(
            async transaction =>
            {
                var swap = await SwapStore.AddAsync(transaction, person.Id, with, mine, theirs, reason, now);
                await notices.PutAsync(transaction, SwapStore.Card(swap));
                await audit.AppendAsync(
                    transaction,
                    new AuditEntry(person.Id, "roster-swap-propose", swap.Name)
                    {
                        Before = person.Id,
                        After = with,
                        Detail = Detail(swap),
                    }
                );
                return new SwapOutcome.Accepted(swap);
            },
            cancellationToken
        );
    }

    /// <summary>The other side says yes: both overrides stand from then on.</summary>
    public async Task<SwapOutcome> AcceptAsync(Person person, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(person);
        if (await swaps.FindAsync(name, cancellationToken) is not { } seen)
        {
            return Unknown(name);
        }

        var now = clock.GetUtcNow();
        var (content, entered) = (
            await roster.KnownAsync(now, cancellationToken),
            await EnteredAsync(now, cancellationToken)
        );
        return await EndAsync(
            seen.Id,
            person,
            now,
            accepted: true,
            swap => SwapRules.Accept(content, swap, person, entered, now),
            async (transaction, swap) =>
            {
                foreach (var change in swap.Overrides)
                {
                    await RosterOverrides.AddAsync(transaction, "swap", change, person.Id, now);
                }
            },
            cancellationToken
        );
    }

    /// <summary>Either side says no; nothing has moved.</summary>
    public async Task<SwapOutcome> DeclineAsync(Person person, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(person);
        return await swaps.FindAsync(name, cancellationToken) is { } seen
            ? await EndAsync(
                seen.Id,
                person,
                clock.GetUtcNow(),
                accepted: false,
                swap => SwapRules.Decline(swap, person),
                (_, _) => Task.CompletedTask,
                cancellationToken
            )
            : Unknown(name);
    }

    private async Task<IReadOnlyList<RosterOverride>> EnteredAsync(
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) => [.. (await overrides.FromAsync(now, cancellationToken)).OrderBy(o => o.Id).Select(o => o.Change)];

    // The row makes two answers wait for each other.
    private Task<SwapOutcome> EndAsync(
        long id,
        Person person,
        DateTimeOffset now,
        bool accepted,
        Func<Swap, Refusal?> rule,
        Func<Transaction, Swap, Task> effect,
        CancellationToken cancellationToken
    ) =>
        database.InTransactionAsync<SwapOutcome>(
            async transaction =>
            {
                var swap = await SwapStore.HoldAsync(transaction, id);
                if (rule(swap) is { } refusal)
                {
                    return Refuse(refusal);
                }

                await effect(transaction, swap);
                var ended = swap with { Ended = new SwapEnd(now, person.Id, accepted) };
                await SwapStore.EndAsync(transaction, ended);
                await notices.PutAsync(transaction, SwapStore.Card(ended));
                await audit.AppendAsync(
                    transaction,
                    new AuditEntry(person.Id, accepted ? "roster-swap-accept" : "roster-swap-decline", swap.Name)
                    {
                        Before = swap.By,
                        After = accepted ? swap.With : null,
                        Detail = Detail(swap),
                    }
                );
                return new SwapOutcome.Accepted(ended);
            },
            cancellationToken
        );

    private static Dictionary<string, string> Detail(Swap swap)
    {
        var detail = new Dictionary<string, string> { ["give"] = Said(swap.Give), ["reason"] = swap.Reason };
        if (swap.Take is { } take)
        {
            detail["take"] = Said(take);
        }

        return detail;
    }

    private static string Said(Turn turn) => $"{turn.Role} {turn.From.ToString("O", CultureInfo.InvariantCulture)}";

    private static SwapOutcome.Refused Unknown(string name) => Refuse(new Refusal("unknown-swap", "§1.1", name));

    private static SwapOutcome.Refused Refuse(Refusal refusal) => new(refusal);
}
