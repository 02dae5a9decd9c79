using Glancy.Bot.Commands.Hooks.Chart;
using Glancy.Bot.Commands.Masking;
using Glancy.Bot.Commands.Procedures;
using Glancy.Bot.Commands.Slack;
using Glancy.Bot.Commands.Tests.Hooks.Chart;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Kernel;
using Glancy.Ops.Notices;
using Glancy.Ops.Procedures;
using Glancy.Ops.Roster;
using Glancy.Runbook.Masking;

namespace Glancy.Bot.Commands.Tests.Slack;

public class SlackNoticeTests
{
    private const string Hostile = "<!channel> <https://evil.example|click> <@UMEI00000> @here *x*";
    private static readonly OnCall OnCall = DutyRoster.Plan(RunbookOnDisk.Content, World.Now);

    private static PageMask Mask =>
        new(new Masker(RunbookOnDisk.Content.Masking, null, new HashSet<string>()), new HashSet<string>());

    private static Func<Phrasebook, SlackShown> Card(Run run) =>
        words =>
        {
            var names = RunbookOnDisk.In(words);
            return SlackNotice.Card(run, run.Open ? Confirmers.Of(run, OnCall, names) : null, names, Mask);
        };

    private static Func<Phrasebook, SlackShown> Charted(Run run, HookChartFacts facts) =>
        words => SlackChart.Under(Card(run)(words), new SlackChart("F0CHART01", facts), RunbookOnDisk.In(words), Mask);

    private static HookChartFacts Drawn(IEnumerable<double?> values, params ChartMark[] marks) =>
        HookChartFacts.Of(Charts.Of(Charts.Series("HK-03", values), marks));

    private static Func<Phrasebook, SlackShown> Said(
        string kind,
        string template,
        Run? run,
        bool doubled = false,
        params (string Name, string Value)[] facts
    ) =>
        words =>
            SlackNotice.Words(
                new Notice
                {
                    Id = 1,
                    Key = "k",
                    Kind = kind,
                    At = World.Now,
                    Template = template,
                    Arguments = facts.ToDictionary(f => f.Name, f => f.Value),
                    RunId = run?.Id,
                    Revision = 1,
                },
                run,
                OnCall.Holders["primary"],
                doubled,
                RunbookOnDisk.In(words),
                Mask
            );

    [Theory]
    [InlineData("page", "page-incident")]
    [InlineData("direct", "direct-incident")]
    public void A_call_for_an_incident_can_be_acknowledged_where_it_stands(string kind, string template) =>
        Golden.CheckSlack(
            template,
            Said(
                kind,
                template,
                null,
                facts:
                [
                    ("incident", "INC-2025-0418-01"),
                    ("severity", "Sev-1"),
                    ("title", Hostile),
                    ("to_roles", "primary"),
                    ("to", "lin"),
                    ("step", "1"),
                    ("until_at", "2025-04-18T01:37:05.0000000+00:00"),
                ]
            )
        );

    [Fact]
    public void A_light_that_is_nobodys_is_asked_about_with_a_button() =>
        Golden.CheckSlack(
            "page-alone",
            Said(
                "page",
                "page-alone",
                null,
                facts:
                [
                    ("hook", "HK-03"),
                    ("value", "1.31×"),
                    ("batch", "REL-B3"),
                    ("since_at", "2025-04-18T01:30:05.0000000+00:00"),
                    ("light", "Red"),
                    (
                        "alone",
                        new Glancy.Ops.Watching.NobodysReason(
                            "R-17",
                            RunState.Aborted,
                            "mei",
                            Dismissed: true,
                            null
                        ).ToFact()
                    ),
                ]
            )
        );

