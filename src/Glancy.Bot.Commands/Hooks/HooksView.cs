using Glancy.Bot.Commands.Episodes;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Hooks;
using Glancy.Ops.Watching;
using Glancy.Runbook.Hooks;

namespace Glancy.Bot.Commands.Hooks;

/// <summary>
/// The hooks as a table: the worst measure of each, and every measure of those that were asked for or are not green.
/// </summary>
internal static class HooksView
{
    /// <param name="detailed">Every measure, with limits, dashboard and runbook section.</param>
    /// <param name="red">Open episodes of these hooks: a light that is green may still be recovering.</param>
    public static Page Page(HookSnapshot snapshot, bool detailed, Names names, IReadOnlyList<RedLight>? red = null)
    {
        var words = names.Words;
        var blocks = new List<Block>();
        if (detailed)
        {
            foreach (var reading in snapshot.Hooks)
            {
                blocks.AddRange(Details(reading, names));
            }
        }
        else
        {
            blocks.Add(Table(snapshot.Hooks.SelectMany(h => Rows(h, Worth(h), false, names)), "hk.column.hook", words));
        }

        if (red is { Count: > 0 })
        {
            blocks.Add(new Block.Facts([new Fact(words["hk.red-lights"], EpisodeView.Line(red, words))]));
        }

        if (snapshot.Worst == Light.Red)
        {
            blocks.Add(
                new Block.Actions([
                    new NextStep(words["hk.see-runs"], "glancy run list"),
                    new NextStep(words["hk.see-status"], "glancy status"),
                ])
            );
        }

        return new Page(Title(snapshot, words), blocks)
        {
            Foot = words.Say("hk.foot", snapshot.RunbookVersion) + words["page.sentence-separator"] + words.Zone(),
        };
    }

    /// <summary>How many lights of which kind.</summary>
    public static Text Title(HookSnapshot snapshot, Phrasebook words)
    {
        var counts = new[] { Light.Red, Light.Unknown, Light.Yellow, Light.Green }
            .Select(light => (light, count: snapshot.Hooks.Count(h => h.Light == light)))
            .Where(c => c.count > 0)
            .Select(c => Text.FromInt64(c.count) + " " + LightWords.Of(c.light, words));
        return snapshot.Hooks.Count == 0
            ? words.Say("hk.title-none", TimeText.Moment(snapshot.At))
            : words.Say("hk.title", TimeText.Moment(snapshot.At), words.List(counts));
    }

    private static IEnumerable<Block> Details(HookReading reading, Names names)
    {
        var words = names.Words;
        yield return new Block.Heading(
            (Text)(reading.Hook.Id + " ")
                + names.In(reading.Hook.Name)
                + words["page.label-separator"]
                + LightWords.Of(reading.Light, words)
        );
        yield return Table(Rows(reading, reading.Measures, true, names), "hk.column.measure", words);
        var facts = new List<Fact>();
        if (reading.ExplainedBy is { } lease)
        {
            facts.Add(new Fact(words["hk.explained"], words.Say("hk.explained-by", lease)));
        }

        foreach (var measure in reading.Measures.Select(m => m.Measure).DistinctBy(m => m.Id))
        {
            facts.Add(new Fact(names.In(measure.Name), Limits(measure, words)));
        }

        facts.Add(new Fact(words["hk.section"], "§" + reading.Hook.Section));
        if (names.Runbook.Dashboards.TryGetValue(reading.Hook.Dashboard, out var dashboard))
        {
            facts.Add(new Fact(words["hk.dashboard"], names.In(dashboard.Name) + " " + dashboard.Url.ToString()));
        }

        yield return new Block.Facts(facts);
    }

    private static Block.Table Table(IEnumerable<IReadOnlyList<Text>> rows, string first, Phrasebook words) =>
        new(
            [
                words[first],
                words["hk.column.light"],
                words["hk.column.value"],
                words["hk.column.red"],
                words["hk.column.margin"],
                words["hk.column.note"],
            ],
            [.. rows]
        );

    // The worst leads, as everywhere else where a hook has one number.
    private static IEnumerable<MeasureReading> Worth(HookReading hook) =>
        hook
            .Measures.Where(m => ReferenceEquals(m, hook.Worst) || m.Light != Light.Green || m.Near)
            .OrderBy(m => !ReferenceEquals(m, hook.Worst));

    // In the overview the hook's name leads; in detail it stands above the table, and the measures lead.
    private static IEnumerable<IReadOnlyList<Text>> Rows(
        HookReading hook,
        IEnumerable<MeasureReading> measures,
        bool detailed,
        Names names
    )
    {
        var words = names.Words;
        var own = (Text)(hook.Hook.Id + " ") + names.In(hook.Hook.Name);
        var shown = measures.ToList();
        if (shown.Count == 0)
        {
            yield return [own, LightWords.Of(hook.Light, words), Text.Empty, Text.Empty, Text.Empty, Text.Empty];
        }

        for (var i = 0; i < shown.Count; i++)
        {
            var measure = shown[i];
            var name = names.In(measure.Measure.Name);
            yield return
            [
                detailed ? name
                : i == 0 ? own
                : "  " + name,
                LightWords.Of(measure.Light, words),
                LightWords.Value(measure),
                measure.Measure.Red.ToString(),
                LightWords.Margin(measure, words),
                Note(
                    hook,
                    measure,
                    !detailed && i == 0 && measure.Measure.Id != hook.Hook.Measures[0].Id ? name : Text.Empty,
                    words
                ),
            ];
        }
    }

    private static Text Note(HookReading hook, MeasureReading measure, Text about, Phrasebook words)
    {
        var notes = new List<Text>();
        if (!about.IsEmpty)
        {
            notes.Add(about);
        }

        if (measure.Segment != QueryText.Total)
        {
            notes.Add(words["hk.segment"]);
        }

        if (measure.Unknown is not null)
        {
            notes.Add(LightWords.Unknown(measure, words));
        }

        if (measure.Near)
        {
            notes.Add(words["hk.near"].In(Tone.Warn));
        }

        if (hook.ExplainedBy is { } lease && measure.Light != Light.Green)
        {
            notes.Add(words.Say("hk.explained-by", lease));
        }

        return words.List(notes);
    }

    private static Text Limits(Measure measure, Phrasebook words)
    {
        var limits = new List<Text> { words.Say("hk.limit-red", measure.Red.ToString()) };
        if (measure.Yellow is { } yellow)
        {
            limits.Add(words.Say("hk.limit-yellow", yellow.ToString()));
        }

        if (measure.Recovered is { } recovered)
        {
            limits.Add(words.Say("hk.limit-recovered", recovered.ToString()));
        }

        limits.Add(words.Say("hk.window", words.Duration(measure.Window)));
        if (measure.Hold > TimeSpan.Zero)
        {
            limits.Add(words.Say("hk.hold", words.Duration(measure.Hold)));
        }

        return words.List(limits);
    }
}
