using Glancy.Bot.Commands.Hooks.Chart;
using Glancy.Runbook.Hooks;

namespace Glancy.Bot.Commands.Tests.Hooks.Chart;

public class HookChartLineTests
{
    private static readonly Threshold Above = new(Comparison.Above, 2, Unit.Count);

    [Fact]
    public void A_missing_value_is_a_gap()
    {
        var pieces = HookChartLine.Known(Charts.Series("HK-03", [1, 1, null, null, 1, null, 1]));

        Assert.Equal(
            [
                [0, 1],
                [4],
                [6],
            ],
            pieces.Select(p => p.Xs.ToArray())
        );
    }

    [Fact]
    public void What_is_beyond_the_limit_begins_and_ends_where_the_line_crosses_it()
    {
        var piece = Assert.Single(HookChartLine.Beyond(Charts.Series("HK-03", [1, 3, 3, 0]), Above));

        Assert.Equal([0.5, 1, 2, 2 + (1.0 / 3)], piece.Xs);
        Assert.Equal([2, 3, 3, 2], piece.Ys);
    }

    [Fact]
    public void Nothing_is_drawn_across_a_gap_from_good_to_red()
    {
        var pieces = HookChartLine.Beyond(Charts.Series("HK-03", [1, null, 3, null, 3, 3]), Above);

        Assert.Equal(
            [
                [2],
                [4, 5],
            ],
            pieces.Select(p => p.Xs.ToArray())
        );
    }

    [Fact]
    public void A_value_at_the_limit_is_judged_as_the_hook_judges_it()
    {
        Assert.Empty(HookChartLine.Beyond(Charts.Series("HK-03", [2, 2]), Above));
        Assert.Single(
            HookChartLine.Beyond(Charts.Series("HK-03", [2, 2]), Above with { Comparison = Comparison.AtLeast })
        );
    }
}
