using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Incidents;

namespace Glancy.Bot.Commands.Incidents;

/// <summary>Incidents in a table.</summary>
public static class IncidentListView
{
    /// <summary>The command whose form opens one; also a button's.</summary>
    public const string OpenForm = "glancy incident open <severity> <title>";

    public static Page Page(IReadOnlyList<Incident> incidents, bool all, Names names)
    {
        ArgumentNullException.ThrowIfNull(incidents);
        ArgumentNullException.ThrowIfNull(names);
        var words = names.Words;
        if (incidents.Count == 0)
        {
            return new Page(
                words[all ? "incident.list-none" : "incident.list-none-open"],
                [
                    new Block.Actions(
                        all
                            ? [Open(words)]
                            : [new NextStep(words["incident.list-all"], "glancy incident list --all"), Open(words)]
                    ),
                ]
            );
        }

        return new Page(
            words.Say(all ? "incident.list-title-all" : "incident.list-title", Text.FromInt64(incidents.Count)),
            [
                new Block.Table(
                    [
                        words["incident.column.id"],
                        words["incident.severity"],
                        words["incident.column.title"],
                        words["incident.opened"],
                        words["incident.column.state"],
                    ],
                    [
                        .. incidents.Select(i =>
                            (IReadOnlyList<Text>)
                                [
                                    i.Id,
                                    i.Level,
                                    i.Title,
                                    words.Say(
                                        "incident.when-by",
                                        TimeText.Minute(i.OpenedAt),
                                        names.Person(i.OpenedBy)
                                    ),
                                    IncidentView.State(i, words),
                                ]
                        ),
                    ]
                ),
                new Block.Actions([
                    new NextStep(words["incident.list-show"], $"glancy incident show {incidents[0].Id}"),
                    Open(words),
                ]),
            ]
        )
        {
            Foot = words.Zone(),
        };
    }

    /// <summary>How another one is opened: the command with its blanks, in Slack a form.</summary>
    public static NextStep Open(Phrasebook words)
    {
        ArgumentNullException.ThrowIfNull(words);
        return new NextStep(words["incident.do-open"], OpenForm);
    }

    /// <summary>One open incident in a line of another page.</summary>
    public static Text Line(Incident incident, Names names)
    {
        ArgumentNullException.ThrowIfNull(incident);
        ArgumentNullException.ThrowIfNull(names);
        return names.Words.Say(
            "incident.line",
            incident.Id,
            incident.Level,
            incident.Title,
            TimeText.Minute(incident.OpenedAt),
            names.Person(incident.OpenedBy)
        );
    }
}
