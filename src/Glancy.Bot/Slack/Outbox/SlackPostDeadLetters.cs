using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Notices;

namespace Glancy.Bot.Slack.Outbox;

/// <summary>Notices that Slack did not take. One that is taken up again is brought as it says now.</summary>
internal sealed class SlackPostDeadLetters(BotDatabase database) : DeadLetters(database, SlackPosts.Queue)
{
    public override async Task<bool> TakeUpAsync(Transaction transaction, long number)
    {
        if (!await base.TakeUpAsync(transaction, number))
        {
            return false;
        }

        var keys = await transaction.QueryAsync<string>(
            "select key from glancy.notice where id = @number",
            new { number }
        );
        await NoticeBoard.DeliveredAsync(transaction, 0, keys[0]);
        return true;
    }
}
