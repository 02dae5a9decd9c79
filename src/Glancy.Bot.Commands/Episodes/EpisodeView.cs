using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Refusals;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Hooks.Episodes;
using Glancy.Ops.Procedures;
using Glancy.Ops.Watching;

namespace Glancy.Bot.Commands.Episodes;

/// <summary>
/// What is said of red lights, in one way wherever it is said: who sees to each, and which are nobody's (rule 8).
/// </summary>
internal static class EpisodeView
{
    /// <summary>All of them in one line without times, for a topic: nobody's first, then from bad to good.</summary>
    public static Text Line(IReadOnlyList<RedLight> lights, Phrasebook words)
    {
        return lights.Count == 0
            ? words["episode.quiet"]
            : Text.Join(
                " · ",
                lights
                    .GroupBy(l => (l.Nobodys, l.Episode.LastLight))
                    .OrderByDescending(g => g.Key.Nobodys)
                    .ThenByDescending(g => g.Key.LastLight)
                    .Select(g =>
                        words.Say(
                            g.Key.Nobodys ? "episode.group-nobodys" : "episode.group",
                            words.Of("episode-light", g.Key.LastLight),
                            string.Join(' ', g.Select(l => l.Episode.Hook).Distinct().Order(StringComparer.Ordinal))
                        )
                    )
            );
    }

    /// <summary>One of them: since when, how it is now, and who sees to it.</summary>
    public static Text Sentence(RedLight light, Names names)
    {
        (string Kind, Text Who) said = light.Run switch
        {
            { Open: true } run => ("episode.waits", run.Name),
            { State: RunState.Paused } run => ("episode.stopped", run.Name),
            { Ended: false } run => ("episode.handled", run.Name),
            _ when light.Nobodys => ("episode.nobodys", Why(NobodysReason.Of(light), names)),
            { } run => (
                "episode.over",
                names.Words.Say("page.in-brackets", run.Name, RunWords.State(run, names.Words))
            ),
            null => ("episode.over-alone", Text.Empty),
        };
        return names.Words.Say(
            said.Kind,
            light.Episode.Hook,
            TimeText.Moment(light.Episode.FirstRedAt),
            Light(light.Episode.LastLight, names.Words),
            said.Who
        );
    }

    /// <summary>What the card of the run that left it says.</summary>
    public static Text Left(RedLight light, Names names)
    {
        return names.Words.Say(
            "episode.left",
            Why(NobodysReason.Of(light), names),
            light.Episode.Hook,
            Light(light.Episode.LastLight, names.Words)
        );
    }

    /// <summary>How the last run ended, and why none is drafted.</summary>
    public static Text Why(NobodysReason reason, Names names)
    {
        var words = names.Words;
        var by = reason.By is { } person ? names.Person(person) : Text.Empty;
        Text? ended = (reason.Run, reason.State) switch
        {
            ({ } run, RunState.Aborted) when reason.By is null => words.Say("episode.why.aborted-by-nobody", run),
            ({ } run, RunState.Aborted) when reason.Dismissed => words.Say("episode.why.dismissed", run, by),
            ({ } run, RunState.Aborted) => words.Say("episode.why.aborted", run, by),
            ({ } run, { } state) => words.Say("episode.why." + Phrasebook.Hyphenated(state.ToString()), run),
            _ => null,
        };
        var none = reason.NoDraft is { } refusal
            ? words.Say("episode.no-draft", RefusalView.Words(refusal, words).Plain.TrimEnd('.', '。'))
            : null;
        return words.List(new[] { ended, none }.OfType<Text>().DefaultIfEmpty(words["episode.none-drafted"]));
    }

    /// <summary>How its light is, with the mark of a light.</summary>
    public static Text Light(EpisodeLight light, Phrasebook words)
    {
        return light switch
        {
            EpisodeLight.Red => LightWords.Of(Glancy.Runbook.Hooks.Light.Red, words),
            EpisodeLight.Yellow => LightWords.Of(Glancy.Runbook.Hooks.Light.Yellow, words),
            EpisodeLight.Unknown => LightWords.Of(Glancy.Runbook.Hooks.Light.Unknown, words),
            EpisodeLight.Green => words.Of("episode-light", light).In(Tone.Good),
            _ => words.Of("episode-light", light).In(Tone.Strong),
        };
    }

    /// <summary>What can be done about one that is nobody's.</summary>
    /// <param name="batch">What can be rolled back; null for nothing.</param>
    public static NextStep Step(string? batch, Phrasebook words)
    {
        return batch is { Length: > 0 }
            ? new NextStep(words.Say("episode.do-draft", batch), $"glancy rollback {batch} --reason ...")
            {
                Weight = Weight.Expected,
            }
            : new NextStep(words["episode.do-sops"], "glancy sop list");
    }
}
