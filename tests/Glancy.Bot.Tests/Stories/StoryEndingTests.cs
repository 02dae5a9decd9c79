using System.Globalization;

namespace Glancy.Bot.Tests.Stories;

/// <summary>
/// The endings of the rollback in which something goes wrong, a class of their own so that they are played beside the
/// others.
/// </summary>
public sealed class StoryEndingTests
{
    [Theory]
    [InlineData("script-hangs", 1, "terminal")]
    [InlineData("script-fails", 2, "slack")]
    [InlineData("prometheus-down", 3, "terminal")]
    [InlineData("draft-expires", 1, "slack")]
    [InlineData("hook-recovers", 2, "slack")]
    [InlineData("still-broken", 1, "slack")]
    [InlineData("drift", 3, "slack")]
    [InlineData("red-persists", 1, "terminal")]
    public async Task What_goes_wrong_ends_as_the_table_says(string fault, long seed, string through)
    {
        var (code, transcript) = await StoryPlay.PlayAsync(
            "rollback",
            "--fault",
            fault,
            "--seed",
            seed.ToString(CultureInfo.InvariantCulture),
            "--through",
            through
        );

        Assert.True(code == 0, transcript);
    }
}
