using Glancy.Bot.Commands.Episodes;
using Glancy.Bot.Commands.Hooks;
using Glancy.Bot.Commands.Slack;
using Glancy.Bot.Commands.Status;
using Glancy.Ops.Hooks.Episodes;
using Glancy.Ops.Kernel;
using Glancy.Ops.Procedures;
using Glancy.Ops.Roster;
using Glancy.Ops.Watching;
using Glancy.Runbook.Hooks;
using Glancy.Runbook.People;

namespace Glancy.Bot.Commands.Tests.Slack;

public class SlackTopicTests
{
    private static readonly OnCall OnCall = DutyRoster.Plan(RunbookOnDisk.Content, World.Now);
    private static readonly DutyOutlook Duty = DutyOutlook.Of(RunbookOnDisk.Content, OnCall, World.Now, []);

    [Fact]
    public void A_light_that_is_nobodys_comes_first_and_is_said_to_be() =>
        Assert.Equal(
            "RED, handled by nobody: HK-03 · RED: HK-01 · recovering: HK-02 HK-04 · REL-B3 15 % · on call 林晓 / 吴桐",
            Topic(
                Dismissed("HK-04", EpisodeLight.Green),
                Red("HK-02", EpisodeLight.Green, World.Run(RunState.Succeeded)),
                Red("HK-01", EpisodeLight.Red, World.Run(RunState.Running)),
                Dismissed("HK-03", EpisodeLight.Red)
            )
        );

    [Fact]
    public void Unknown_is_not_recovering() =>
        Assert.StartsWith(
            "unknown, handled by nobody: HK-03 · ",
            Topic(Dismissed("HK-03", EpisodeLight.Unknown)),
            StringComparison.Ordinal
        );

    [Fact]
    public void Without_a_red_light_that_is_said() =>
        Assert.StartsWith("no red light · ", Topic(), StringComparison.Ordinal);

    [Theory]
    [InlineData("recovering")]
    [InlineData("恢复中")]
    public void The_topic_the_status_and_the_hooks_say_the_same_of_a_light_that_recovers(string said)
    {
        var words = said == "recovering" ? Golden.En : Golden.Zh;
        IReadOnlyList<RedLight> lights =
        [
            Red("HK-01", EpisodeLight.Green, World.Run(RunState.Succeeded)),
            Red("HK-02", EpisodeLight.Green, World.Run(RunState.Succeeded)),
        ];
        var green = World.Snapshot(World.Hook("HK-01", Light.Green, 1), World.Hook("HK-02", Light.Green, 1));
        var names = RunbookOnDisk.In(words);
        var line = EpisodeView.Line(lights, words).Plain;

        Assert.Contains(said, line, StringComparison.Ordinal);
        Assert.EndsWith("HK-01 HK-02", line, StringComparison.Ordinal);
        Assert.StartsWith(line, SlackTopic.Of(lights, World.Release, null, Duty, words), StringComparison.Ordinal);
        Assert.Contains(
            HooksView
                .Page(green, false, names, lights)
                .Blocks.OfType<Glancy.Bot.Commands.Pages.Block.Facts>()
                .SelectMany(f => f.Items),
            f => f.Value.Plain == line
        );
        var status = StatusView.Page(new Overview(green, World.Release, null, null, [], lights, [], OnCall), names);
        Assert.Equal(
            2,
            status
                .Blocks.OfType<Glancy.Bot.Commands.Pages.Block.Facts>()
                .SelectMany(f => f.Items)
                .Count(f => f.Value.Plain.Contains(said, StringComparison.Ordinal))
        );
    }

    [Theory]
    [InlineData(2, 4, "primary", "值班 林晓 / 吴桐 · 11:32 起 赵宁 / 吴桐")]
    [InlineData(-2, 4, "primary", "值班 赵宁 / 吴桐 · 13:32 起 林晓 / 吴桐")]
    [InlineData(2, 4, "dba", "值班 林晓 / 吴桐")]
    [InlineData(20, 30, "primary", "值班 林晓 / 吴桐")]
    public void It_names_who_is_on_call_and_who_will_be_before_the_shift_ends(
        int from,
        int until,
        string role,
        string said
    )
    {
        var content = RunbookOnDisk.Content with
        {
            Roster = RunbookOnDisk.Content.Roster with
            {
                Overrides =
                [
                    new RosterOverride(role, "zhao", World.Now.AddHours(from), World.Now.AddHours(until), "x")
                    {
                        File = "roster/x.yaml",
                        Line = 1,
                    },
                ],
            },
        };
        var duty = DutyOutlook.Of(content, DutyRoster.Plan(content, World.Now), World.Now, []);

        Assert.EndsWith(said, SlackTopic.Of([], World.Release, null, duty, Golden.Zh), StringComparison.Ordinal);
    }

    private static string Topic(params RedLight[] lights) =>
        SlackTopic.Of(lights, World.Release, null, Duty, Golden.En);

    private static RedLight Red(string hook, EpisodeLight light, Run run) =>
        new(new Episode(4, hook, World.Now.AddMinutes(-2), World.Now, light, run.Id), run);

    private static RedLight Dismissed(string hook, EpisodeLight light) =>
        Red(hook, light, World.Run(RunState.Aborted, outcome: new Refusal("dismissed", "§4.4", "mei", "x")));
}
