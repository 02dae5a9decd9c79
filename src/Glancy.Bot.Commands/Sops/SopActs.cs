using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Words;
using Glancy.Runbook.Alerts;

namespace Glancy.Bot.Commands.Sops;

/// <summary>The middle column of an SOP: what is done, in order, by a button or typed.</summary>
internal static class SopActs
{
    public static Block Steps(AlertSop sop, Names names)
    {
        var words = names.Words;
        return new Block.Steps([.. sop.Act.Select((act, i) => new StepLine(
            i + 1,
            Text.Empty,
            names.In(act.Say),
            [Said(act) is { } line ? ((Text)("glancy " + line)).In(Tone.Code) : words.Say("sop.type", act.Typed)]))]);
    }

    public static IReadOnlyList<NextStep> Buttons(AlertSop sop, Names names) =>
        [.. from act in sop.Act let line = Said(act) where line is not null select new NextStep(names.In(act.Say), "glancy " + line, Changes: line.EndsWith("...", StringComparison.Ordinal))];

    // To the bot; null where a person types it elsewhere.
    private static string? Said(SopAct act) => act.Procedure is { } procedure ? $"sop draft {procedure} --{SopAct.Reason} ..." : act.Glancy;
}
