using Glancy.Ops.Connectors.Notifier;
using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Kernel.Database;
using Glancy.Runbook.People;
using Microsoft.Extensions.Options;

namespace Glancy.Ops.Incidents.Outcalls;

/// <summary>
/// Delivers what is to be told outside, one row at a time: taken by a lease, tried a bounded number of times with
/// growing waits. What cannot be delivered is given up, and the incident's card and timeline say so.
/// </summary>
internal sealed class OutcallDelivery(
    BotDatabase database,
    OutcallSending sending,
    IncidentLog log,
    IOptions<ReplicaOptions> options,
    IOptions<NotifierOptions> calling
)
{
    private const string Vanished = "interrupted";
    private static readonly TimeSpan LongestAsked = TimeSpan.FromMinutes(5);

    private readonly Claims claims = new(database, OutcallRows.Queue);

    /// <summary>Tries, all in all.</summary>
    public static int MostAttempts => OutcallRows.Queue.MostAttempts;

    /// <summary>Delivers the oldest that is due; false when there was none.</summary>
    public async Task<bool> DeliverAsync(CancellationToken cancellationToken)
    {
        var lease = calling.Value.CallWithin * 3;
        if (await OutcallRows.TakeAsync(claims, options.Value.ReplicaId, lease, cancellationToken) is not { } call)
        {
            return false;
        }

        // One whose holder vanishes each time is not tried for ever either.
        if (OutcallRows.Queue.IsSpent(call.Attempts + 1))
        {
            await database.InTransactionAsync(
                transaction => GiveUpAsync(transaction, call, Vanished),
                cancellationToken
            );
            return true;
        }

        try
        {
            await EndAsync(call, await sending.SendAsync(call, cancellationToken), cancellationToken);
        }
        catch (Exception fault) when (fault.IsOfWork())
        {
            // What throws each time is a failure like any other: it is counted, and given up.
            await FailedAsync(call, "failed", cancellationToken);
            throw;
        }

        return true;
    }

    /// <summary>
    /// How long until the next try: 2 s, 4 s, 8 s, ... up to a minute, or as long as the other side asks, up to five.
    /// </summary>
    /// <param name="attempts">Those made so far.</param>
    public static TimeSpan Wait(int attempts, TimeSpan? asked)
    {
        var own = OutcallRows.Queue.Wait(attempts);
        return asked is { } wanted && wanted > own
            ? TimeSpan.FromTicks(Math.Min(wanted.Ticks, LongestAsked.Ticks))
            : own;
    }

    /// <summary>It failed: it is tried again later, or given up.</summary>
    internal Task FailedAsync(Outcall call, string why, CancellationToken cancellationToken) =>
        EndAsync(call, new SendResult.Failed(why, null), cancellationToken);

    // A null result: nobody has to be called any more.
    private Task EndAsync(Outcall call, SendResult? result, CancellationToken cancellationToken) =>
        result switch
        {
            SendResult.Failed failed when !OutcallRows.Queue.IsLast(call.Attempts + 1) => claims.FailedAsync(
                call.Held,
                failed.Why,
                Wait(call.Attempts + 1, failed.After),
                cancellationToken
            ),
            SendResult.Failed failed => database.InTransactionAsync(
                transaction => GiveUpAsync(transaction, call, failed.Why),
                cancellationToken
            ),
            SendResult.Refused refused => database.InTransactionAsync(
                transaction => GiveUpAsync(transaction, call, refused.Why),
                cancellationToken
            ),
            _ => database.InTransactionAsync(
                transaction => OutcallRows.EndAsync(transaction, call, result is null ? "dropped" : "delivered", null),
                cancellationToken
            ),
        };

    private async Task GiveUpAsync(Transaction transaction, Outcall call, string why)
    {
        // The incident's row first, as everybody takes it first.
        if (
            await IncidentStore.HoldAsync(transaction, call.Incident) is { } incident
            && await claims.GiveUpAsync(transaction, call.Held, why)
        )
        {
            var facts = new Dictionary<string, string>
            {
                ["service"] = call.Service,
                ["to"] = call.Person ?? "",
                ["trouble"] = why,
            };
            var word = new IncidentWord(
                "not-reached",
                facts,
                new AuditEntry(Actor.Bot, "incident-not-reached", call.Incident)
                {
                    After = call.Person ?? call.Service,
                    Incident = call.Incident,
                    Detail = facts,
                }
            );
            await log.WriteAsync(transaction, incident, word);
        }
    }
}
