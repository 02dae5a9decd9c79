using Glancy.Ops.Alerts;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Notices;
using Glancy.Ops.Tests.Procedures;

namespace Glancy.Ops.Tests.Alerts;

/// <summary>What tests of alerts say again and again.</summary>
internal static class AlertHouse
{
    /// <summary>An alert that began when the house did.</summary>
    public static readonly DateTimeOffset Began = new(2025, 4, 18, 1, 29, 0, TimeSpan.Zero);

    public static AlertFact Fires(string fingerprint, DateTimeOffset? since = null, string name = "CostBurnHigh") =>
        new(
            fingerprint,
            true,
            since ?? Began,
            null,
            new Dictionary<string, string> { ["alertname"] = name, ["instance"] = fingerprint },
            new Dictionary<string, string> { ["summary"] = "cost burns" },
            "http://prometheus/graph"
        );

    public static AlertFact Over(this AlertFact alert, int minutes = 5) =>
        alert with
        {
            Firing = false,
            EndsAt = alert.StartsAt.AddMinutes(minutes),
        };

    public static AlertDelivery Told(string key, params AlertFact[] alerts)
    {
        var labels = new Dictionary<string, string> { ["alertname"] = alerts[0].Labels["alertname"] };
        return new AlertDelivery(key, "glancy", labels, labels, 0, alerts);
    }

    public static async Task<AlertGroup> HearAsync(
        this OpsHouse house,
        AlertDelivery delivery,
        CancellationToken cancellationToken
    )
    {
        var id = Assert.NotNull(await house.Get<AlertInbox>().TakeAsync(delivery, cancellationToken));
        return await house.GroupAsync(id, cancellationToken);
    }

    public static async Task<AlertGroup> GroupAsync(
        this OpsHouse house,
        long id,
        CancellationToken cancellationToken
    ) => Assert.IsType<AlertGroup>(await house.Get<AlertStore>().GetAsync(id, cancellationToken));

    public static async Task<Notice> CardAsync(
        this OpsHouse house,
        AlertGroup group,
        CancellationToken cancellationToken
    ) => Assert.IsType<Notice>(await house.Get<NoticeBoard>().GetAsync(AlertCards.Key(group.Id), cancellationToken));

    /// <summary>The keys of all cards.</summary>
    public static Task<IReadOnlyList<string>> CardsAsync(this OpsHouse house, CancellationToken cancellationToken) =>
        house
            .Get<BotDatabase>()
            .QueryAsync<string>(
                "select key from glancy.notice where kind = 'card' order by id",
                null,
                cancellationToken
            );

    public static async Task<long> CountAsync(this OpsHouse house, string sql, CancellationToken cancellationToken) =>
        (await house.Get<BotDatabase>().QueryAsync<long>(sql, null, cancellationToken))[0];
}
