using Glancy.Bot.Commands.Handovers;
using Glancy.Bot.Commands.Incidents;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Procedures;
using Glancy.Bot.Commands.Status;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Handovers;
using Glancy.Ops.Procedures;
using Glancy.Ops.Roster;
using Glancy.Runbook.People;

namespace Glancy.Bot.Commands.Home;

/// <summary>
/// The shift at a glance, for one person: what waits for that person first. Nothing on it changes by mere passing of
/// time.
/// </summary>
public static class HomeView
{
    /// <param name="mine">Runs that wait for this person's confirmation.</param>
    /// <param name="open">Follow-ups, the oldest first.</param>
    public static Page Page(
        Overview overview,
        IReadOnlyList<Run> mine,
        IReadOnlyList<FollowUp> open,
        Person person,
        Names names
    )
    {
        ArgumentNullException.ThrowIfNull(overview);
        ArgumentNullException.ThrowIfNull(mine);
        ArgumentNullException.ThrowIfNull(open);
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(names);
        var words = names.Words;
        var roles = overview.OnCall.RolesOf(person);
        var blocks = new List<Block>();
        if (mine.Count == 0)
        {
            blocks.Add(new Block.Paragraph(words["home.nothing-waits"]));
        }
        else
        {
            blocks.Add(new Block.Heading(words["home.waits"].In(Tone.Bad)));
            var listed = mine.Take(StatusView.Listed).ToList();
            blocks.Add(RunListView.Table(listed, names));
            blocks.AddRange(
                StatusView.More(mine.Count, "glancy run list", words).Select(more => new Block.Paragraph(more))
            );
            blocks.Add(
                new Block.Actions([
                    .. listed.Select(r => new NextStep(words.Say("slack.show", r.Name), $"glancy run show {r.Name}")),
                ])
            );
        }

        blocks.AddRange(StatusView.Page(overview, names).Blocks);
        blocks.Add(new Block.Heading(words["handover.follow-ups"]));
        blocks.AddRange(
            open.Count == 0
                ? [new Block.Paragraph(words["handover.none-open"])]
                : open.Select(f => new Block.Paragraph(
                    words.Say(
                        "home.follow-up",
                        f.Name,
                        HandoverFields.Said(f, words),
                        names.Person(f.By),
                        TimeText.Minute(f.At)
                    )
                ))
        );
        blocks.Add(
            new Block.Actions([
                new NextStep(words["handover.see-now"], "glancy handover show"),
                new NextStep(words["home.see-oncall"], "glancy oncall"),
                new NextStep(words["home.see-patrols"], "glancy patrol list"),
                IncidentListView.Open(words),
                new NextStep(words["home.see-help"], "glancy help"),
            ])
        );
        var title =
            roles.Count == 0
                ? words.Say("home.title-off", names.Person(person.Id))
                : words.Say("home.title", names.Person(person.Id), words.List(roles.Select(names.Role)));
        return new Page(title, blocks) { Foot = words.Zone(), Whole = "glancy status" };
    }

    /// <summary>Which of the runs wait for this person.</summary>
    public static IReadOnlyList<Run> Mine(IReadOnlyList<Run> runs, Person person, OnCall onCall, Names names)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(person);
        return
        [
            .. runs.Where(run => run.Open && run.Confirmations.All(c => c.Person != person.Id))
                .Where(run =>
                {
                    var may = Confirmers.Of(run, onCall, names);
                    return may.Roles.SelectMany(r => r.Holders).Concat(may.StandIns).Any(p => p.Id == person.Id);
                }),
        ];
    }
}
