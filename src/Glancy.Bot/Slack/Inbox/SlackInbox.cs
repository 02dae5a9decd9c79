using System.Data.Common;
using Glancy.Ops.Database;
using Glancy.Slack.Inbound;

namespace Glancy.Bot.Slack.Inbox;

/// <summary>Journals what Slack delivers before it is acknowledged; without the database it is not taken, and the person is told.</summary>
internal sealed partial class SlackInbox(SlackJournal journal, SlackBell bell, SlackForms forms, SlackLoss loss, ILogger<SlackInbox> logger) : ISlackInbox
{
    public async ValueTask<SlackReply> TakeAsync(SlackDelivery delivery, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        switch (await AddAsync(delivery, cancellationToken))
        {
            case Written.New:
                // What opens a form lives 3 s from the click and once: it cannot wait for a worker.
                await forms.OpenAsync(delivery.Request, cancellationToken);
                bell.Ring();
                return SlackReply.Taken;
            case Written.Before:
                LogAgain(delivery.Request.DedupeKey, delivery.RetryNumber);
                return SlackReply.Taken;
            case var not:
                return loss.Of(delivery.Request, certain: not == Written.Not);
        }
    }

    private async Task<Written> AddAsync(SlackDelivery delivery, CancellationToken cancellationToken)
    {
        var broke = false;
        while (true)
        {
            try
            {
                // After a connection that broke midway, it may be the row of that attempt.
                return await journal.AddAsync(delivery, cancellationToken) || broke ? Written.New : Written.Before;
            }
            catch (DbException away)
            {
                LogNotWritten(away, delivery.Request.DedupeKey);
                if (broke || away.NeverConnected())
                {
                    return broke ? Written.Unknown : Written.Not;
                }

                // Whether it is there, another attempt settles where the database lives: the key lets it in once.
                broke = true;
            }
        }
    }

    private enum Written
    {
        New,
        Before,
        Not,
        Unknown,
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Key} was delivered again (retry {Retry}); it is known")]
    private partial void LogAgain(string key, int retry);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Key} could not be written down")]
    private partial void LogNotWritten(Exception away, string key);
}
