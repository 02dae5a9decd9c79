using System.Globalization;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Refusals;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Procedures;
using Glancy.Runbook.Procedures;
using EffectClass = Glancy.Runbook.Procedures.EffectClass;

namespace Glancy.Bot.Commands.Procedures;

/// <summary>What is to be said of a run in labels and values.</summary>
internal static class RunFacts
{
    /// <summary>Everything, in the order in which a person should read it.</summary>
    public static List<Fact> All(Run run, Confirmers? confirmers, RunBeside beside, Names names)
    {
        var words = names.Words;
        return
        [
            .. Beginning(run, names),
            new Fact(words["run.drafted-at"], TimeText.Day(run.CreatedAt)),
            .. Standing(run, beside, names),
            .. Confirming(run, confirmers, names),
            .. Times(run, words),
            .. Papers(run, words),
        ];
    }

    /// <summary>Who wanted it, and why.</summary>
    public static IEnumerable<Fact> Beginning(Run run, Names names) =>
        [
            new Fact(names.Words["run.requested-by"], names.Persons([run.RequestedBy])),
            new Fact(names.Words["run.reason"], run.Reason),
        ];

    /// <summary>How it ended or why it waits, and what is a person's to do.</summary>
    public static IEnumerable<Fact> Standing(Run run, RunBeside beside, Names names)
    {
        var words = names.Words;
        if (run.Outcome is { } outcome)
        {
            yield return new Fact(words[run.Ended ? "run.outcome" : "run.why"], RefusalView.Words(outcome, words));
            yield return new Fact(
                words["refusal.next"],
                beside.Successor is { } instead
                    ? words.Say("run.in-its-place", instead.Name)
                    : RefusalView.Next(outcome, words)
            );
        }

        if (beside.Standing.Count > 0)
        {
            yield return new Fact(
                words["run.standing"],
                words.Say("run.standing-until", words.List(beside.Standing.Select(Text.FromString)))
            );
        }

        foreach (var fact in StuckText.Facts(run, names))
        {
            yield return fact;
        }

        if (run.Open && YoursToDo(run, words) is { } yours)
        {
            yield return new Fact(words["run.persons-steps"], yours);
        }
    }

    /// <summary>Who has confirmed it, who may, how long, and until when the way back stands.</summary>
    /// <param name="brief">Whoever may is called by name elsewhere; the roles are enough here.</param>
    public static IEnumerable<Fact> Confirming(Run run, Confirmers? confirmers, Names names, bool brief = false)
    {
        var words = names.Words;
        if (run.Confirmations.Count > 0)
        {
            yield return new Fact(
                words["run.confirmed-by"],
                Text.Join(words["page.item-separator"], run.Confirmations.Select(c => Confirmation(c, names)))
            );
        }

        if (run.BreakGlass is { } use)
        {
            yield return new Fact(words["break-glass.label"], BreakGlassText.Used(use, names));
        }

        if (run.Open)
        {
            yield return new Fact(words["run.expires-at"], TimeText.Moment(run.ExpiresAt));
            foreach (var fact in (brief ? confirmers?.Brief(run, names) : confirmers?.Facts(run, names)) ?? [])
            {
                yield return fact;
            }

            if (confirmers is { StoodBehind: false })
            {
                yield return new Fact(words["run.calls"], words["run.calls-nobody"].In(Tone.Warn));
            }
        }

        if (OldVersion(run, words) is { IsEmpty: false } kept)
        {
            yield return new Fact(words["run.old-kept"], kept);
        }
    }

    /// <summary>When its effects and it itself had ended, after the confirmation.</summary>
    public static IEnumerable<Fact> Times(Run run, Phrasebook words)
    {
        if (run.ConfirmedAt is not { } confirmed)
        {
            yield break;
        }

        if (run.EffectsEndedAt is { } effects)
        {
            yield return new Fact(
                words["run.effects-ended"],
                words.Say("run.after", TimeText.Time(effects), words.Duration(effects - confirmed))
            );
        }

        if (run.FinishedAt is { } finished)
        {
            yield return new Fact(
                words["run.finished"],
                words.Say("run.after", TimeText.Time(finished), words.Duration(finished - confirmed))
            );
        }
    }

    /// <summary>
    /// What confirming does and how long it usually takes, as one sentence: the procedure's own, or else what the plan
    /// changes.
    /// </summary>
    public static Text Consequence(Run run, Names names)
    {
        var words = names.Words;
        var definition = run.Definition;
        var does = definition.Consequence is { } said
            ? (Text)Placeholders.Fill(said.In(words.Culture), run.Arguments)
            : words.List(run.Plan.Steps.SelectMany(s => s.Changes).Select(change => RunWords.Change(change, names)));
        return does.IsEmpty ? words["run.changes-nothing"]
            : definition.Takes is { } takes ? words.Say("run.consequence-takes", does, words.Duration(takes))
            : words.Say("run.consequence", does);
    }

    /// <summary>
    /// Until when a rollback can be carried out, as long as it may still be: said on the card and once more in the
    /// dialog. Empty where there is no such end.
    /// </summary>
    public static Text OldVersion(Run run, Phrasebook words) =>
        run is { OldKeptUntil: { } until, EffectsEndedAt: null, Ended: false }
            ? words.Say("run.old-kept-until", TimeText.Moment(until), words.Duration(until - run.CreatedAt))
            : Text.Empty;

    /// <summary>How many of the plan's steps a person has to do; null when the bot does all of them.</summary>
    public static Text? YoursToDo(Run run, Phrasebook words) =>
        run.Plan.Steps.Count(s => s.Effect == EffectClass.UnknownThenHuman) switch
        {
            0 => null,
            1 => words["run.yours-to-do-one"],
            var several => words.Say("run.yours-to-do", Text.FromInt64(several)),
        };

    // What an auditor asks for.
    private static IEnumerable<Fact> Papers(Run run, Phrasebook words)
    {
        if (run.SupersededBy is { } by)
        {
            yield return new Fact(words["run.superseded-by"], "R-" + by.ToString(CultureInfo.InvariantCulture));
        }

        if (run.Anchor is { } anchor && anchor.Split(':') is [var seq, var hash])
        {
            yield return new Fact(
                words["run.anchor"],
                words.Say("run.anchor-of", seq, hash[..Math.Min(12, hash.Length)])
            );
        }

        yield return new Fact(
            words["run.runbook"],
            words.Say("run.runbook-of", "§" + run.Definition.Section, run.RunbookVersion)
        );
    }

    private static Text Confirmation(Confirmation confirmation, Names names) =>
        names.Words.Say(
            "run.confirmation",
            names.Person(confirmation.Person),
            confirmation.Role is { } role ? names.Role(role) : names.Words["run.second-person"],
            TimeText.Time(confirmation.At)
        );
}
