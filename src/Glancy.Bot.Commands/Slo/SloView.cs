using System.Globalization;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Hooks;
using Glancy.Ops.Slo;
using Glancy.Runbook.Hooks;

namespace Glancy.Bot.Commands.Slo;

/// <summary>Promises with what is attained, then the error budget as consumed.</summary>
internal static class SloView
{
    private const string CoreSlo = "core-slo";

    public static Page Page(SloReport report, Names names)
    {
        var words = names.Words;
        var blocks = new List<Block>
        {
            Promises(report.Objectives.Concat(report.Agreements), names),
            new Block.Heading(words["slo.month"]),
            new Block.Facts([.. Month(report, names)]),
            new Block.Heading(words["slo.day"]),
            Day(report.Day, names),
        };
        if (names.Runbook.Dashboards.TryGetValue(CoreSlo, out var dashboard))
        {
            blocks.Add(
                new Block.Facts([
                    new Fact(words["hk.dashboard"], names.In(dashboard.Name) + " " + dashboard.Url.ToString()),
                ])
            );
        }

        if (
            report.Objectives.Concat(report.Agreements).Any(o => o.Attainment == Attainment.Missed)
            || report.Exhaustion is Exhaustion.Already
        )
        {
            blocks.Add(
                new Block.Actions([
                    new NextStep(words["hk.see-status"], "glancy status"),
                    new NextStep(words["hk.see-runs"], "glancy run list"),
                ])
            );
        }

        return new Page(Title(report, words), blocks)
        {
            Foot = words.Say("slo.foot", report.RunbookVersion) + words["page.sentence-separator"] + words.Zone(),
        };
    }

    /// <summary>How many promises of which kind, and how much of the month's budget is gone.</summary>
    public static Text Title(SloReport report, Phrasebook words)
    {
        var all = report.Objectives.Concat(report.Agreements).ToList();
        var counts = new[] { Attainment.Missed, Attainment.Unknown, Attainment.Met }
            .Select(attainment => (attainment, count: all.Count(o => o.Attainment == attainment)))
            .Where(c => c.count > 0)
            .Select(c => Text.FromInt64(c.count) + " " + Says(c.attainment, words));
        var consumed = report.Month?.Value is { } value
            ? words.Say("slo.title-consumed", Percent(value))
            : words["slo.title-consumption-unknown"];
        return words.Say("slo.title", TimeText.Moment(report.At), words.List(counts), consumed);
    }

    private static Block.Table Promises(IEnumerable<ObjectiveReading> promises, Names names)
    {
        var words = names.Words;
        return new Block.Table(
            [
                words["slo.column.promise"],
                words["slo.column.says"],
                words["slo.column.attained"],
                words["slo.column.target"],
                words["slo.column.margin"],
                words["slo.column.window"],
                words["slo.column.note"],
            ],
            [
                .. promises.Select(p =>
                    (IReadOnlyList<Text>)
                        [
                            names.In(p.Objective.Measure.Name),
                            Says(p.Attainment, words),
                            LightWords.Value(p.Reading),
                            p.Objective.Target.ToString(),
                            LightWords.Margin(p.Reading, words),
                            p.Objective.Window is { } window ? words.Duration(window) : words["slo.window-month"],
                            p.Reading.Unknown is not null ? LightWords.Unknown(p.Reading, words)
                            : p.Reading.Near ? words["hk.near"].In(Tone.Warn)
                            : Text.Empty,
                        ]
                ),
            ]
        );
    }

    private static IEnumerable<Fact> Month(SloReport report, Names names)
    {
        var words = names.Words;
        if (report.Month is { } month)
        {
            yield return new Fact(
                words["slo.consumed"],
                Value(month, value => Percent(value), words, month.Value >= 1 ? Tone.Bad : Tone.Plain)
            );
        }

        foreach (var burn in report.Burn)
        {
            yield return new Fact(
                words.Say("slo.burn", names.In(burn.Measure.Name), words.Duration(burn.Measure.Window)),
                Value(
                    burn,
                    value => Threshold.Format(value, Unit.Factor),
                    words,
                    burn.Value > 1 ? Tone.Warn : Tone.Plain
                )
            );
        }

        yield return new Fact(words["slo.exhaustion"], Exhausted(report, words));
    }

    private static Text Exhausted(SloReport report, Phrasebook words) =>
        report.Exhaustion switch
        {
            Exhaustion.Already => words["slo.exhausted"].In(Tone.Bad),
            Exhaustion.Never => words["slo.never"].In(Tone.Good),
            Exhaustion.In { BeforeMonthEnds: true } lasts => words
                .Say("slo.exhausted-in", words.Duration(lasts.Time), TimeText.Minute(report.At + lasts.Time))
                .In(Tone.Warn),
            Exhaustion.In lasts => words.Say("slo.lasts", words.Duration(lasts.Time)).In(Tone.Good),
            _ => Says(Attainment.Unknown, words),
        };

    private static Block.Table Day(IReadOnlyList<BudgetReading> day, Names names)
    {
        var words = names.Words;
        return new Block.Table(
            [
                words["slo.column.metric"],
                words["slo.column.minutes"],
                words["slo.column.share"],
                words["slo.column.consumed"],
                words["slo.column.note"],
            ],
            [
                .. day.Select(d =>
                    (IReadOnlyList<Text>)
                        [
                            d.Objective is { } objective ? names.In(objective.Measure.Name) : d.Metric,
                            d.Minutes is { } minutes ? Minutes(minutes) : Says(Attainment.Unknown, words),
                            d.ShareMinutes is { } share ? Minutes(share) : Text.Empty,
                            d.Consumed is { } consumed
                                ? ((Text)Percent(consumed)).In(consumed >= 1 ? Tone.Bad : Tone.Plain)
                                : Text.Empty,
                            d.Unknown is { } reason ? words.Of("slo.unknown", reason)
                            : d.ShareMinutes is null ? words["slo.not-named"]
                            : d.Consumed >= 1 ? words["slo.over-share"].In(Tone.Bad)
                            : Text.Empty,
                        ]
                ),
            ]
        );
    }

    private static Text Value(MeasureReading reading, Func<double, string> format, Phrasebook words, Tone tone) =>
        reading.Value is { } value
            ? ((Text)format(value)).In(tone)
            : words.Say("slo.unknown-because", Says(Attainment.Unknown, words), LightWords.Unknown(reading, words));

    private static Text Says(Attainment attainment, Phrasebook words) =>
        words
            .Of("attainment", attainment)
            .In(
                attainment switch
                {
                    Attainment.Met => Tone.Good,
                    Attainment.Missed => Tone.Bad,
                    _ => Tone.Strong,
                }
            )
            .As(
                attainment switch
                {
                    Attainment.Met => Signal.Good,
                    Attainment.Missed => Signal.Bad,
                    _ => Signal.Quiet,
                }
            );

    private static string Minutes(double minutes) => minutes.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Percent(double part) =>
        (part * 100).ToString(part < 0.1 ? "0.##" : "0.#", CultureInfo.InvariantCulture) + " %";
}
