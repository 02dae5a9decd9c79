using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using Glancy.Ops.Kernel.Database;
using Glancy.Slack;
using Glancy.Slack.Api;
using Microsoft.Extensions.Options;

namespace Glancy.Bot.Slack.Inbox;

/// <summary>Whether somebody belongs to the workspace.</summary>
internal enum SlackMembership
{
    Member,

    /// <summary>A guest, of another organisation, or nobody Slack knows.</summary>
    Stranger,

    /// <summary>Slack cannot be asked, and has not been for a day.</summary>
    Unknown,
}

/// <summary>What Slack says of somebody.</summary>
/// <param name="Culture">The language of that person's Slack; null when Slack does not say.</param>
internal sealed record SlackUserProfile(CultureInfo? Culture, SlackMembership Membership);

/// <summary>
/// Asks Slack who somebody is, and keeps the answer for a while; a day in the database, for when Slack cannot be asked.
/// Who is not known to be a member is not served: a guest's account may stand in people.yaml as well.
/// </summary>
internal sealed class SlackUserProfiles(ISlackApiClient slack, BotDatabase database, IOptions<SlackOptions> options)
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly SlackUserProfile Unasked = new(null, SlackMembership.Unknown);
    private readonly ConcurrentDictionary<string, (SlackUserProfile Reader, long At)> known = new(
        StringComparer.Ordinal
    );

    public async Task<SlackUserProfile> GetAsync(string userId, CancellationToken cancellationToken)
    {
        if (known.TryGetValue(userId, out var kept) && TimeProvider.System.GetElapsedTime(kept.At) < Kept)
        {
            return kept.Reader;
        }

        switch (await AskAsync(userId, cancellationToken))
        {
            case SlackOk<SlackUser> { Value: var user }:
                var member = user.IsMemberOf(options.Value.TeamId);
                await RememberAsync(userId, member, user.Locale, cancellationToken);
                return Keep(
                    userId,
                    new SlackUserProfile(
                        Culture(user.Locale),
                        member ? SlackMembership.Member : SlackMembership.Stranger
                    )
                );
            case SlackFailed<SlackUser>
            {
                Error: { Kind: SlackErrorKind.Refused, Code: "user_not_found" or "user_not_visible" }
            }:
                return Keep(userId, new SlackUserProfile(null, SlackMembership.Stranger));
            default:
                return await RecallAsync(userId, cancellationToken) ?? Unasked;
        }
    }

    private SlackUserProfile Keep(string userId, SlackUserProfile reader)
    {
        known[userId] = (reader, TimeProvider.System.GetTimestamp());
        return reader;
    }

    private async Task<SlackResult<SlackUser>?> AskAsync(string userId, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            return await slack.In(SlackLane.Confirmation).Users.Info(userId, patience.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task RememberAsync(string userId, bool member, string? locale, CancellationToken cancellationToken)
    {
        try
        {
            await database.ExecuteAsync(
                """
                insert into glancy.slack_member (user_id, member, locale, seen_at)
                  values (@userId, @member, @locale, clock_timestamp())
                on conflict (user_id) do update set member = excluded.member, locale = excluded.locale, seen_at =
                  excluded.seen_at
                """,
                new
                {
                    userId,
                    member,
                    locale,
                },
                cancellationToken
            );
        }
        catch (DbException)
        {
            // Then Slack is asked again.
        }
    }

    private async Task<SlackUserProfile?> RecallAsync(string userId, CancellationToken cancellationToken)
    {
        try
        {
            var rows = await database.QueryAsync<Row>(
                "select member, locale from glancy.slack_member where user_id = @userId and seen_at > "
                    + "clock_timestamp() - @Remembered",
                new { userId, Remembered },
                cancellationToken
            );
            return rows is [var row]
                ? new SlackUserProfile(
                    Culture(row.Locale),
                    row.Member ? SlackMembership.Member : SlackMembership.Stranger
                )
                : null;
        }
        catch (DbException)
        {
            return null;
        }
    }

    private sealed record Row
    {
        public bool Member { get; init; }

        public string? Locale { get; init; }
    }

    private static CultureInfo? Culture(string? locale) =>
        locale switch
        {
            null => null,
            _ when locale.StartsWith("zh", StringComparison.OrdinalIgnoreCase) => Commands.Words.Phrasebooks.Chinese,
            _ => Commands.Words.Phrasebooks.English,
        };
}
