using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Procedures;

namespace Glancy.Bot.Commands.Procedures;

/// <summary>Runs, newest first.</summary>
internal static class RunListView
{
    public static Page Page(IReadOnlyList<Run> runs, bool all, Names names)
    {
        var words = names.Words;
        if (runs.Count == 0)
        {
            return new Page(
                words[all ? "run.list-none" : "run.list-none-open"],
                all ? [] : [new Block.Actions([new NextStep(words["run.list-all"], "glancy run list --all")])]
            );
        }

        var waiting = runs.Count(r => r.Open || r.State == RunState.Paused);
        return new Page(
            words.Say(
                all ? "run.list-title-all" : "run.list-title",
                Text.FromInt64(runs.Count),
                Text.FromInt64(waiting)
            ),
            [
                Table(runs, names),
                new Block.Actions([new NextStep(words["run.list-show"], $"glancy run show {runs[0].Name}")]),
            ]
        )
        {
            Foot = words.Zone(),
        };
    }

    public static Block.Table Table(IReadOnlyList<Run> runs, Names names)
    {
        var words = names.Words;
        return new Block.Table(
            [
                words["run.column.run"],
                words["run.column.what"],
                words["run.column.state"],
                words["run.column.by"],
                words["run.column.drafted"],
            ],
            [
                .. runs.Select(r =>
                    (IReadOnlyList<Text>)
                        [
                            r.Name,
                            names.Title(r.Definition, r.Arguments),
                            RunWords.State(r, words),
                            names.Person(r.RequestedBy),
                            TimeText.Minute(r.CreatedAt),
                        ]
                ),
            ]
        );
    }
}
