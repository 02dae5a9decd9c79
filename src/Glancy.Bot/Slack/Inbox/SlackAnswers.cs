using Glancy.Slack.Api;

namespace Glancy.Bot.Slack.Inbox;

/// <summary>
/// Sends what is to be said to one person. Such answers have no history, so they cannot be looked for: one whose
/// arrival is unknown is sent again, and may be seen twice.
/// </summary>
internal sealed partial class SlackAnswers(SlackJournal journal, ISlackApiClient slack, ILogger<SlackAnswers> logger)
{
    // Between the bot and one person everything is theirs alone, and stays.
    private const char Conversation = 'D';

    // A response address takes five.
    private const int MostSends = 4;
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    /// <summary>Sends them and ends the task, or leaves the rest for later.</summary>
    public async Task SendAsync(
        SlackTask task,
        SlackLine line,
        IReadOnlyList<ResponseMessage> answers,
        CancellationToken cancellationToken
    )
    {
        var client = slack.In(SlackLane.Confirmation);
        for (var i = 0; i < answers.Count; i++)
        {
            switch (await OneAsync(client, line, answers[i], cancellationToken))
            {
                case SlackFailed<SlackDone> { Error: { Kind: not SlackErrorKind.Refused } error }:
                    // Not sent at all: as long as Slack is away, it waits, and costs none of the address's answers.
                    LogLater(error.Code);
                    await journal.PostponeAsync(
                        task,
                        [.. answers.Skip(i)],
                        task.Sends,
                        error.RetryAfter ?? Wait(task.Attempt),
                        cancellationToken
                    );
                    return;
                case SlackUnknown<SlackDone> doubt when task.Sends + 1 < MostSends:
                    LogLater(doubt.Reason);
                    await journal.PostponeAsync(
                        task,
                        [.. answers.Skip(i)],
                        task.Sends + 1,
                        Wait(task.Attempt),
                        cancellationToken
                    );
                    return;
                case SlackFailed<SlackDone> { Error: { } refused }:
                    LogRefused(refused.Code, string.Join("; ", refused.Details));
                    break;
            }
        }

        await journal.FinishAsync(task, cancellationToken);
    }

    // An address that is used up or too old, and a channel that somebody is no longer in, are no reason to say nothing.
    private static async Task<SlackResult<SlackDone>> OneAsync(
        ISlackApiClient client,
        SlackLine line,
        ResponseMessage answer,
        CancellationToken cancellationToken
    )
    {
        if (
            line.ResponseUrl is { } address
            && await client.Respond(address, answer, cancellationToken) is var result
            && result is not SlackFailed<SlackDone> { Error.Kind: SlackErrorKind.Refused }
        )
        {
            return result;
        }

        return
            line.ChannelId is { } channel
            && !channel.StartsWith(Conversation)
            && await client.Chat.PostEphemeral(
                new EphemeralMessage(channel, line.UserId, answer.Text ?? "", answer.Blocks, line.ThreadTs),
                cancellationToken
            )
                is var beside
            && beside is not SlackFailed<SlackDone> { Error.Kind: SlackErrorKind.Refused }
            ? beside
            : await DirectlyAsync(client, line.UserId, answer, cancellationToken);
    }

    // What is pressed in the app's Home has no channel around it.
    private static async Task<SlackResult<SlackDone>> DirectlyAsync(
        ISlackApiClient client,
        string user,
        ResponseMessage answer,
        CancellationToken cancellationToken
    ) =>
        await client.Conversations.Open([user], cancellationToken) switch
        {
            SlackOk<Glancy.Slack.Api.SlackChannel> { Value.Id: var direct } => await client.Chat.PostMessage(
                new OutgoingMessage(direct, answer.Text ?? "", answer.Blocks),
                cancellationToken
            ) switch
            {
                SlackOk<PostedMessage> => new SlackOk<SlackDone>(SlackDone.Value),
                SlackFailed<PostedMessage> { Error: var error } => new SlackFailed<SlackDone>(error),
                _ => new SlackUnknown<SlackDone>("the message may be there"),
            },
            SlackFailed<Glancy.Slack.Api.SlackChannel> { Error: var error } => new SlackFailed<SlackDone>(error),
            _ => new SlackUnknown<SlackDone>("the conversation could not be opened"),
        };

    private static TimeSpan Wait(int attempt) =>
        TimeSpan.FromSeconds(Math.Min(LongestWait.TotalSeconds, Math.Pow(2, Math.Min(attempt, 6))));

    [LoggerMessage(Level = LogLevel.Information, Message = "Slack did not take an answer ({Why}); it is sent again")]
    private partial void LogLater(string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "Slack refuses an answer: {Code} {Details}")]
    private partial void LogRefused(string code, string details);
}
