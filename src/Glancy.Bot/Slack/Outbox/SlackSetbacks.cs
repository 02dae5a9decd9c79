using Glancy.Slack.Api;
using Microsoft.Extensions.Options;

namespace Glancy.Bot.Slack.Outbox;

/// <summary>
/// What becomes of a notice that Slack does not take: it is tried again, goes elsewhere, or is given up and somebody
/// hears of it.
/// </summary>
internal sealed partial class SlackSetbacks(
    SlackPosts posts,
    SlackGone gone,
    IOptions<SlackDoorOptions> door,
    ILogger<SlackSetbacks> logger
)
{
    private const string Vanished = "interrupted";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterDoubt = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(10);

    /// <summary>Slack said no, or said nothing that helps.</summary>
    /// <param name="forget">It is certain that nothing was posted.</param>
    public async Task NotAsync(SlackPost post, SlackError error, bool forget, CancellationToken cancellationToken)
    {
        if (error.Kind == SlackErrorKind.Refused && SlackGone.Means(error.Code))
        {
            if (post.Notice.Kind != "direct" && post.Channel.Length > 0 && post.Channel != door.Value.Channel)
            {
                // The bot has moved to another channel since: there it goes on.
                await posts.LaterAsync(post, Soon, error.Code, post.Doubts, forget: true, cancellationToken);
                return;
            }

            LogGone(post.Notice.Key, error.Code);
            await gone.TellAsync(
                post.Notice,
                post.Channel.Length > 0 ? post.Channel : door.Value.Channel,
                error.Code,
                cancellationToken
            );
            await posts.GiveUpAsync(post, error.Code, cancellationToken);
            return;
        }

        if (error.Kind == SlackErrorKind.Refused)
        {
            LogRefused(post.Notice.Key, error.Code, string.Join("; ", error.Details));
            await AgainAsync(post, error.Code, forget, cancellationToken);
            return;
        }

        LogDoubt(post.Notice.Key, error.Code);
        await posts.LaterAsync(
            post,
            error.RetryAfter ?? AfterTrouble,
            error.Code,
            post.Doubts,
            forget,
            cancellationToken
        );
    }

    /// <summary>Whether a message can no longer be changed: somebody took it away, or its time is over.</summary>
    public static bool IsPast(SlackError error)
    {
        return error.Code is "message_not_found" or "cant_update_message" or "edit_window_closed";
    }

    /// <summary>It is posted anew, since people wait for it, and says what it goes on with.</summary>
    /// <param name="ts">The message that can no longer be changed.</param>
    public async Task PastAsync(SlackPost post, SlackError error, string ts, CancellationToken cancellationToken)
    {
        LogRefused(post.Notice.Key, error.Code, string.Join("; ", error.Details));
        await posts.LaterAsync(post, Soon, error.Code, post.Doubts, forget: true, cancellationToken, continues: ts);
    }

    /// <summary>Slack did not answer: whether it was done is looked at in a while.</summary>
    public Task UnknownAsync(SlackPost post, string? reason, CancellationToken cancellationToken)
    {
        return posts.LaterAsync(post, AfterDoubt, reason, post.Doubts, forget: false, cancellationToken);
    }

    /// <summary>It failed here, not there: that is counted as a refusal is.</summary>
    public async Task FailedAsync(SlackPost post, Exception fault, CancellationToken cancellationToken)
    {
        LogFailed(fault, post.Notice.Key);
        await AgainAsync(post, "failed", forget: false, cancellationToken);
    }

    /// <summary>Whoever takes it vanishes each time: it is not taken any more.</summary>
    public Task VanishedAsync(SlackPost post, CancellationToken cancellationToken)
    {
        return GiveUpAsync(post, Vanished, cancellationToken);
    }

    // Time and again, but not for ever: somebody hears of it, and it ends.
    private async Task AgainAsync(SlackPost post, string code, bool forget, CancellationToken cancellationToken)
    {
        if (code == SlackGone.PutOut)
        {
            await gone.TellAsync(
                post.Notice,
                post.Channel.Length > 0 ? post.Channel : door.Value.Channel,
                code,
                cancellationToken
            );
        }

        if (!SlackGone.IsOfOne(code))
        {
            // With a new token all of it goes on: that counts against no notice.
            await posts.LaterAsync(post, door.Value.RefusedPause, code, post.Doubts, forget, cancellationToken);
            return;
        }

        if (!SlackPosts.Queue.IsLast(post.Attempts))
        {
            await posts.RefusedAsync(post, door.Value.RefusedPause, code, forget, cancellationToken);
            return;
        }

        await GiveUpAsync(post, code, cancellationToken);
    }

    private async Task GiveUpAsync(SlackPost post, string code, CancellationToken cancellationToken)
    {
        LogGivenUp(post.Notice.Key, post.Attempts, code);
        if (code != SlackGone.PutOut)
        {
            await gone.TellRefusedAsync(post.Notice, code, cancellationToken);
        }

        await posts.GiveUpAsync(post, code, cancellationToken);
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "{Key} has nowhere to go in Slack ({Code}) and is given up; the terminal shows it"
    )]
    private partial void LogGone(string key, string code);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "{Key} failed or was refused {Times} times ({Code}) and is given up; the terminal shows it"
    )]
    private partial void LogGivenUp(string key, int times, string code);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Key} could not be brought to Slack")]
    private partial void LogFailed(Exception fault, string key);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Key} is not in Slack yet: {Why}")]
    private partial void LogDoubt(string key, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "Slack refuses {Key}: {Code} {Details}")]
    private partial void LogRefused(string key, string code, string details);
}
