using Glancy.Bot.Commands.Episodes;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Procedures;
using Glancy.Runbook.Procedures;
using EffectClass = Glancy.Runbook.Procedures.EffectClass;

namespace Glancy.Bot.Commands.Procedures;

/// <summary>A run in full: what it is for, how it stands, each step, and what can be said next.</summary>
internal static class RunView
{
    // In the order in which a person should read them.
    private static readonly string[] LeftKinds = ["run.left-uncertain", "run.left-skipped", "run.left-to-do"];

    /// <param name="confirmers">Who may confirm; null when it does not wait for that.</param>
    /// <param name="beside">What there is to tell beside a run that has ended; null for nothing.</param>
    public static Page Page(Run run, Confirmers? confirmers, Names names, RunBeside? beside = null)
    {
        var words = names.Words;
        beside ??= RunBeside.Nothing;
        var blocks = new List<Block>
        {
            new Block.Facts([
                .. beside.Left.Select(l => new Fact(
                    words["episode.nobodys-label"].In(Tone.Bad),
                    EpisodeView.Left(l, names)
                )),
                .. RunFacts.All(run, confirmers, beside, names),
            ]),
        };
        if (Next(run, beside, words) is { Count: > 0 } instead)
        {
            blocks.Add(new Block.Actions(instead));
        }

        blocks.AddRange(Context(run, names));
        blocks.Add(new Block.Heading(words[run.Open ? "run.plan" : "run.steps"]));
        blocks.Add(
            new Block.Steps([.. run.Plan.Steps.Select((step, index) => StepNotes.Line(run, step, index, names))])
        );
        blocks.AddRange(LeftToDo(run, names));
        if (RunActions.Of(run, names, confirmers?.Sev1) is { Count: > 0 } actions)
        {
            blocks.Add(new Block.Actions(actions));
        }

        return new Page(Title(run, names), blocks) { Foot = words.Zone(), Whole = Whole(run) };
    }

    /// <summary>What to turn to from a run that has ended.</summary>
    public static List<NextStep> Next(Run run, RunBeside beside, Phrasebook words)
    {
        var next = new List<NextStep>();
        if (beside.Successor is { } successor)
        {
            next.Add(new NextStep(words.Say("run.see-other", successor.Name), $"glancy run show {successor.Name}"));
        }

        if (beside.Standing.Count > 0)
        {
            next.Add(new NextStep(words["run.see-standing"], "glancy lease list"));
        }

        if (beside.Left.Count > 0)
        {
            next.Add(
                EpisodeView.Step(
                    beside.Left[0].Episode.NoDraft is { Code: "nothing-to-roll-back" or "old-version-gone" }
                        ? null
                        : run.Arguments.GetValueOrDefault("batch"),
                    words
                )
            );
        }

        return next;
    }

    /// <summary>What to type for all of it.</summary>
    public static string Whole(Run run) => $"glancy run show {run.Name}";

    /// <summary><c>R-17 回滚 REL-B3（全量）：待第二人确认</c></summary>
    public static Text Title(Run run, Names names)
    {
        return (Text)(run.Name + " ")
            + names.Title(run.Definition, run.Arguments)
            + names.Words["page.label-separator"]
            + RunWords.State(run, names.Words);
    }

    /// <summary>The red light it is for, and what had changed before.</summary>
    public static IEnumerable<Block> Context(Run run, Names names)
    {
        if (run.Context is not { } context)
        {
            yield break;
        }

        var words = names.Words;
        yield return new Block.Heading(
            words.Say("run.context", context.Hook, TimeText.Moment(context.FirstRedAt), context.Value, context.Limit)
        );
        if (context.ChangesBefore.Count == 0)
        {
            yield return new Block.Paragraph(words["run.no-changes-before"]);
            yield break;
        }

        yield return new Block.Paragraph(words["run.changes-before"]);
        yield return new Block.Table(
            [words["run.column.at"], words["run.column.actor"], words["run.column.change"]],
            [
                .. context.ChangesBefore.Select(c =>
                    (IReadOnlyList<Text>)
                        [
                            TimeText.Time(c.At),
                            names.Person(c.Actor),
                            (Text)(c.Action + " " + c.Target)
                                + (
                                    c.Before is null && c.After is null
                                        ? Text.Empty
                                        : " "
                                            + words.Say(
                                                "page.arrow",
                                                c.Before ?? words["page.none"],
                                                c.After ?? words["page.none"]
                                            )
                                ),
                        ]
                ),
            ]
        );
    }

    /// <summary>
    /// After an abort a person must know what is left, and how to do it by hand (rule 10). What may have happened
    /// already is not among it.
    /// </summary>
    public static IEnumerable<Block> LeftToDo(Run run, Names names)
    {
        if (run.State is not (RunState.Aborted or RunState.Failed) || run.ConfirmedAt is null)
        {
            yield break;
        }

        var words = names.Words;
        var open = run
            .Plan.Steps.Select(planned => (Planned: planned, Step: run.Steps.FirstOrDefault(r => r.Id == planned.Id)))
            .Where(s =>
                s.Planned.Effect != EffectClass.None && s.Step?.State is not (StepState.Done or StepState.NothingToDo)
            )
            .ToLookup(s =>
                s.Step switch
                {
                    { State: StepState.Skipped } skipped => skipped.Evidence.GetValueOrDefault(LeftOut.Stands)
                    == LeftOut.AsPlanned
                        ? ""
                        : "run.left-skipped",
                    { State: StepState.Pending } or null => "run.left-to-do",

                    // Started, failed on the way or unknown: some of it may have happened.
                    _ => "run.left-uncertain",
                }
            );
        var left = LeftKinds.Where(open.Contains).ToList();
        if (left.Count == 0)
        {
            yield return new Block.Heading(words["run.all-effects-done"]);
        }

        foreach (var kind in left)
        {
            yield return new Block.Heading(words[kind]);
            yield return new Block.Code([
                .. open[kind]
                    .Select(s =>
                        (Text)(
                            s.Planned.Command.Length > 0
                                ? s.Planned.Command
                                : "# " + Placeholders.Fill(s.Planned.Title.In(words.Culture), run.Arguments)
                        )
                    ),
            ]);
        }
    }
}
