using Glancy.Runbook.Hooks;

namespace Glancy.Ops.Tests.Hooks;

public sealed class ThresholdTests
{
    [Theory]
    [InlineData("< 99.9 %", Comparison.Below, 0.999, Unit.Percent)]
    [InlineData(">= 1.2 x", Comparison.AtLeast, 1.2, Unit.Factor)]
    [InlineData("≥1.2×", Comparison.AtLeast, 1.2, Unit.Factor)]
    [InlineData("> 2.5 s", Comparison.Above, 2.5, Unit.Seconds)]
    [InlineData("<= 300 ms", Comparison.AtMost, 0.3, Unit.Seconds)]
    [InlineData("≤ 500", Comparison.AtMost, 500, Unit.Count)]
    [InlineData("  > 0 %  ", Comparison.Above, 0, Unit.Percent)]
    public void A_limit_is_read_as_it_is_written(string text, Comparison comparison, double limit, Unit unit)
    {
        Assert.True(Threshold.TryParse(text, out var threshold));
        Assert.Equal(new Threshold(comparison, limit, unit), threshold);
    }

    [Theory]
    [InlineData("")]
    [InlineData("99.9 %")]
    [InlineData("= 1 %")]
    [InlineData("> -1 s")]
    [InlineData("> 1,5 s")]
    [InlineData("> 1.5 min")]
    [InlineData("> NaN")]
    [InlineData("> 1e9")]
    [InlineData("> 99999999999999999999999999999999")]
    public void What_is_no_limit_is_refused(string text) => Assert.False(Threshold.TryParse(text, out _));

    [Theory]
    [InlineData("< 99.9 %", 0.999, false)]
    [InlineData("<= 99.9 %", 0.999, true)]
    [InlineData("> 2.5 s", 2.5, false)]
    [InlineData(">= 2.5 s", 2.5, true)]
    [InlineData("< 99.9 %", 0.9989999999, true)]
    [InlineData("> 2.5 s", 2.5000000001, true)]
    public void A_value_at_the_limit_compares_as_written_and_its_negation_says_the_opposite(
        string text,
        double value,
        bool holds
    )
    {
        Assert.True(Threshold.TryParse(text, out var threshold));
        Assert.Equal(holds, threshold.Holds(value));
        Assert.Equal(!holds, threshold.Negated.Holds(value));
        Assert.Equal(threshold, threshold.Negated.Negated);
    }
}
