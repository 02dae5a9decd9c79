using Glancy.Bot.Commands.Hooks.Chart;
using Glancy.Ops.Procedures;

namespace Glancy.Bot.Commands.Tests.Hooks.Chart;

public class HookChartTests
{
    private static readonly Run Draft = World.Run(RunState.Draft, context: World.Red);

    [Fact]
    public void A_draft_shows_the_hour_before_it() =>
        Assert.Equal((World.Now.AddHours(-1), World.Now), HookChart.Span(Draft, ended: false));

    [Fact]
    public void A_run_that_has_ended_shows_what_came_of_it() =>
        Assert.Equal(
            (World.Now.AddHours(-1), World.Now.AddMinutes(12)),
            HookChart.Span(World.Run(RunState.Succeeded, context: World.Red), ended: true)
        );

    [Fact]
    public void A_run_of_days_shows_its_last_day()
    {
        var run = World.Run(RunState.Aborted, context: World.Red) with { FinishedAt = World.Now.AddDays(2) };

        Assert.Equal((World.Now.AddDays(1), World.Now.AddDays(2)), HookChart.Span(run, ended: true));
    }

    [Fact]
    public void The_last_change_before_first_red_is_marked_and_the_end_of_the_effects()
    {
        var run = World.Run(RunState.Succeeded, context: World.Red);
        var series = Charts.Series("HK-03", Enumerable.Repeat<double?>(1, 73));

        var chart = HookChart.Of(run, World.Red, series, Charts.Zone);

        Assert.Equal([World.Now.AddMinutes(-22), World.Now.AddMinutes(3)], chart.Marks.Select(m => m.At));
        Assert.Equal(["REL-B3", null], chart.Marks.Select(m => m.Change?.Target));
    }

    [Fact]
    public void The_trains_last_move_is_marked_whatever_was_changed_after_it()
    {
        var later = new ChangeBefore(
            World.Now.AddMinutes(-4),
            "lin",
            "flag.set",
            "glancy.cache.mode",
            "normal",
            "l2_prio"
        );
        var context = World.Red with
        {
            ChangesBefore = [World.Red.ChangesBefore[0], later, World.Red.ChangesBefore[1]],
        };

        var chart = HookChart.Of(
            Draft,
            context,
            Charts.Series("HK-03", Enumerable.Repeat<double?>(1, 61)),
            Charts.Zone
        );

        Assert.Equal(["REL-B3", "glancy.cache.mode"], chart.Marks.Select(m => m.Change?.Target));
    }

    [Fact]
    public void What_lies_outside_the_picture_is_not_marked()
    {
        var old = World.Red with
        {
            ChangesBefore = [World.Red.ChangesBefore[0] with { At = World.Now.AddMinutes(-61) }],
        };

        Assert.Empty(
            HookChart.Of(Draft, old, Charts.Series("HK-03", Enumerable.Repeat<double?>(1, 61)), Charts.Zone).Marks
        );
    }

    [Fact]
    public void The_facts_say_what_the_picture_shows()
    {
        var facts = HookChartFacts.Of(Charts.Of(Charts.Series("HK-01", [0.9999, null, 0.97, 0.9995]), Charts.Promote));

        Assert.Equal(
            ("< 99.9 %", null, "97 %", "99.95 %", TimeSpan.FromMinutes(1)),
            (facts.Red, facts.Yellow, facts.Worst, facts.Last, facts.Missing)
        );
        Assert.Equal(Charts.From.AddMinutes(2), facts.WorstAt);
    }

    [Fact]
    public void A_line_has_few_times_on_round_minutes_of_the_zone()
    {
        var scale = HookChartScale.Of(Charts.Of(Charts.Series("HK-03", Enumerable.Repeat<double?>(1, 61))));

        Assert.Equal(["08:45", "09:00", "09:15", "09:30"], scale.Times.Select(t => t.Label));
    }

    [Fact]
    public void Both_limits_are_in_the_picture()
    {
        var scale = HookChartScale.Of(Charts.Of(Charts.Series("HK-03", [0.1, 0.1])));

        Assert.InRange(1.2, scale.Bottom, scale.Top);
        Assert.InRange(scale.Values.Count, 3, 6);
    }

    [Fact]
    public void A_share_has_no_number_above_everything()
    {
        var scale = HookChartScale.Of(Charts.Of(Charts.Series("HK-06", [1, 1, 1], 1)));

        Assert.DoesNotContain(scale.Values, v => v.At > 1.0000001);
    }
}
