using Glancy.Bot.Commands.Episodes;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Refusals;
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
                .. Facts(run, confirmers, beside, names),
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
        if (RunActions.Of(run, words, confirmers?.Sev1) is { Count: > 0 } actions)
        {
            blocks.Add(new Block.Actions(actions));
        }

        return new Page(Title(run, names), blocks) { Foot = words.Zone(), Whole = $"glancy run show {run.Name}" };
    }

    // What to turn to from a run that has ended.
    private static List<NextStep> Next(Run run, RunBeside beside, Phrasebook words)
    {
        var next = new List<NextStep>();
        if (beside.Successor is { } successor)
        {
            next.Add(new NextStep(words.Say("run.see-other", successor.Name), $"glancy run show {successor.Name}"));
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

    /// <summary><c>R-17 回滚 REL-B3（全量）：待第二人确认</c></summary>
    public static Text Title(Run run, Names names)
    {
        return (Text)(run.Name + " ")
            + names.Title(run.Definition, run.Arguments)
            + names.Words["page.label-separator"]
            + RunWords.State(run, names.Words);
    }

    private static List<Fact> Facts(Run run, Confirmers? confirmers, RunBeside beside, Names names)
    {
        var words = names.Words;
        var facts = new List<Fact>
        {
            new(words["run.requested-by"], names.Persons([run.RequestedBy])),
            new(words["run.reason"], run.Reason),
            new(words["run.drafted-at"], TimeText.Day(run.CreatedAt)),
        };
        if (run.Outcome is { } outcome)
        {
            facts.Add(new Fact(words[run.Ended ? "run.outcome" : "run.why"], RefusalView.Words(outcome, words)));
            facts.Add(
                new Fact(
                    words["refusal.next"],
                    beside.Successor is { } instead
                        ? words.Say("run.in-its-place", instead.Name)
                        : RefusalView.Next(outcome, words)
                )
            );
        }

        facts.AddRange(StuckText.Facts(run, names));
        if (run.Open && YoursToDo(run, words) is { } yours)
        {
            facts.Add(new Fact(words["run.persons-steps"], yours));
        }

        if (run.Confirmations.Count > 0)
        {
            facts.Add(
                new Fact(
                    words["run.confirmed-by"],
                    Text.Join(words["page.item-separator"], run.Confirmations.Select(c => Confirmation(c, names)))
                )
            );
        }

        if (run.BreakGlass is { } use)
        {
            facts.Add(new Fact(words["break-glass.label"], BreakGlassText.Used(use, names)));
        }

        if (run.Open)
        {
            facts.Add(new Fact(words["run.expires-at"], TimeText.Moment(run.ExpiresAt)));
            facts.AddRange(confirmers?.Facts(run, names) ?? []);
            if (confirmers is { StoodBehind: false })
            {
                facts.Add(new Fact(words["run.calls"], words["run.calls-nobody"].In(Tone.Warn)));
            }
        }

        if (OldVersion(run, words) is { IsEmpty: false } kept)
        {
            facts.Add(new Fact(words["run.old-kept"], kept));
        }

        AddTimes(run, facts, words);
        if (run.SupersededBy is { } by)
        {
            facts.Add(
                new Fact(
                    words["run.superseded-by"],
                    "R-" + by.ToString(System.Globalization.CultureInfo.InvariantCulture)
                )
            );
        }

        if (run.Anchor is { } anchor && anchor.Split(':') is [var seq, var hash])
        {
            facts.Add(
                new Fact(words["run.anchor"], words.Say("run.anchor-of", seq, hash[..Math.Min(12, hash.Length)]))
            );
        }

        facts.Add(
            new Fact(
                words["run.runbook"],
                words.Say("run.runbook-of", "§" + run.Definition.Section, run.RunbookVersion)
            )
        );
        return facts;
    }

    /// <summary>
    /// Until when a rollback can be carried out, as long as it may still be: said on the card and once more in the
    /// dialog. Empty where there is no such end.
    /// </summary>
    public static Text OldVersion(Run run, Phrasebook words)
    {
        return run is { OldKeptUntil: { } until, EffectsEndedAt: null, Ended: false }
            ? words.Say("run.old-kept-until", TimeText.Moment(until), words.Duration(until - run.CreatedAt))
            : Text.Empty;
    }

    private static void AddTimes(Run run, List<Fact> facts, Phrasebook words)
    {
        if (run.ConfirmedAt is not { } confirmed)
        {
            return;
        }

        if (run.EffectsEndedAt is { } effects)
        {
            facts.Add(
                new Fact(
                    words["run.effects-ended"],
                    words.Say("run.after", TimeText.Time(effects), words.Duration(effects - confirmed))
                )
            );
        }

        if (run.FinishedAt is { } finished)
        {
            facts.Add(
                new Fact(
                    words["run.finished"],
                    words.Say("run.after", TimeText.Time(finished), words.Duration(finished - confirmed))
                )
            );
        }
    }

    private static Text Confirmation(Confirmation confirmation, Names names) =>
        names.Words.Say(
            "run.confirmation",
            names.Person(confirmation.Person),
            confirmation.Role is { } role ? names.Role(role) : names.Words["run.second-person"],
            TimeText.Time(confirmation.At)
        );

    private static IEnumerable<Block> Context(Run run, Names names)
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

    /// <summary>How many of the plan's steps a person has to do; null when the bot does all of them.</summary>
    public static Text? YoursToDo(Run run, Phrasebook words)
    {
        return run.Plan.Steps.Count(s => s.Effect == EffectClass.UnknownThenHuman) switch
        {
            0 => null,
            1 => words["run.yours-to-do-one"],
            var several => words.Say("run.yours-to-do", Text.FromInt64(several)),
        };
    }

    // Rule 10: after an abort a person must know what is left, and how to do it by hand. What may have happened already
    // is not among it.
    private static IEnumerable<Block> LeftToDo(Run run, Names names)
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
