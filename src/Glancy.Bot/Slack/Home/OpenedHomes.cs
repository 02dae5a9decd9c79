using Glancy.Ops.Kernel.Database;

namespace Glancy.Bot.Slack.Home;

/// <summary>Who has opened the app's Home, and what each was shown last.</summary>
internal sealed class OpenedHomes(BotDatabase database)
{
    /// <summary>Somebody has opened it now; what is there is shown anew.</summary>
    public Task OpenedAsync(string user, CancellationToken cancellationToken) =>
        database.ExecuteAsync(
            """
            insert into glancy.slack_home (user_id) values (@user)
            on conflict (user_id) do update set opened_at = now(), shown = ''
            """,
            new { user },
            cancellationToken
        );

    /// <summary>Whoever has opened it within a day.</summary>
    public Task<IReadOnlyList<string>> LatelyAsync(CancellationToken cancellationToken) =>
        database.QueryAsync<string>(
            "select user_id from glancy.slack_home where opened_at > now() - interval '1 day' order by user_id",
            null,
            cancellationToken
        );

    /// <summary>Whether this page, by its digest, is the one shown last.</summary>
    public async Task<bool> ShowsAsync(string user, string digest, CancellationToken cancellationToken) =>
        await database.QueryAsync<string>(
            "select shown from glancy.slack_home where user_id = @user",
            new { user },
            cancellationToken
        )
            is [var shown]
        && shown == digest;

    /// <summary>This page is shown, or is not to be tried again.</summary>
    public Task ShownAsync(string user, string digest, CancellationToken cancellationToken) =>
        database.ExecuteAsync(
            "update glancy.slack_home set shown = @digest where user_id = @user",
            new { user, digest },
            cancellationToken
        );
}
