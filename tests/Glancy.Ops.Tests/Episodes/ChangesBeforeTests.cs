using Glancy.Ops.Connectors.Product;
using Glancy.Ops.Connectors.Releasectl;
using Glancy.Ops.Flags;
using Glancy.Ops.Procedures;
using Glancy.Ops.Releases;
using Glancy.Ops.Tests.Procedures;
using Glancy.Ops.Watching;

namespace Glancy.Ops.Tests.Episodes;

/// <summary>What a draft tells of the hour before first red: changes of state, each once, the train first.</summary>
public sealed class ChangesBeforeTests
{
    private static readonly ChangesBefore Before = new(
        new Targets([new FlagTarget(new StandInBastion()), new TrainTarget(new ReleaseTool(new StandInBastion()))])
    );

    private static readonly DateTimeOffset Noon = new(2025, 4, 18, 4, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_promotion_that_the_tool_and_the_bot_wrote_of_is_one_row_with_the_person()
    {
        var changes = Before.Of([
            Row(9, "glancy", "lin", "sql.run", "close-promotion"),
            Row(8, "glancy", "lin", "flag.snapshot", "snapshot"),
            Row(7, "glancy", "lin", "release.set", "switch", "release/prod=REL-B5 0%", "release/prod=REL-B5 100%"),
            Row(7, "configctl", "ops", "config.snapshot", "before-1", null, "before-1"),
            Row(6, "releasectl", "ops", "release.promote", "REL-B5", "REL-B5 rolled-back 0%", "REL-B5 active 100%"),
        ]);

        Assert.Equal(
            [
                new ChangeBefore(
                    Noon.AddMinutes(6),
                    "lin",
                    "release.promote",
                    "REL-B5",
                    "REL-B5 rolled-back 0%",
                    "REL-B5 active 100%"
                ),
            ],
            changes
        );
    }

    [Fact]
    public void The_train_comes_first_and_the_rest_newest_first()
    {
        var changes = Before.Of([
            Row(50, "configctl", "mei", "flag.set", "glancy.cache.mode", "normal", "l2_prio"),
            Row(40, "kubectl", "wu", "deploy.scale", "export-worker", "24", "36"),
            Row(10, "releasectl", "mei", "release.promote", "REL-B3", "REL-B2 active 5%", "REL-B3 active 15%"),
        ]);

        Assert.Equal(["REL-B3", "glancy.cache.mode", "export-worker"], changes.Select(c => c.Target));
    }

    [Fact]
    public void A_script_that_sets_two_things_is_two_rows_and_one_that_sets_nothing_is_none()
    {
        var changes = Before.Of([
            Row(
                9,
                "glancy",
                "lin",
                "bastion.run",
                "execute",
                "release/prod=REL-B3 15%, flag/glancy.lookup.force_basic=false",
                "release/prod=REL-B3 0%, flag/glancy.lookup.force_basic=true"
            ),
            Row(8, "configctl", "ops", "flag.set", "glancy.lookup.force_basic", "false", "true"),
            Row(5, "glancy", "lin", "bastion.run", "again", "release/prod=REL-B3 0%", "release/prod=REL-B3 0%"),
            Row(4, "configctl", "ops", "flag.set", "glancy.exports.enabled", "true", "true"),
        ]);

        Assert.Equal(
            [
                ("release.set", "prod", "REL-B3 15%", "REL-B3 0%", "lin"),
                ("flag.set", "glancy.lookup.force_basic", "false", "true", "lin"),
            ],
            changes.Select(c => (c.Action, c.Target, c.Before ?? "", c.After ?? "", c.Actor))
        );
    }

    [Fact]
    public void A_restart_changes_no_value_and_is_told_all_the_same() =>
        Assert.Equal(
            "export-worker",
            Assert
                .Single(
                    Before.Of([Row(3, "kubectl", "wu", "act.restart", "export-worker", null, "2025-04-18T04:03:00Z")])
                )
                .Target
        );

    [Fact]
    public void The_same_value_twice_an_hour_apart_is_two_changes() =>
        Assert.Equal(
            2,
            Before
                .Of([
                    Row(
                        50,
                        "glancy",
                        "lin",
                        "flag.set",
                        "x",
                        "flag/glancy.exports.enabled=true",
                        "flag/glancy.exports.enabled=false"
                    ),
                    Row(5, "configctl", "ops", "flag.set", "glancy.exports.enabled", "true", "false"),
                ])
                .Count
        );

    private static ProductChange Row(
        int minute,
        string source,
        string actor,
        string action,
        string target,
        string? before = null,
        string? after = null
    ) =>
        new()
        {
            At = Noon.AddMinutes(minute),
            Actor = actor,
            Action = action,
            Target = target,
            Before = before,
            After = after,
            Source = source,
        };
}
