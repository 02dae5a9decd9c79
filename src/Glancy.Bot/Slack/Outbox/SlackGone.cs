using System.Globalization;
using Glancy.Ops.Database;
using Glancy.Ops.Notices;
using Glancy.Ops.Roster;

namespace Glancy.Bot.Slack.Outbox;

/// <summary>A conversation that takes nothing any more: whoever is called first is told so, once a day, where they can still be reached.</summary>
public sealed class SlackGone(BotDatabase database, NoticeBoard board, DutyRoster roster, TimeProvider clock)
{
    private const string Template = "slack-gone";

    /// <summary>Whether Slack says that nothing can be said there, now or later.</summary>
    public static bool Means(string code) => code is "is_archived" or "channel_not_found" or "is_inactive" or "user_not_found" or "users_not_found" or "user_disabled" or "cannot_dm_bot";

    /// <summary>Says it; not about a notice that itself is this news, nor about one for one person.</summary>
    public async Task TellAsync(Notice notice, string channel, string code, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(notice);
        if (notice.Kind == "direct")
        {
            return;
        }

        var now = clock.GetUtcNow();
        var called = (await roster.HoldersAsync(now, cancellationToken)).FirstCalled.Where(p => p.Slack is not null).ToList();
        var day = now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await database.InTransactionAsync(
            async transaction =>
            {
                foreach (var person in called)
                {
                    await board.PutAsync(
                        transaction,
                        new NoticeDraft($"slack-gone:{channel}:{code}:{day}:{person.Id}", "direct", Template, new Dictionary<string, string> { ["channel"] = channel, ["code"] = code, ["to"] = person.Id }));
                }
            },
            cancellationToken);
    }
}
