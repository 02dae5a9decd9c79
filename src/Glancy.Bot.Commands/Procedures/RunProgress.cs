using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Procedures;
using Glancy.Runbook.Procedures;

namespace Glancy.Bot.Commands.Procedures;

/// <summary>
/// A run's history as it happens, one line each. Keeps what it has shown, so that nothing is said twice.
/// </summary>
internal sealed class RunProgress(Run run, Names names)
{
    private static readonly TimeSpan Worth = TimeSpan.FromMilliseconds(100);

    private readonly Dictionary<string, DateTimeOffset> startedAt = run
        .Steps.Where(s => s.StartedAt is not null)
        .ToDictionary(s => s.Id, s => s.StartedAt ?? default, StringComparer.Ordinal);

    private readonly Dictionary<string, string> waitsFor = new(StringComparer.Ordinal);

    /// <summary>The line for an event; null when it says nothing new.</summary>
    public Text? Line(RunEvent happened)
    {
        var words = names.Words;
        if (happened.Kind == "step-started" && happened.Step is { } started)
        {
            startedAt[started] = happened.At;
        }

        if (happened.Kind is "step-waiting" or "step-looked" && happened.Step is { } waiting)
        {
            var open = happened.Detail.GetValueOrDefault("open", "");
            if (waitsFor.TryGetValue(waiting, out var before) && before == open)
            {
                return null;
            }

            waitsFor[waiting] = open;
        }

        if (happened.Kind == "run-waits" && run.Open)
        {
            return null;
        }

        var key = "event." + happened.Kind;
        var said = words.Knows(key) ? words[key] : happened.Kind;
        var line = ((Text)TimeText.Time(happened.At)).In(Tone.Dim) + " " + Mark(happened.Kind) + " ";
        line += happened.Step is { } step ? StepTitle(step) + words["page.label-separator"] + said : said;
        foreach (var detail in Details(happened))
        {
            line += words["event.separator"] + detail;
        }

        return line;
    }

    private IEnumerable<Text> Details(RunEvent happened)
    {
        var words = names.Words;
        if (names.Runbook.People.ContainsKey(happened.Actor))
        {
            yield return names.Person(happened.Actor);
        }

        if (
            happened.Kind is "step-done" or "run-paused"
            && happened.Step is { } step
            && startedAt.TryGetValue(step, out var started)
            && happened.At - started >= Worth
        )
        {
            yield return words.Say("event.took", words.Duration(happened.At - started));
        }

        foreach (
            var name in new[]
            {
                "attempt",
                "open",
                "holder",
                "why",
                "status",
                "seconds",
                "trace_id",
                "exit",
                "rows",
                "incident",
                "reason",
            }
        )
        {
            // Why it paused or ended is told in full by the page that follows.
            var shown =
                happened.Detail.TryGetValue(name, out var value)
                && value.Length > 0
                && !(name == "attempt" && value == "1")
                && (name != "why" || happened.Kind == "run-waits");
            if (shown && value is not null)
            {
                yield return name == "attempt" ? words.Say("run.attempt", value)
                : name == "open" ? words.Say("run.evidence", words["evidence.open"], LightWords.Several(value, words))
                : words.Knows("evidence." + name.Replace('_', '-'))
                    ? words.Say("run.evidence", words["evidence." + name.Replace('_', '-')], value)
                : value;
            }
        }
    }

    private Text StepTitle(string id)
    {
        var index = run.Plan.Steps.ToList().FindIndex(s => s.Id == id);
        return index < 0
            ? id
            : (Text)$"{index + 1}/{run.Plan.Steps.Count} "
                + Placeholders.Fill(run.Plan.Steps[index].Title.In(names.Words.Culture), run.Arguments);
    }

    private static Text Mark(string kind) =>
        kind switch
        {
            "step-started" => RunWords.Mark(StepState.Started),
            "step-done" or "step-ticked" => RunWords.Mark(StepState.Done),
            "step-nothing-to-do" => RunWords.Mark(StepState.NothingToDo),
            "step-skipped" => RunWords.Mark(StepState.Skipped),
            "step-waiting" or "step-looked" or "run-waits" or "run-waits-for-key" => RunWords.Mark(StepState.Waiting),
            "run-paused" => ((Text)"‖").In(Tone.Warn),
            "run-succeeded" => RunWords.Mark(StepState.Done),
            "run-aborted" or "run-failed" or "run-expired" or "run-superseded" or "run-dismissed" => RunWords.Mark(
                StepState.Failed
            ),
            _ => "•",
        };
}
