using Glancy.Sandbox.Production;

namespace Glancy.Sandbox.Tests.Production;

public sealed class ReleaseTrainTests
{
    private static readonly DateTimeOffset At = new(2025, 4, 18, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_status_is_pairs_that_a_parser_reads()
    {
        var train = ReleaseTrain.Idle(At.AddHours(-1)).Promoted("REL-B1", 0.5, At);
        Assert.Equal(
            "batch: REL-B1\nweight: 0.5\nnew_colour: green\nold_colour: blue\nold_kept_until: none\nstate: "
                + "active\nupdated_at: 2025-04-18T01:00:00Z",
            train.Describe()
        );
    }

    [Fact]
    public void The_old_version_is_kept_for_an_hour_after_all_traffic_has_left_it()
    {
        var train = ReleaseTrain.Idle(At).Promoted("REL-B5", 100, At);
        Assert.Equal(("complete", At.AddHours(1)), (train.State, train.OldKeptUntil));
        var next = train.Promoted("REL-B1", 1, At.AddDays(1));
        Assert.Equal(("blue", "green", "active"), (next.NewColour, next.OldColour, next.State));
        Assert.Null(next.OldKeptUntil);
    }

    [Fact]
    public void Doing_the_same_again_changes_nothing()
    {
        var train = ReleaseTrain.Idle(At).Promoted("REL-B3", 15, At);
        Assert.Same(train, train.Promoted("REL-B3", 15, At.AddMinutes(1)));
        var back = train.RolledBack("REL-B3", At.AddMinutes(2));
        Assert.Equal(("rolled-back", 0.0), (back.State, back.Weight));
        Assert.Same(back, back.RolledBack("REL-B3", At.AddMinutes(3)));
        Assert.Equal("active", back.Promoted("REL-B3", 15, At.AddMinutes(4)).State);
    }
}
