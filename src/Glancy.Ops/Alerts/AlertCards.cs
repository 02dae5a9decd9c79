using System.Globalization;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Notices;
using Glancy.Ops.Runbook;

namespace Glancy.Ops.Alerts;

/// <summary>Puts the card of a group up, or revises it, in the transaction that changed what it shows.</summary>
public sealed class AlertCards(NoticeBoard notices, RunbookHolder runbook)
{
    public const string Own = "card-alert";
    public const string Storm = "card-alert-storm";

    /// <summary>The key of a group's notice.</summary>
    public static string Key(long group) => string.Create(CultureInfo.InvariantCulture, $"alert:{group}");

    /// <summary>Anew as the rows are now; a group without a card has nothing to put up.</summary>
    public async Task PutAsync(Transaction transaction, long id)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        if (await AlertStore.HoldAsync(transaction, id) is not { } group)
        {
            return;
        }

        if (group.Card == AlertCard.Own)
        {
            var sop = runbook.Current.Alerts.Find(group.Labels);
            var arguments = new Dictionary<string, string>
            {
                ["alert"] = group.Name,
                ["title_zh"] = sop?.Title.Zh ?? group.Called,
                ["title_en"] = sop?.Title.En ?? group.Called,
                ["firing"] = Number(group.Firing),
                ["over"] = Number(group.Resolved),
            };
            await notices.PutAsync(transaction, new NoticeDraft(Key(id), "card", Own, arguments));
        }
        else if (group.StormId is { } storm)
        {
            await transaction.QueryAsync<long>(
                "select id from glancy.alert_storm where id = @storm for update",
                new { storm }
            );
            var counted = await transaction.QueryAsync<Counted>(
                "select count(*)::int as groups, count(*) filter (where resolved_at is null)::int as firing from "
                    + "glancy.alert_group where storm_id = @storm",
                new { storm }
            );
            var arguments = new Dictionary<string, string>
            {
                ["storm"] = Number(storm),
                ["groups"] = Number(counted[0].Groups),
                ["firing"] = Number(counted[0].Firing),
            };
            await notices.PutAsync(
                transaction,
                new NoticeDraft(
                    string.Create(CultureInfo.InvariantCulture, $"alert-storm:{storm}"),
                    "card",
                    Storm,
                    arguments
                )
            );
        }
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed record Counted
    {
        public int Groups { get; init; }

        public int Firing { get; init; }
    }
}
