using Glancy.Ops.Kernel.Database;

namespace Glancy.Bot.Slack.Outbox;

/// <summary>Notices that Slack did not take. One that is taken up again is brought as it says now.</summary>
public sealed class SlackPostDeadLetters(BotDatabase database) : DeadLetters(database, SlackPosts.Queue)
{
    public override async Task<bool> TakeUpAsync(Transaction transaction, long number)
    {
        if (!await base.TakeUpAsync(transaction, number))
        {
            return false;
        }

        await transaction.ExecuteAsync("update glancy.notice set delivered = 0 where id = @number", new { number });
        return true;
    }
}
