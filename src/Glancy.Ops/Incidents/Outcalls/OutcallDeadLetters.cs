using Glancy.Ops.Kernel.Database;

namespace Glancy.Ops.Incidents.Outcalls;

/// <summary>
/// Calls that reached nobody. An older word to PagerDuty is not sent after a newer one: it would open an alert that is
/// over.
/// </summary>
internal sealed class OutcallDeadLetters(BotDatabase database) : DeadLetters(database, OutcallRows.Queue)
{
    public override async Task<bool> TakeUpAsync(Transaction transaction, long number) =>
        !await OutcallRows.IsPastAsync(transaction, number) && await base.TakeUpAsync(transaction, number);
}
