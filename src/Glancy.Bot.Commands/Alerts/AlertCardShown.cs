using Glancy.Bot.Commands.Notices;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Alerts;
using Glancy.Ops.Notices;
using Glancy.Ops.Roster;
using Glancy.Runbook.Escalation;

namespace Glancy.Bot.Commands.Alerts;

/// <summary>The card of an alert group. While something grave fires, who is called first is mentioned.</summary>
internal sealed class AlertCardShown(AlertReader reader, DutyRoster roster, TimeProvider clock) : INoticeCard
{
    private const int Few = 5;

    public string Template => AlertCards.Own;

    public async Task<NoticeCard?> ShowAsync(Notice notice, Names names, CancellationToken cancellationToken)
    {
        if (
            !AlertName.TryParse(notice.Arguments.GetValueOrDefault("alert", ""), out var id)
            || await reader.ReadAsync(id, Few, cancellationToken) is not { } details
        )
        {
            return null;
        }

        var grave = details is { Group.ResolvedAt: null, Silence: null, Sop.Severity: Severity.Sev1 or Severity.Sev2 };
        var called = grave
            ? (await roster.HoldersAsync(clock.GetUtcNow(), cancellationToken)).FirstCalled.Take(1).ToList()
            : [];
        return new NoticeCard(AlertView.Page(details, Few, names), called);
    }
}

/// <summary>The card of a storm: how many groups, by what their alerts are called.</summary>
internal sealed class StormCardShown(AlertStore alerts) : INoticeCard
{
    private const int Most = 15;

    public string Template => AlertCards.Storm;

    public async Task<NoticeCard?> ShowAsync(Notice notice, Names names, CancellationToken cancellationToken)
    {
        return
            long.TryParse(notice.Arguments.GetValueOrDefault("storm", ""), out var id)
            && await alerts.StormAsync(id, cancellationToken) is { } storm
            ? new NoticeCard(Page(storm, names.Words), [])
            : null;
    }

    public static Page Page(AlertStorm storm, Phrasebook words)
    {
        var (groups, firing, all) = (
            storm.Counts.Sum(c => c.Groups),
            storm.Counts.Sum(c => c.Firing),
            storm.Counts.Sum(c => c.Alerts)
        );
        var blocks = new List<Block>
        {
            new Block.Paragraph(words.Say("alert.storm-why", TimeText.Minute(storm.OpenedAt))),
            new Block.Table(
                [
                    words["alert.column.name"],
                    words["alert.column.groups"],
                    words["alert.column.firing"],
                    words["alert.column.count"],
                ],
                [
                    .. storm
                        .Counts.Take(Most)
                        .Select(c =>
                            (IReadOnlyList<Text>)
                                [
                                    c.Called.Length == 0 ? words["alert.nameless"] : c.Called,
                                    Text.FromInt64(c.Groups),
                                    Text.FromInt64(c.Firing),
                                    Text.FromInt64(c.Alerts),
                                ]
                        ),
                ]
            ),
        };
        if (storm.Counts.Count > Most)
        {
            blocks.Add(
                new Block.Paragraph(
                    words.Say(
                        "alert.storm-more",
                        Text.FromInt64(storm.Counts.Count - Most),
                        Text.FromInt64(storm.Counts.Skip(Most).Sum(c => c.Groups))
                    )
                )
            );
        }

        blocks.Add(new Block.Actions([new NextStep(words["alert.list-firing"], "glancy alert list --limit 500")]));
        return new Page(
            words.Say(
                firing == 0 ? "alert.storm-over" : "alert.storm",
                Text.FromInt64(groups),
                Text.FromInt64(firing),
                Text.FromInt64(all)
            ),
            blocks
        )
        {
            Foot = words.Zone(),
            Whole = "glancy alert list --limit 500",
        };
    }
}
