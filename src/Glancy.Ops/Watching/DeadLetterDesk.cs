using System.Globalization;
using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Kernel.Time;
using Glancy.Ops.Roster;
using Glancy.Runbook.People;
using Glancy.Runbook.Permissions;

namespace Glancy.Ops.Watching;

/// <summary>What the queues have given up, all together; a person takes it up again, or off the list.</summary>
public sealed class DeadLetterDesk(
    IEnumerable<IDeadLetters> queues,
    BotDatabase database,
    Permissions permissions,
    AuditLog audit,
    WakeSignal wake
)
{
    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<DeadLetter>> ListAsync(int limit, CancellationToken cancellationToken)
    {
        var lists = await Task.WhenAll(queues.Select(q => q.ListAsync(limit, cancellationToken)));
        return [.. lists.SelectMany(l => l).OrderByDescending(l => l.At).Take(limit)];
    }

    public async Task<int> CountAsync(CancellationToken cancellationToken) =>
        (await Task.WhenAll(queues.Select(q => q.CountAsync(cancellationToken)))).Sum();

    /// <summary>Takes one up again. Null when that is done.</summary>
    public Task<Refusal?> RetryAsync(Person person, string name, CancellationToken cancellationToken) =>
        SayAsync(
            person,
            name,
            "deadletter-retry",
            (queue, transaction, number) => queue.TakeUpAsync(transaction, number),
            cancellationToken
        );

    /// <summary>Takes one off the list: nobody wants it any more. Null when that is done.</summary>
    public Task<Refusal?> DropAsync(Person person, string name, CancellationToken cancellationToken) =>
        SayAsync(
            person,
            name,
            "deadletter-drop",
            (queue, transaction, number) => queue.DropAsync(transaction, number),
            cancellationToken
        );

    private async Task<Refusal?> SayAsync(
        Person person,
        string name,
        string action,
        Func<IDeadLetters, Transaction, long, Task<bool>> change,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(name);
        var may = await permissions.AskAsync(person, PermissionNames.DeadLetterHandle, cancellationToken);
        if (may.Refusal is { } refusal)
        {
            return refusal;
        }

        var dash = name.LastIndexOf('-');
        var queue = dash < 0 ? null : queues.FirstOrDefault(q => q.Queue == name[..dash]);
        if (
            queue is null
            || !long.TryParse(name[(dash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        )
        {
            return new Refusal("unknown-dead-letter", "", name);
        }

        var done = await database.InTransactionAsync(
            async transaction =>
            {
                if (!await change(queue, transaction, number))
                {
                    return false;
                }

                await audit.AppendAsync(transaction, new AuditEntry(person.Id, action, name) { Role = may.Role });
                return true;
            },
            cancellationToken
        );
        if (!done)
        {
            return new Refusal("unknown-dead-letter", "", name);
        }

        await wake.SendAsync(cancellationToken);
        return null;
    }
}
