using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Words;
using Glancy.Runbook.Hooks;

namespace Glancy.Bot.Commands.Hooks.Chart;

/// <summary>A picture in words: the line above it, and all it shows for who cannot see it.</summary>
internal static class HookChartWords
{
    /// <summary>Which hook, which measure, which time, and what the numbered lines are.</summary>
    public static Text Title(HookChartFacts facts, Names names)
    {
        var words = names.Words;
        var title = words.Say(
            "hk.chart.title",
            facts.Hook,
            Measured(facts, names),
            TimeText.Clock(facts.From),
            TimeText.Clock(facts.To)
        );
        return facts
            .Marks.Select((mark, i) => words.Say("hk.chart.mark", Text.FromInt64(i + 1), What(mark, words)))
            .Aggregate(title, (said, mark) => said + " · " + mark);
    }

    /// <summary>The same with the limits and the values that matter.</summary>
    public static Text Description(HookChartFacts facts, Names names)
    {
        var words = names.Words;
        var sentences = new List<Text>
        {
            words.Say(
                "hk.chart.about",
                facts.Hook,
                Measured(facts, names),
                TimeText.Minute(facts.From),
                TimeText.Minute(facts.To)
            ),
            facts.Yellow is { } yellow
                ? words.Say("hk.chart.limits", facts.Red, yellow)
                : words.Say("hk.chart.limit", facts.Red),
            words.Say("hk.chart.first-red", TimeText.Clock(facts.FirstRedAt)),
            words.Say("hk.chart.worst", facts.Worst, TimeText.Clock(facts.WorstAt)),
            facts.Last is { } last ? words.Say("hk.chart.last", last) : words["hk.chart.last-unknown"],
        };
        if (facts.Missing > TimeSpan.Zero)
        {
            sentences.Add(words.Say("hk.chart.missing", words.Duration(facts.Missing)));
        }

        sentences.AddRange(
            facts.Marks.Select(
                (mark, i) =>
                    words.Say("hk.chart.mark-at", Text.FromInt64(i + 1), TimeText.Clock(mark.At), What(mark, words))
            )
        );
        return Text.Join(words["page.sentence-separator"], sentences);
    }

    private static Text Measured(HookChartFacts facts, Names names)
    {
        var measure = names
            .Runbook.Hooks.FirstOrDefault(h => h.Id == facts.Hook)
            ?.Measures.FirstOrDefault(m => m.Id == facts.Measure);
        var name = measure is null ? facts.Measure : names.In(measure.Name);
        return facts.Segment == QueryText.Total
            ? name
            : names.Words.Say("page.in-brackets", name, names.Words["hk.segment"]);
    }

    private static Text What(ChartMark mark, Phrasebook words) =>
        mark.Change is not { } change
            ? words["hk.chart.effects-ended"]
            : (Text)(change.Action + " " + change.Target)
                + (
                    change.Before is null && change.After is null
                        ? Text.Empty
                        : " "
                            + words.Say(
                                "page.arrow",
                                change.Before ?? words["page.none"],
                                change.After ?? words["page.none"]
                            )
                );
}
