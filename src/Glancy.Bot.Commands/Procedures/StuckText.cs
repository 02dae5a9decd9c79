using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Procedures;

namespace Glancy.Bot.Commands.Procedures;

/// <summary>
/// What the tools say of the step that stopped a run, and which of retry, skip and abort is safe therefore.
/// </summary>
internal static class StuckText
{
    /// <summary>Two facts; none when nothing was looked for.</summary>
    public static IEnumerable<Fact> Facts(Run run, Names names)
    {
        if (StuckStep.Of(run) is not { } stuck)
        {
            yield break;
        }

        var words = names.Words;
        yield return new Fact(
            words["run.seen"],
            words.Say("page.in-brackets", words.List(Seen(stuck, names)), TimeText.Time(stuck.At))
        );
        yield return new Fact(
            words["run.advice"],
            words[
                stuck.Advice switch
                {
                    StuckAdvice.Retry => stuck.Command == "running" ? "run.advice-retry-stops" : "run.advice-retry",
                    StuckAdvice.Skip => "run.advice-skip",
                    StuckAdvice.Wait => "run.advice-wait",
                    StuckAdvice.Look => "run.advice-look",
                    _ => "run.advice-unknown",
                }
            ]
        );
    }

    private static IEnumerable<Text> Seen(StuckStep stuck, Names names)
    {
        var words = names.Words;
        if (!stuck.Readable)
        {
            yield return words["run.seen-nothing"];
        }
        else if (stuck.States.Count == 0)
        {
            yield return words["run.seen-no-state"];
        }

        foreach (var state in stuck.Readable ? stuck.States : [])
        {
            var how =
                state.Seen == state.Desired ? "run.seen-desired"
                : state.Seen == state.Before ? "run.seen-before"
                : "run.seen-other";
            yield return words.Say("run.seen-state", names.Controlled(state.State), state.Seen, words[how]);
        }

        if (stuck.Command.Length > 0)
        {
            yield return words[
                stuck.Command switch
                {
                    "running" => "run.seen-running",
                    "ended" => "run.seen-ended",
                    _ => "run.seen-command-unknown",
                }
            ];
        }
    }
}
