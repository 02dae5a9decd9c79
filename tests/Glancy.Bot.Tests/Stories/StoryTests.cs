using System.Globalization;

namespace Glancy.Bot.Tests.Stories;

/// <summary>The stories as <c>glancy sandbox --story</c> plays them, each in a world of its own, with real replicas and
/// real terminals,
/// or through the world's Slack; each ending is played in one of the two here, and may be in the other.</summary>
public sealed class StoryTests
{
    [Theory]
    [InlineData(2, "slack")]
    public async Task Two_people_take_a_red_light_to_a_verified_rollback_and_back_to_normal(long seed, string through)
    {
        var (code, transcript) = await StoryPlay.PlayAsync(
            "rollback",
            "--seed",
            seed.ToString(CultureInfo.InvariantCulture),
            "--through",
            through
        );

        Assert.True(code == 0, transcript);
        Assert.Contains("rollback: everything came true.", transcript, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "slack")]
    public async Task A_person_asks_for_a_rollback_and_another_confirms_it(long seed, string through)
    {
        var (code, transcript) = await StoryPlay.PlayAsync(
            "rollback-by-person",
            "--seed",
            seed.ToString(CultureInfo.InvariantCulture),
            "--through",
            through
        );

        Assert.True(code == 0, transcript);
    }

    [Theory]
    [InlineData(2)]
    public async Task The_ladder_asks_for_one_rung_and_that_cures_it(long seed)
    {
        var (code, transcript) = await StoryPlay.PlayAsync(
            "rollback",
            "--way",
            "one-rung",
            "--seed",
            seed.ToString(CultureInfo.InvariantCulture)
        );

        Assert.True(code == 0, transcript);
        Assert.Contains("rollback-one-rung: everything came true.", transcript, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_day_a_night_and_the_morning_after_go_by_as_they_should()
    {
        var (code, transcript) = await StoryPlay.PlayAsync("shift");

        Assert.True(code == 0, transcript);
        Assert.Contains("shift: everything came true.", transcript, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_story_that_is_not_there_is_said_to_be_missing()
    {
        var (code, said) = await StoryPlay.PlayAsync("rollback-by-person", "--way", "one-rung");

        Assert.Equal(1, code);
        Assert.Contains("There is no story 'rollback-by-person' with one-rung", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_story_in_which_something_is_not_true_ends_with_1_and_says_what_and_where_to_look()
    {
        var (code, transcript) = await StoryPlay.PlayAsync("rollback", "--seed", "2", "--sabotage", "script-fails");

        Assert.True(code == 1, transcript);
        Assert.Contains(
            "NOT TRUE: R-1 has had its effects - it was: paused failed",
            transcript,
            StringComparison.Ordinal
        );
        Assert.Contains("The world's folder remains: ", transcript, StringComparison.Ordinal);
        Assert.DoesNotContain("rollback: everything came true", transcript, StringComparison.Ordinal);
    }
}
