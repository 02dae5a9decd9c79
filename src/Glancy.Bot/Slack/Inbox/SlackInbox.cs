using System.Data.Common;
using Glancy.Slack.Inbound;

namespace Glancy.Bot.Slack.Inbox;

/// <summary>Journals what Slack delivers before it is acknowledged; without the database it is not taken, and the person is told.</summary>
internal sealed partial class SlackInbox(SlackJournal journal, SlackBell bell, SlackForms forms, ILogger<SlackInbox> logger) : ISlackInbox
{
    public async ValueTask<SlackReply> TakeAsync(SlackDelivery delivery, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        try
        {
            if (!await journal.AddAsync(delivery, cancellationToken))
            {
                LogAgain(delivery.Request.DedupeKey, delivery.RetryNumber);
                return SlackReply.Taken;
            }

            // What opens a form lives 3 s from the click and once: it cannot wait for a worker.
            await forms.OpenAsync(delivery.Request, cancellationToken);
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
