using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Kernel.Time;
using Glancy.Ops.Roster;

namespace Glancy.Ops.Incidents;

/// <summary>
/// Calls whoever is next for incidents that nobody has acknowledged in time (C2). When that is due is a row, so none is
/// called twice or passed over.
/// </summary>
internal sealed class Escalation(BotDatabase database, EscalationCalls calls, DutyRoster roster, TimeProvider clock)
    : IRecurringJob
{
    public string Name => "escalation";

    /// <summary>At every wake: minutes count here.</summary>
    public TimeSpan Every => TimeSpan.Zero;

    /// <summary>Calls every step that is due, in order; one incident that fails does not hold up the others.</summary>
    public async Task GoAsync(CancellationToken cancellationToken)
    {
        var due = await database.QueryAsync<string>(
            "select incident_id from glancy.escalation where due_at <= @now order by due_at, incident_id",
            new { now = clock.GetUtcNow().ToUniversalTime() },
            cancellationToken
        );
        if (due.Count == 0)
        {
            return;
        }

        var failed = new List<Exception>();
        var onCall = await roster.HoldersAsync(clock.GetUtcNow(), cancellationToken);
        foreach (var incident in due)
        {
            try
            {
                while (
                    await database.InTransactionAsync(
                        transaction => calls.NextAsync(transaction, incident, onCall),
                        cancellationToken
                    )
                ) { }
            }
            catch (Exception trouble) when (trouble is not OperationCanceledException)
            {
                failed.Add(trouble);
            }
        }

        if (failed.Count > 0)
        {
            throw new AggregateException(failed);
        }
    }
}
