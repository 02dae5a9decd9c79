using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Notices;

namespace Glancy.Bot.Slack.Outbox;

/// <summary>What is not brought: not yet, not this time, or not any more.</summary>
internal sealed partial class SlackPosts
{
    /// <summary>
    /// Not yet: it is tried again then. <paramref name="forget"/> also forgets the message, and that a post was begun.
    /// </summary>
    /// <param name="continues">The forgotten message, where the next one goes on with it.</param>
    public Task LaterAsync(
        SlackPost post,
        TimeSpan wait,
        string? trouble,
        int doubts,
        bool forget,
        CancellationToken cancellationToken,
        string? continues = null
    )
    {
        return database.InTransactionAsync(
            async transaction =>
            {
                var mine = await transaction.ExecuteAsync(
                    $"""
                    update glancy.slack_post
                       set {ClaimTable.PutOff}, doubts = @doubts, continues = coalesce(@continues, continues),
                           ts = case when @forget then null else ts end,
                           begun_after = case when @forget then null else begun_after end
                     where notice_key = @Key and claim = @Claim
                    """,
                    new
                    {
                        wait,
                        trouble,
                        doubts,
                        forget,
                        continues,
                        post.Notice.Key,
                        post.Claim,
                    }
                );
                if (mine > 0 && forget)
                {
                    await NoticeBoard.DeliveredAsync(transaction, 0, post.Notice.Key);
                }
            },
            cancellationToken
        );
    }

    /// <summary>
    /// Refused, or it failed: it is tried again then, and that is counted. <paramref name="forget"/> also forgets that
    /// a post was begun: a refusal stores nothing.
    /// </summary>
    public Task RefusedAsync(
        SlackPost post,
        TimeSpan wait,
        string trouble,
        bool forget,
        CancellationToken cancellationToken
    )
    {
        return database.ExecuteAsync(
            $"""
            update glancy.slack_post set {ClaimTable.Failed},
                   begun_after = case when @forget then null else begun_after end
             where notice_key = @Key and claim = @Claim
            """,
            new
            {
                wait,
                trouble,
                forget,
                post.Notice.Key,
                post.Claim,
            },
            cancellationToken
        );
    }

    /// <summary>
    /// It is not tried any more until somebody takes it up again. False when another replica has taken over.
    /// </summary>
    public Task<bool> GiveUpAsync(SlackPost post, string trouble, CancellationToken cancellationToken)
    {
        return database.InTransactionAsync(
            async transaction =>
            {
                if (!await claims.GiveUpAsync(transaction, post.Held, trouble))
                {
                    return false;
                }

                await NoticeBoard.DeliveredAsync(transaction, NoticeBoard.Never, post.Notice.Key);
                return true;
            },
            cancellationToken
        );
    }

    /// <summary>It is for nobody who could read it there.</summary>
    public Task SkipAsync(SlackPost post, CancellationToken cancellationToken) =>
        EndAsync(post, NoticeBoard.Never, null, cancellationToken);

    /// <summary>Nobody needs this revision any more; a later one is brought as ever.</summary>
    public Task DropAsync(SlackPost post, CancellationToken cancellationToken)
    {
        return EndAsync(post, post.Notice.Revision, "moot", cancellationToken);
    }

    private Task EndAsync(SlackPost post, int delivered, string? trouble, CancellationToken cancellationToken)
    {
        return database.InTransactionAsync(
            async transaction =>
            {
                var mine = await transaction.ExecuteAsync(
                    """
                    update glancy.slack_post set skipped = @skipped, trouble = @trouble, lease_until = null,
                      attempts = 0
                     where notice_key = @Key and claim = @Claim
                    """,
                    new
                    {
                        skipped = delivered == NoticeBoard.Never,
                        trouble,
                        post.Notice.Key,
                        post.Claim,
                    }
                );
                if (mine > 0)
                {
                    await NoticeBoard.DeliveredAsync(transaction, delivered, post.Notice.Key);
                }
            },
            cancellationToken
        );
    }
}
