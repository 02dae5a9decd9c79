namespace Glancy.Bot.Tests.Crash.Torture;

public sealed class TortureOptionsTests
{
    [Fact]
    public void Without_words_everything_is_tried_for_an_hour_at_most()
    {
        var options = Parsed();

        Assert.Empty(options.Only);
        Assert.Equal([1, 2], options.Topologies);
        Assert.True(options.Sweep);
        Assert.Equal(100, options.Seeds.Count);
        Assert.Equal(TimeSpan.FromHours(1), options.Bound);
        Assert.Equal("/somewhere", options.Report);
    }

    [Fact]
    public void A_seed_alone_is_played_without_the_sweep_and_a_transition_alone_without_chaos()
    {
        Assert.Equal((false, 17), (Parsed("--seed", "17").Sweep, Parsed("--seed", "17").Seeds.Single()));
        Assert.Equal((true, 0), (Parsed("--at", "ended").Sweep, Parsed("--at", "ended").Seeds.Count));
    }

    [Theory]
    [InlineData("--only", "rollbakc")]
    [InlineData("--minutes", "0")]
    [InlineData("--seeds", "many")]
    [InlineData("--topology", "three")]
    [InlineData("--report")]
    [InlineData("thaw")]
    public void What_is_not_understood_is_said(params string[] words)
    {
        var (options, problem) = TortureOptions.Parse(words, "/somewhere");

        Assert.Null(options);
        Assert.Contains(words[^1], problem, StringComparison.Ordinal);
    }

    private static TortureOptions Parsed(params string[] words) =>
        TortureOptions.Parse(words, "/somewhere").Options ?? throw new InvalidOperationException("not understood");
}