    [Fact]
    public void A_draft_behind_which_nobody_on_duty_stands_mentions_nobody()
    {
        var shown = Card(World.Run(RunState.Draft) with { RequestedBy = "olga" })(Golden.En);

        Assert.DoesNotContain(
            "<@",
            shown.Text + System.Text.Json.JsonSerializer.Serialize(shown.Blocks, Glancy.Slack.SlackJson.Options),
            StringComparison.Ordinal
        );
        Assert.Contains("<@", Card(World.Run(RunState.Draft))(Golden.En).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_draft_of_the_bot() =>
        Golden.CheckSlack("card-draft", Card(World.Run(RunState.Draft, context: World.Red)));

    [Fact]
    public void The_draft_of_the_bot_with_its_picture() =>
        Golden.CheckSlack(
            "card-draft-chart",
            Charted(
                World.Run(RunState.Draft, context: World.Red),
                Drawn(Charts.Turning(Charts.Measure("HK-03")), Charts.Promote)
            )
        );

    [Fact]
    public void Recovered_with_its_picture() =>
        Golden.CheckSlack(
            "card-succeeded-chart",
            Charted(
                World.Run(RunState.Succeeded, done: 16, context: World.Red),
                Drawn(
                    [.. Charts.Turning(Charts.Measure("HK-03")), 1.1, 0.6],
                    Charts.Promote,
                    new ChartMark(World.Now.AddMinutes(1), null)
                )
            )
        );

    [Fact]
    public void A_picture_never_makes_a_card_too_long_for_slack()
    {
        var names = RunbookOnDisk.In(Golden.En);
        var full = new SlackShown("t", [.. Enumerable.Repeat(new Glancy.Slack.Blocks.DividerBlock(), 50)]);

        var shown = SlackChart.Under(full, new SlackChart("F1", Drawn([1, 2])), names, Mask);

        Assert.Equal(50, shown.Blocks.Count);
        Assert.IsType<Glancy.Slack.Blocks.ImageBlock>(shown.Blocks[^1]);
        Assert.Same(full, SlackChart.Under(full, null, names, Mask));
    }

    [Fact]
    public void Personal_data_stays_out_of_the_words_of_a_picture()
    {
        var change = World.Red.ChangesBefore[0] with { Target = "13812345678" };

        var shown = SlackChart.Under(
            new SlackShown("t", []),
            new SlackChart("F1", Drawn([1, 2], new ChartMark(change.At, change))),
            RunbookOnDisk.In(Golden.En),
            Mask
        );

        Assert.DoesNotContain(
            "13812345678",
            System.Text.Json.JsonSerializer.Serialize(shown.Blocks, Glancy.Slack.SlackJson.Options),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Who_is_asked_what_for_and_what_comes_next_stand_in_the_first_block_and_in_the_text()
    {
        var shown = Card(World.Run(RunState.AwaitingSecond))(Golden.En);

        var first = Assert.IsType<Glancy.Slack.Blocks.SectionBlock>(shown.Blocks[0]).Text?.Text ?? "";
        foreach (var words in new[] { first, shown.Text })
        {
            Assert.Contains("<@ULIN00000>", words, StringComparison.Ordinal);
            Assert.Contains(
                "R-17 Roll back REL-B3 (full): 🟡 waits for a second person",
                words,
                StringComparison.Ordinal
            );
            Assert.Contains("You can: Confirm R-17 as second person", words, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(shown.Blocks, b => b is Glancy.Slack.Blocks.HeaderBlock);
        Assert.Contains("Reason: ", shown.Text, StringComparison.Ordinal);
        Assert.InRange(shown.Text.Length, 1, 4_000);
    }

    [Theory]
    [InlineData(RunState.Paused, 1, true)]
    [InlineData(RunState.Paused, 2, true)]
    [InlineData(RunState.Running, 2, false)]
    [InlineData(RunState.Succeeded, 2, false)]
    [InlineData(RunState.Aborted, 2, false)]
    public void A_page_keeps_its_buttons_as_long_as_it_asks_for_something(RunState state, int revision, bool asks)
    {
        var shown = SlackNotice.Words(
            new Notice
            {
                Id = 1,
                Key = "k",
                Kind = "page",
                At = World.Now,
                Template = "page-failed",
                Arguments = new Dictionary<string, string> { ["run"] = "R-17" },
                RunId = 17,
                Revision = revision,
            },
            World.Run(state),
            [],
            doubled: false,
            RunbookOnDisk.In(Golden.En),
            Mask
        );

        Assert.Equal(asks, shown.Blocks.Any(b => b is Glancy.Slack.Blocks.ActionsBlock));
        Assert.Equal(!asks, shown.Text.Contains("✔ Now: ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_context_line_keeps_within_what_slack_takes()
    {
        var page = new Glancy.Bot.Commands.Pages.Page("t", []) { Foot = new string('f', 3_000) };

        var foot = Assert.IsType<Glancy.Slack.Blocks.ContextBlock>(SlackPage.Render(page, [], Golden.En).Blocks[^1]);
        Assert.Equal(2_000, Assert.IsType<Glancy.Slack.Blocks.Mrkdwn>(foot.Elements[0]).Text.Length);
    }

    [Theory]
    [InlineData(50)]
    [InlineData(100)]
    public void A_place_takes_as_many_blocks_as_it_takes_and_what_is_cut_is_said(int most)
    {
        var page = new Glancy.Bot.Commands.Pages.Page(
            "t",
            [.. Enumerable.Range(0, 120).Select(i => new Glancy.Bot.Commands.Pages.Block.Paragraph($"p{i}"))]
        );

        var blocks = SlackPage.Render(page, [], Golden.En, most).Blocks;
        Assert.Equal(most, blocks.Count);
        Assert.Contains(
            $"{121 - (most - 1)} more parts",
            Assert
                .IsType<Glancy.Slack.Blocks.Mrkdwn>(
                    Assert.IsType<Glancy.Slack.Blocks.ContextBlock>(blocks[^1]).Elements[0]
                )
                .Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Waiting_for_a_second_person() =>
        Golden.CheckSlack("card-awaiting-second", Card(World.Run(RunState.AwaitingSecond)));

    [Fact]
    public void Running() =>
        Golden.CheckSlack("card-running", Card(World.Run(RunState.Running, done: 4, next: StepState.Started)));

    [Fact]
    public void Paused_because_it_failed() =>
        Golden.CheckSlack(
            "card-paused-failed",
            Card(
                World.Run(
                    RunState.Paused,
                    PauseReason.Failed,
                    4,
                    StepState.Failed,
                    new Refusal("script-failed", "§2.3", "rollback_stage", "1")
                )
            )
        );

    [Fact]
    public void Paused_because_it_is_unknown() =>
        Golden.CheckSlack(
            "card-paused-unknown",
            Card(
                World.Run(
                    RunState.Paused,
                    PauseReason.Unknown,
                    4,
                    StepState.Unknown,
                    new Refusal("deadline-passed", "§4.4", "execute", "00:10:00")
                )
            )
        );

    [Fact]
    public void Paused_because_somebody_else_changed_things() =>
        Golden.CheckSlack(
            "card-paused-drift",
            Card(
                World.Run(
                    RunState.Paused,
                    PauseReason.Drift,
                    5,
                    StepState.Pending,
                    new Refusal("drift", "§4.4", "release/prod", "REL-B3 0% | REL-B3 15%", "REL-B3 50%")
                )
            )
        );

    [Fact]
    public void Paused_for_a_manual_step() =>
        Golden.CheckSlack(
            "card-paused-manual",
            Card(
                World.Run(
                    RunState.Paused,
                    PauseReason.Manual,
                    6,
                    StepState.Waiting,
                    new Refusal("manual-needed", "", "basic-proven", "R-17")
                )
            )
        );

    [Fact]
    public void Verifying() =>
        Golden.CheckSlack("card-verifying", Card(World.Run(RunState.Verifying, done: 9, next: StepState.Waiting)));

    [Fact]
    public void Succeeded() => Golden.CheckSlack("card-succeeded", Card(World.Run(RunState.Succeeded, done: 16)));

    [Fact]
    public void Aborted_with_something_left_to_do() =>
        Golden.CheckSlack(
            "card-aborted",
            Card(
                World.Run(
                    RunState.Aborted,
                    done: 4,
                    next: StepState.Failed,
                    outcome: new Refusal("aborted-by", "§4.4", "lin")
                )
            )
        );

    [Fact]
    public void Superseded() =>
        Golden.CheckSlack(
            "card-superseded",
            Card(World.Run(RunState.Superseded, outcome: new Refusal("stale-plan", "§4.4", "R-17", "R-18")))
        );

    [Fact]
    public void Expired() =>
        Golden.CheckSlack(
            "card-expired",
            Card(World.Run(RunState.Expired, outcome: new Refusal("expired", "§4.4", "R-17")))
        );

    [Fact]
    public void A_page_names_who_has_to_look_and_what_can_be_done() =>
        Golden.CheckSlack(
            "page",
            Said(
                "page",
                "page-failed",
                World.Run(RunState.Paused, PauseReason.Failed, 4, StepState.Failed),
                false,
                ("run", "R-17"),
                ("step", "execute"),
                ("step_title_zh", "切回旧版本"),
                ("step_title_en", "Switch back to the old version"),
                ("code", "script-failed"),
                ("because", "rollback_stage\n1")
            )
        );

    [Fact]
    public void A_page_that_may_have_been_posted_already_says_so() =>
        Golden.CheckSlack(
            "page-doubled",
            Said(
                "page",
                "page-no-batch",
                null,
                true,
                ("hook", "HK-03"),
                ("value", "1.31×"),
                ("limit", ">= 1.2×"),
                ("section", "5.2")
            )
        );

    [Fact]
    public void A_post() =>
        Golden.CheckSlack(
            "post",
            Said("post", "freeze", null, false, ("hook", "HK-01"), ("value", "3.2%"), ("limit", ">= 2%"))
        );

    [Fact]
    public void What_a_step_prints() =>
        Golden.CheckSlack(
            "output",
            Said(
                "output",
                "step-output",
                World.Run(RunState.Running),
                false,
                ("run", "R-17"),
                ("step", "execute"),
                ("attempt", "1"),
                (
                    "output",
                    "2025-04-18T01:33:24Z rollback of REL-B3: green carries 15%\n\n`rm` <!channel> "
                        + "13812345678\n2025-04-18T01:33:27Z traffic: green 0%, blue 100%"
                ),
                ("last", "traffic: green 0%, blue 100%")
            )
        );

    [Fact]
    public void A_post_with_hostile_words() =>
        Golden.CheckSlack(
            "post-hostile",
            Said("post", "freeze-by-person", null, false, ("person", "lin"), ("reason", Hostile))
        );

    [Fact]
    public void Words_from_outside_mention_nobody_and_link_nowhere()
    {
        var shown = Said("post", "freeze-by-person", null, false, ("person", "lin"), ("reason", Hostile))(Golden.En);

        var text = System.Text.Json.JsonSerializer.Serialize(shown.Blocks, Glancy.Slack.SlackJson.Options) + shown.Text;
        Assert.DoesNotContain("<!", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<@", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<http", text, StringComparison.Ordinal);
        Assert.Contains("&lt;!channel&gt;", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Personal_data_stays_out_of_the_channel()
    {
        var shown = Said("post", "freeze-by-person", null, false, ("person", "lin"), ("reason", "call 13812345678"))(
            Golden.En
        );

        Assert.DoesNotContain("13812345678", shown.Text, StringComparison.Ordinal);
    }
}
