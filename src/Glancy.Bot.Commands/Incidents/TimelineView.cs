using Glancy.Bot.Commands.Notices;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Incidents;

namespace Glancy.Bot.Commands.Incidents;

/// <summary>What happened in an incident, line by line.</summary>
internal static class TimelineView
{
    /// <summary>The page of the incident with its timeline before what can be done.</summary>
    public static Page Under(Page page, Timeline timeline, Names names)
    {
        var words = names.Words;
        var blocks = new List<Block>
        {
            new Block.Heading(
                timeline.Earlier > 0
                    ? words.Say("timeline.cut", Text.FromInt64(timeline.Earlier))
                    : words["timeline.title"]
            ),
        };
        blocks.Add(
            new Block.Table(
                [words["timeline.at"], words["timeline.who"], words["timeline.what"]],
                [
                    .. timeline.Lines.Select(l =>
                        (IReadOnlyList<Text>)[TimeText.Moment(l.At), names.Person(l.Actor), What(l, names)]
                    ),
                ]
            )
        );
        var actions = page.Blocks.Where(b => b is Block.Actions).ToList();
        return page with { Blocks = [.. page.Blocks.Except(actions), .. blocks, .. actions] };
    }

    private static Text What(IncidentEvent line, Names names)
    {
        var facts = NoticesView.Arguments(line.Detail, names);
        if (line.Detail.TryGetValue("what", out var what))
        {
            facts["what"] = names.Words["event." + what];
        }

        if (line.Detail.TryGetValue("target", out var target))
        {
            facts["target"] = names.Controlled(target);
        }

        return names.Words.SayNamed("timeline." + line.Kind, facts);
    }
}
