using System.Threading.Channels;
using Glancy.Slack.Inbound;
using Microsoft.Extensions.DependencyInjection;

namespace Glancy.Slack.Handling;

/// <summary>
/// An inbox without a journal, for hosts that can afford to lose what they were working on: it takes a request into a
/// bounded line in memory, and <see cref="HandlerWork"/> calls the handlers. Only view submissions are handled at once,
/// because Slack waits for their answer.
/// </summary>
internal sealed class MemoryInbox(IServiceScopeFactory scopes) : ISlackInbox
{
    private const int Waiting = 1_000;
    private readonly RecentKeys recent = new(10_000);
    private readonly Channel<SlackRequest> line = Channel.CreateBounded<SlackRequest>(Waiting);

    public ChannelReader<SlackRequest> Line => line.Reader;

    public async ValueTask<SlackReply> TakeAsync(SlackDelivery delivery, CancellationToken cancellationToken)
    {
        if (!recent.Add(delivery.Request.DedupeKey))
        {
            return SlackReply.Taken;
        }

        var taken = false;
        try
        {
            if (delivery.Request is ViewSubmission submission)
            {
                var reply = await SubmitAsync(submission, cancellationToken);
                taken = true;
                return reply;
            }

            taken = line.Writer.TryWrite(delivery.Request);
            return taken ? SlackReply.Taken : SlackReply.NotTaken();
        }
        finally
        {
            if (!taken)
            {
                recent.Remove(delivery.Request.DedupeKey);
            }
        }
    }

    private async Task<SlackReply> SubmitAsync(ViewSubmission submission, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var handler = scope
            .ServiceProvider.GetServices<IViewSubmissionHandler>()
            .FirstOrDefault(h => h.CallbackId == submission.View.CallbackId);
        return handler is null ? SlackReply.NotTaken() : await handler.HandleAsync(submission, cancellationToken);
    }
}
