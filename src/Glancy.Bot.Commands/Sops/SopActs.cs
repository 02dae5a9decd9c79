using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Procedures;
using Glancy.Bot.Commands.Words;
using Glancy.Runbook.Alerts;

namespace Glancy.Bot.Commands.Sops;

/// <summary>The middle column of an SOP: what is done, in order, by a button or typed.</summary>
internal static class SopActs
{
    public static Block Steps(AlertSop sop, Names names)
    {
        var words = names.Words;
        return new Block.Steps([
            .. sop.Act.Select(
                (act, i) =>
                    new StepLine(
                        i + 1,
                        Text.Empty,
                        names.In(act.Say),
                        [Said(act, names) is { } line ? ((Text)line).In(Tone.Code) : words.Say("sop.type", act.Typed)]
                    )
            ),
        ]);
    }

    public static IReadOnlyList<NextStep> Buttons(AlertSop sop, Names names) =>
        [
            .. from act in sop.Act
            let line = Said(act, names)
            where line is not null
            select new NextStep(names.In(act.Say), line, Changes: line.EndsWith("...", StringComparison.Ordinal)),
        ];

    // To the bot; null where a person types it elsewhere.
    private static string? Said(SopAct act, Names names) =>
        act.Procedure is { } procedure ? DraftLine.Of(names.Runbook, procedure)
        : act.Glancy is { } line ? "glancy " + line
        : null;
}
