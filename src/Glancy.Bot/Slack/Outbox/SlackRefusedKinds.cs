using System.Data.Common;
using Glancy.Ops.Kernel.Database;
using Glancy.Slack.Api;

namespace Glancy.Bot.Slack.Outbox;

/// <summary>
/// Which kinds of block the workspace refuses, known to every replica. Without the database none is known: the refusal
/// is met again.
/// </summary>
internal sealed class SlackRefusedKinds(BotDatabase database) : IRefusedKinds
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlySet<string>> KnownAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (
                await database.QueryAsync<string>(
                    "select kind from glancy.slack_refused where at > clock_timestamp() - @Kept",
                    new { Kept },
                    cancellationToken
                )
            ).ToHashSet(StringComparer.Ordinal);
        }
        catch (DbException)
        {
            return new HashSet<string>();
        }
    }

    /// <inheritdoc/>
    public async ValueTask<bool> RememberAsync(string kind, CancellationToken cancellationToken)
    {
        try
        {
            return await database.ExecuteAsync(
                    "insert into glancy.slack_refused as r (kind, at) values (@kind, clock_timestamp()) on conflict "
                        + "(kind) do update set at = excluded.at where r.at <= clock_timestamp() - @Kept",
                    new { kind, Kept },
                    cancellationToken
                ) > 0;
        }
        catch (DbException)
        {
            // It is said, if once too often.
            return true;
        }
    }
}
