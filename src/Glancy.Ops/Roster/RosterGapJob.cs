using System.Globalization;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Kernel.Time;
using Glancy.Ops.Notices;
using Glancy.Ops.Runbook;

namespace Glancy.Ops.Roster;

/// <summary>Looks a week ahead every day, and says so when the roster does not work out (C1, §1.1).</summary>
public sealed class RosterGapJob(
    BotDatabase database,
    IRosterOverrides overrides,
    DutyRoster roster,
    NoticeBoard notices,
    RunbookHolder runbook,
    TimeProvider clock
) : IRecurringJob
{
    /// <summary>The template of the card, drawn anew from the roster as it stands.</summary>
    public const string CardTemplate = "card-roster-gaps";

    private static readonly TimeSpan Ahead = TimeSpan.FromDays(7);

    public string Name => "roster-gaps";

    public TimeSpan Every => TimeSpan.FromMinutes(10);

    /// <summary>What does not work out within a week from now.</summary>
    public async Task<IReadOnlyList<RosterGap>> LookAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var entered = await overrides.FromAsync(now, cancellationToken);
        return RosterGaps.Between(
            await roster.KnownAsync(now, cancellationToken),
            now,
            now + Ahead,
            [.. entered.OrderBy(o => o.Id).Select(o => o.Change)]
        );
    }

    /// <inheritdoc/>
    public async Task GoAsync(CancellationToken cancellationToken)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(runbook.Current.Roster.TimeZone);
        var key =
            "roster-gaps:"
            + TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (
            await notices.GetAsync(key, cancellationToken) is null
            && await LookAsync(cancellationToken) is { Count: > 0 } gaps
        )
        {
            var draft = new NoticeDraft(
                key,
                "card",
                CardTemplate,
                new Dictionary<string, string> { ["count"] = gaps.Count.ToString(CultureInfo.InvariantCulture) }
            );
            await database.InTransactionAsync(transaction => notices.PutAsync(transaction, draft), cancellationToken);
        }
    }
}
