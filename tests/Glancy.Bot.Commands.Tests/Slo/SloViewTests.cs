using Glancy.Bot.Commands.Slo;
using Glancy.Ops.Hooks;
using Glancy.Ops.Slo;
using Glancy.Runbook.Hooks;
using Glancy.Runbook.Slo;

namespace Glancy.Bot.Commands.Tests.Slo;

public class SloViewTests
{
    private static readonly SloBook Book = RunbookOnDisk.Content.Slo;

    private static readonly SloReport Healthy = Report(
        [0.99963, 0.42, 0.9987, 1.31, 2.9, 2.1, 0.99958],
        [new("lookup_availability", 0.53), new("regenerate_availability", 1.87)],
        0.2718,
        0.37,
        0.41,
        new Exhaustion.In(TimeSpan.FromDays(59.04), BeforeMonthEnds: false)
    );

    private static readonly SloReport Breached = Report(
        [0.9961, 2.62, 0.9951, 2.95, 5.4, 4.7, 0.9987],
        [new("lookup_availability", 5.62), new("regenerate_availability", 7.1), new("glossary_availability", 0.2)],
        1.042,
        12.1,
        3.9,
        new Exhaustion.Already()
    );

    [Fact]
    public void All_is_well() =>
        Golden.Check("healthy", words => SloView.Page(Healthy, RunbookOnDisk.In(words)), width: 140);

    [Fact]
    public void All_is_well_on_a_narrow_terminal() =>
        Golden.Check("healthy-60", words => SloView.Page(Healthy, RunbookOnDisk.In(words)), width: 60);

    [Fact]
    public void Promises_are_missed_and_the_budget_is_used_up() =>
        Golden.Check("breached", words => SloView.Page(Breached, RunbookOnDisk.In(words)), width: 140);

    [Fact]
    public void The_budget_will_not_last_the_month() =>
        Golden.Check(
            "burning",
            words =>
                SloView.Page(
                    Healthy with
                    {
                        Exhaustion = new Exhaustion.In(TimeSpan.FromHours(31.5), BeforeMonthEnds: true),
                    },
                    RunbookOnDisk.In(words)
                ),
            width: 140
        );

    [Fact]
    public void Nothing_burns() =>
        Golden.Check(
            "never",
            words => SloView.Page(Healthy with { Exhaustion = new Exhaustion.Never() }, RunbookOnDisk.In(words)),
            width: 140
        );

    [Fact]
    public void Some_of_it_is_unknown() =>
        Golden.Check(
            "partly-unknown",
            words =>
                SloView.Page(
                    Healthy with
                    {
                        Objectives =
                        [
                            .. Healthy.Objectives.Select(
                                (o, i) =>
                                    i is 2 or 3
                                        ? o with
                                        {
                                            Reading = Read(o.Objective.Measure, null, UnknownReason.TooFewSamples),
                                        }
                                        : o
                            ),
                        ],
                        Day = [Healthy.Day[0], Healthy.Day[1] with { Minutes = null, Unknown = BudgetUnknown.Stale }],
                        Burn = [Read(Book.Budget.Burn[0], null, UnknownReason.Timeout), Healthy.Burn[1]],
                        Exhaustion = new Exhaustion.Unknown(),
                    },
                    RunbookOnDisk.In(words)
                ),
            width: 140
        );

    [Fact]
    public void All_of_it_is_unknown()
    {
        var unknown = Unknown();
        Golden.Check("all-unknown", words => SloView.Page(unknown, RunbookOnDisk.In(words)), width: 140);
        Assert.True(unknown.AllUnknown);
        Assert.False(Healthy.AllUnknown);
    }

    [Fact]
    public void As_data_nothing_unknown_is_a_number()
    {
        var data = SloData.Of(Unknown(), Golden.En);
        Assert.All(
            data.Objectives.Concat(data.Agreements),
            o => Assert.Equal((null, Attainment.Unknown), (o.Value, o.Attainment))
        );
        Assert.Equal(("unknown", null, null), (data.Exhaustion, data.ExhaustedInSeconds, data.BeforeMonthEnds));
        Assert.All(data.Day, d => Assert.Null(d.Consumed));
        var healthy = SloData.Of(Healthy, Golden.En);
        Assert.Equal(("in", false), (healthy.Exhaustion, healthy.BeforeMonthEnds));
        Assert.Equal(0.53 / 1.44, healthy.Day[0].Consumed ?? 0, 1e-9);
    }

    [Fact]
    public void Every_reason_has_words() =>
        Assert.All(
            Enum.GetValues<BudgetUnknown>(),
            reason =>
                Assert.True(
                    Golden.En.Knows("slo.unknown." + Commands.Words.Phrasebook.Hyphenated(reason.ToString())),
                    reason.ToString()
                )
        );

    private static SloReport Unknown() =>
        new(
            World.Now,
            "0123456789ab",
            [.. Book.Objectives.Select(o => new ObjectiveReading(o, Read(o.Measure, null, UnknownReason.Unreachable)))],
            [.. Book.Agreements.Select(o => new ObjectiveReading(o, Read(o.Measure, null, UnknownReason.Unreachable)))],
            SloJudge.Unknown(Book.Budget.Day, BudgetUnknown.Unreachable),
            Book.Budget.Month is { } month ? Read(month, null, UnknownReason.Unreachable) : null,
            [.. Book.Budget.Burn.Select(b => Read(b, null, UnknownReason.Unreachable))],
            new Exhaustion.Unknown()
        );

    private static SloReport Report(
        double[] values,
        (string Metric, double Minutes)[] day,
        double consumed,
        double now,
        double over,
        Exhaustion exhaustion
    ) =>
        new(
            World.Now,
            "0123456789ab",
            [.. Book.Objectives.Select((o, i) => new ObjectiveReading(o, Read(o.Measure, values[i])))],
            [.. Book.Agreements.Select(o => new ObjectiveReading(o, Read(o.Measure, values[^1])))],
            SloJudge.Day(
                Book.Budget.Day,
                [.. day.Select(d => new BudgetRow(d.Metric, d.Minutes, 288, World.Now.AddMinutes(-7)))],
                World.Now
            ),
            Book.Budget.Month is { } month ? Read(month, consumed) : null,
            [Read(Book.Budget.Burn[0], now), Read(Book.Budget.Burn[1], over)],
            exhaustion
        );

    private static MeasureReading Read(Measure measure, double? value, UnknownReason? unknown = null)
    {
        var margin = value is { } v ? MeasureJudge.Margin(measure, v) : null;
        return new MeasureReading(
            measure,
            QueryText.Total,
            value,
            value is null ? Light.Unknown : Light.Green,
            margin is >= 0 and < 0.1,
            false,
            margin,
            unknown
        );
    }
}
