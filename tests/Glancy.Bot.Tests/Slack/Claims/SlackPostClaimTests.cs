using Glancy.Bot.Slack.Outbox;
using Glancy.Bot.Tests.Slack.Rows;
using Glancy.Ops.Kernel.Database;
using Glancy.QueueTests;

namespace Glancy.Bot.Tests.Slack.Claims;

/// <summary>Notices on their way to Slack.</summary>
public sealed class SlackPostClaimTests(RowsHouse house) : SlackQueuePromises(house)
{
    private int notices;

    protected override ClaimTable Queue => SlackPosts.Queue;

    protected override IDeadLetters Letters => new SlackPostDeadLetters(Database);

    protected override async Task<string> PutAsync()
    {
        var key = $"n:{++notices}";
        await House.PutAsync(key, "post", "freeze-by-hook", null, null, Token);

        // As if somebody had looked at it before: what has no row yet has nothing that a test could hold.
        await House.SqlAsync($"insert into glancy.slack_post (notice_key) values ('{key}')", Token);
        return key;
    }

    protected override async Task<TakenItem?> TakeAsync(string owner, TimeSpan lease) =>
        await House.Posts.TakeAsync(owner, lease, fair: false, Token) is not { } post
            ? null
            : new TakenItem(
                post.Notice.Key,
                post.Attempts,
                async () => await House.Posts.BeginPostAsync(post, "C1", Token) && await ShownAsync(post),
                trouble =>
                    SlackPosts.Queue.IsLast(post.Attempts)
                        ? House.Posts.GiveUpAsync(post, trouble, Token)
                        : House.Posts.RefusedAsync(
                            post,
                            SlackPosts.Queue.Wait(post.Attempts),
                            trouble,
                            forget: true,
                            Token
                        )
            );

    private async Task<bool> ShownAsync(SlackPost post)
    {
        await House.Posts.ShownAsync(post, "C1", $"{notices}.1", post.Notice.Revision, Token);
        return true;
    }
}
