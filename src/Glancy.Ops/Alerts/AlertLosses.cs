using System.Globalization;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Notices;

namespace Glancy.Ops.Alerts;

/// <summary>
/// Says in the channel what of Alertmanager's words could not be taken: once an hour for each cause and name, whichever
/// replica heard it.
/// </summary>
public sealed class AlertLosses(BotDatabase database, NoticeBoard notices, TimeProvider clock)
{
    /// <summary>Fields of a delivery could not be read; everything else of it is taken.</summary>
    public const string Spoiled = "alert-spoiled";

    /// <summary>A delivery is larger than is taken; nothing of it is.</summary>
    public const string TooLarge = "alert-too-large";

    /// <summary>What came is no delivery of Alertmanager's.</summary>
    public const string Unreadable = "alert-unreadable";

    // Beyond these the log tells the others.
    private const int MostAnHour = 10;
    private const int LongestName = 100;

    /// <param name="what">Which of them.</param>
    /// <param name="called">What the alerts are called; empty when that is not known.</param>
    /// <param name="detail">The places, or the limit.</param>
    public Task SayAsync(string what, string called, string detail, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async transaction =>
            {
                await transaction.ExecuteAsync(
                    "select pg_advisory_xact_lock(hashtextextended('glancy alert losses', 0))"
                );
                var name = called.Length == 0 ? "?" : AlertFields.Cut(called, LongestName);
                var hour = clock.GetUtcNow().UtcDateTime;
                var keys = Enumerable
                    .Range(1, MostAnHour)
                    .Select(i => string.Create(CultureInfo.InvariantCulture, $"{what}:{hour:yyyyMMddHH}:{i}"))
                    .ToList();
                var said = await transaction.QueryAsync<string>(
                    "select arguments ->> 'called' from glancy.notice where key = any(@keys)",
                    new { keys }
                );
                if (said.Count < MostAnHour && !said.Contains(name))
                {
                    await notices.PutAsync(
                        transaction,
                        new NoticeDraft(
                            keys[said.Count],
                            "post",
                            what,
                            new Dictionary<string, string> { ["called"] = name, ["detail"] = detail }
                        )
                    );
                }
            },
            cancellationToken
        );
}
