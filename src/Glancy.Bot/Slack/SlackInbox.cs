using System.Data.Common;
using Glancy.Slack.Inbound;

namespace Glancy.Bot.Slack;

/// <summary>Journals what Slack delivers before it is acknowledged; without the database it is not taken, and the person is told.</summary>
public sealed partial class SlackInbox(SlackJournal journal, SlackBell bell, ILogger<SlackInbox> logger) : ISlackInbox
{
    public async ValueTask<SlackReply> TakeAsync(SlackDelivery delivery, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        try
        {
            if (!await journal.AddAsync(delivery, cancellationToken))
            {
                LogAgain(delivery.Request.DedupeKey, delivery.RetryNumber);
            }

            bell.Ring();
            return SlackReply.Taken;
        }
        catch (DbException away)
        {
            LogNotTaken(away, delivery.Request.DedupeKey);
            return SlackReply.NotTaken();
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Key} was delivered again (retry {Retry}); it is known")]
    private partial void LogAgain(string key, int retry);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Key} could not be written down")]
    private partial void LogNotTaken(Exception away, string key);
}
