using System.Globalization;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Kernel;
using Glancy.Ops.Procedures;

namespace Glancy.Bot.Commands.Refusals;

/// <summary>Arguments of refusals are codes and numbers; here they become what people read.</summary>
internal static class RefusalArguments
{
    private static readonly Dictionary<(string Code, int Index), Func<string, Phrasebook, Text>> Shapes = new()
    {
        [("missing-argument", 0)] = Wanted,
        [("missing-option", 0)] = Wanted,
        [("missing-value", 0)] = Wanted,
        [("already-confirmed", 2)] = Moment,
        [("already-ended", 1)] = State,
        [("not-paused", 1)] = State,
        [("replaced", 1)] = State,
        [("replaced-going", 1)] = State,
        [("replaced-done", 1)] = State,
        [("deadline-passed", 1)] = Duration,
        [("not-on-call", 1)] = Row,
        [("not-on-call", 2)] = Row,
        [("not-on-roster", 1)] = Row,
        [("batch-not-active", 1)] = Something,
        [("batch-not-active", 2)] = TrainText.State,
        [("old-version-gone", 2)] = Moment,
        [("drift", 1)] = Something,
        [("script-unknown", 1)] = Bastion,
        [("script-refused", 1)] = Bastion,
        [("unknown-step", 2)] = Row,
        [("reveal-not-allowed", 1)] = Row,
        [("reveal-not-allowed", 2)] = Row,
        [("hooks-not-green", 0)] = LightWords.Several,
        [("hooks-unknown", 0)] = LightWords.Several,
        [("sop-not-good", 0)] = LightWords.Several,
        [("sop-unknown", 0)] = LightWords.Several,
        [("lights-forbid", 0)] = LightWords.Several,
        [("not-steady", 1)] = Moment,
        [("not-steady", 2)] = Moment,
        [("incident-closed", 2)] = Moment,
        [("incident-acknowledged", 2)] = Moment,
        [("incident-hook-red", 1)] = Moment,
        [("incident-just-opened", 3)] = Moment,
        [("incident-of-alert", 3)] = Moment,
        [("pager-word-late", 1)] = Moment,
        [("incident-not-on-roster", 1)] = Row,
        [("incident-run-open", 1)] = State,
        [("incident-lease-open", 0)] = Switch,
        [("no-break-glass", 1)] = Row,
        [("no-open-sev1", 0)] = Row,
        [("bad-person", 1)] = Row,
        [("bad-role", 1)] = Row,
        [("bad-actor", 1)] = Row,
        [("ambiguous-person", 1)] = Row,
        [("ambiguous-role", 1)] = Row,
        [("takes-no-turns", 2)] = Row,
        [("already-silenced", 1)] = Moment,
        [("override-backwards", 0)] = Moment,
        [("override-backwards", 1)] = Moment,
        [("swap-too-late", 0)] = Moment,
        [("swap-no-turn", 1)] = Moment,
        [("swap-ended", 2)] = Moment,
        [("handover-accepted", 1)] = Moment,
        [("handover-not-yours", 1)] = Row,
        [("handover-none", 0)] = Moment,
        [("handover-not-accepted", 0)] = Row,
        [("handover-clean-already", 1)] = Moment,
        [("no-handover-then", 0)] = Moment,
        [("follow-up-done", 2)] = Moment,
    };

    public static Text[] Of(Refusal refusal, Phrasebook words)
    {
        return
        [
            .. refusal.Arguments.Select(
                (argument, index) =>
                    Shapes.TryGetValue((refusal.Code, index), out var shape)
                        ? shape(argument, words)
                        : Text.FromString(argument)
            ),
        ];
    }

    private static Text Moment(string time, Phrasebook words) =>
        DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at)
            ? TimeText.Moment(at)
            : time;

    private static Text State(string state, Phrasebook words) =>
        Enum.TryParse<RunState>(state, out var known) && Enum.IsDefined(known)
            ? words.Of("state", known)
            : Something(state, words);

    private static Text Duration(string span, Phrasebook words) =>
        TimeSpan.TryParse(span, CultureInfo.InvariantCulture, out var duration) ? words.Duration(duration) : span;

    private static Text Row(string ids, Phrasebook words) =>
        ids.Length == 0
            ? words["page.none"]
            : words.List(ids.Split(',', StringSplitOptions.TrimEntries).Select(Text.FromString));

    // The agent's codes are for programs; one that is new here is shown as it is.
    private static Text Bastion(string code, Phrasebook words) =>
        words.Knows("bastion." + code) ? words["bastion." + code] : code;

    // What help calls it; the name of an option stands beside, since that has to be typed.
    private static Text Wanted(string name, Phrasebook words)
    {
        var option = name.StartsWith("--", StringComparison.Ordinal);
        var key = option ? "option." + name[2..] : "value." + name;
        return !words.Knows(key) ? name
            : option ? words.Say("page.in-brackets", words[key], Text.FromString(name).In(Tone.Code))
            : words[key];
    }

    private static Text Switch(string target, Phrasebook words) => target.Split('/')[^1];

    private static Text Something(string value, Phrasebook words) => value is "" or "-" ? words["page.none"] : value;
}
