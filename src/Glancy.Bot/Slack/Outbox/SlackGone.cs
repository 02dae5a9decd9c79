using System.Globalization;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Notices;
using Glancy.Ops.Roster;

namespace Glancy.Bot.Slack.Outbox;

/// <summary>
/// A conversation that takes nothing any more: whoever is called first is told so, once a day, where they can still be
/// reached.
/// </summary>
internal sealed class SlackGone(BotDatabase database, NoticeBoard board, DutyRoster roster, TimeProvider clock)
{
    /// <summary>Somebody can let the bot in again: it is tried some times more.</summary>
    public const string PutOut = "not_in_channel";

    private const string Template = "slack-gone";
    private const string Refused = "slack-refused";
    private const string GivenUp = "dead-letter";

    // About the bot as a whole and not about one notice: with a new token all of it goes on.
    private static readonly HashSet<string> Locked =
    [
        "invalid_auth",
        "not_authed",
        "account_inactive",
        "token_revoked",
        "token_expired",
        "no_permission",
        "missing_scope",
        "org_login_required",
        "ekm_access_denied",
        "accesslimited",
        "team_access_not_granted",
    ];

    /// <summary>Whether Slack says that nothing can be said there, now or later.</summary>
    public static bool Means(string code) =>
        code
            is "is_archived"
                or "channel_not_found"
                or "is_inactive"
                or "user_not_found"
                or "users_not_found"
                or "user_disabled"
                or "cannot_dm_bot";

    /// <summary>Whether it is about this notice: the next one may be taken.</summary>
    public static bool IsOfOne(string code) => !Locked.Contains(code);

    /// <summary>Says it; not about a notice that itself is this news, nor about one for one person.</summary>
    public async Task TellAsync(Notice notice, string channel, string code, CancellationToken cancellationToken)
    {
        if (notice.Kind == "direct")
        {
            return;
        }

        await SayAsync(
            Template,
            $"{channel}:{code}",
            new Dictionary<string, string> { ["channel"] = channel, ["code"] = code },
            cancellationToken
        );
    }

    /// <summary>Says that one notice is given up.</summary>
    public Task TellRefusedAsync(Notice notice, string code, CancellationToken cancellationToken)
    {
        return notice.Template is Template or Refused
            ? Task.CompletedTask
            : SayAsync(
                Refused,
                code,
                new Dictionary<string, string> { ["key"] = notice.Key, ["code"] = code },
                cancellationToken
            );
    }

    /// <summary>Says that something of a queue is given up that nobody waits for.</summary>
    public Task TellGivenUpAsync(string queue, string code, CancellationToken cancellationToken) =>
        SayAsync(
            GivenUp,
            $"{queue}:{code}",
            new Dictionary<string, string> { ["queue"] = queue, ["code"] = code },
            cancellationToken
        );

    private async Task SayAsync(
        string template,
        string about,
        Dictionary<string, string> facts,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetUtcNow();
        var called = (await roster.HoldersAsync(now, cancellationToken))
            .FirstCalled.Where(p => p.Slack is not null)
            .ToList();
        var day = now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await database.InTransactionAsync(
            async transaction =>
            {
                foreach (var person in called)
                {
                    await board.PutAsync(
                        transaction,
                        new NoticeDraft(
                            $"{template}:{about}:{day}:{person.Id}",
                            "direct",
                            template,
                            new Dictionary<string, string>(facts) { ["to"] = person.Id }
                        )
                    );
                }
            },
            cancellationToken
        );
    }
}
