using System.Data.Common;
using System.Globalization;
using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Procedures.Engine;
using Glancy.Slack.Inbound;

namespace Glancy.Bot.Slack.Inbox;

/// <summary>
/// Journals what Slack delivers before it is acknowledged; without the database it is not taken, and the person is
/// told.
/// </summary>
internal sealed partial class SlackInbox(
    SlackArrivals arrivals,
    SlackLanes lanes,
    WorkSignal signal,
    SlackForms forms,
    SlackFormFaults faults,
    UnrecordedReply unrecorded,
    IKillPoints kill,
    ILogger<SlackInbox> logger
) : ISlackInbox
{
    // Longer than the acknowledgement may take.
    private static readonly TimeSpan Held = TimeSpan.FromSeconds(4);

    public async ValueTask<SlackReply> TakeAsync(SlackDelivery delivery, CancellationToken cancellationToken)
    {
        if (faults.Of(delivery.Request) is { } wrong)
        {
            // The form stays open: nothing was said yet that could be written down.
            return wrong;
        }

        var mayOpen = forms.May(delivery.Request);
        var arrival = new SlackArrival(
            delivery,
            SlackLanes.PersonOf(delivery.Request),
            lanes.Of(delivery.Request),
            mayOpen ? Held : TimeSpan.Zero
        );
        switch (await AddAsync(arrival))
        {
            case Written.New:
                kill.Reach("slack-journalled");

                // What opens a form lives 3 s from the click and once: it cannot wait for a worker.
                var opened = await forms.OpenAsync(delivery.Request, mayOpen, cancellationToken);
                if (mayOpen)
                {
                    await ReleaseAsync(delivery, opened);
                }

                signal.Ring(arrival.Urgency);
                return SlackReply.Taken;
            case Written.Before:
                LogAgain(delivery.Request.DedupeKey, delivery.RetryNumber);
                return SlackReply.Taken;
            case Written.TooMany:
                LogTooMany(delivery.Request.UserId ?? "?");
                return unrecorded.Of(
                    delivery.Request,
                    new Refusal("too-many-waiting", "", SlackJournal.MostWaiting.ToString(CultureInfo.InvariantCulture))
                );
            case var not:
                return unrecorded.Of(delivery.Request, UnrecordedReply.Refusal(certain: not == Written.Not));
        }
    }

    // Otherwise it is answered in words as well, a little later: better than not at all.
    private async Task ReleaseAsync(SlackDelivery delivery, bool opened)
    {
        try
        {
            await arrivals.ReleaseAsync(delivery, opened);
        }
        catch (DbException away)
        {
            LogNotWritten(away, delivery.Request.DedupeKey);
        }
    }

    private async Task<Written> AddAsync(SlackArrival arrival)
    {
        var broke = false;
        while (true)
        {
            try
            {
                // After a connection that broke midway, it may be the row of that attempt.
                return await arrivals.AddAsync(arrival) switch
                {
                    SlackJournalled.TooMany => Written.TooMany,
                    SlackJournalled.Known when !broke => Written.Before,
                    _ => Written.New,
                };
            }
            catch (DbException away)
            {
                LogNotWritten(away, arrival.Delivery.Request.DedupeKey);
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
        TooMany,
        Not,
        Unknown,
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Key} was delivered again (retry {Retry}); it is known")]
    private partial void LogAgain(string key, int retry);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{User} has too much waiting; one more was not written down, and is told so"
    )]
    private partial void LogTooMany(string user);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Key} could not be written down")]
    private partial void LogNotWritten(Exception away, string key);
}
