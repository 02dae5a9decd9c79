using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Alerts;

namespace Glancy.Bot.Commands.Alerts;

/// <summary>Alert groups in a table.</summary>
internal static class AlertListView
{
    /// <param name="more">There are more than are shown.</param>
    /// <param name="all">Also those that do not fire any more.</param>
    public static Page Page(IReadOnlyList<AlertGroup> groups, bool more, bool all, Names names)
    {
        var words = names.Words;
        if (groups.Count == 0)
        {
            return new Page(
                words[all ? "alert.list-none" : "alert.list-none-firing"],
                all ? [] : [new Block.Actions([new NextStep(words["alert.list-all"], "glancy alert list --all")])]
            );
        }

        var blocks = new List<Block>
        {
            new Block.Table(
                [
                    words["alert.column.alert"],
                    words["alert.column.name"],
                    words["alert.column.state"],
                    words["alert.column.count"],
                    words["alert.column.since"],
                    words["alert.column.card"],
                ],
                [
                    .. groups.Select(g =>
                        (IReadOnlyList<Text>)
                            [
                                g.Name,
                                AlertView.Called(g, names),
                                AlertView.State(g, words),
                                Text.FromInt64(g.ResolvedAt is null ? g.Firing : g.Resolved),
                                TimeText.Minute(g.OpenedAt),
                                words.Of("alert.card", g.Card),
                            ]
                    ),
                ]
            ),
        };
        if (more)
        {
            blocks.Add(new Block.Paragraph(words.Say("alert.list-more", Text.FromInt64(groups.Count))));
        }

        blocks.Add(
            new Block.Actions([
                new NextStep(words.Say("alert.show", groups[0].Name), $"glancy alert show {groups[0].Name}"),
            ])
        );
        return new Page(
            words.Say(all ? "alert.list-title-all" : "alert.list-title", Text.FromInt64(groups.Count)),
            blocks
        )
        {
            Foot = words.Zone(),
        };
    }
}
