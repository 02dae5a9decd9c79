using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Procedures;
using Glancy.Bot.Commands.Slack;
using Glancy.Ops.Procedures;
using Glancy.Ops.Roster;
using Glancy.Slack.Blocks;
using PageBlock = Glancy.Bot.Commands.Pages.Block;

namespace Glancy.Bot.Commands.Tests.Slack;

/// <summary>What a card looks like to whoever has to press something on it, half asleep and on a phone.</summary>
public class SlackFaceTests
{
    private static readonly OnCall OnCall = DutyRoster.Plan(RunbookOnDisk.Content, World.Now);

    [Theory]
    [InlineData(RunState.Draft, "run confirm")]
    [InlineData(RunState.AwaitingSecond, "run confirm")]
    [InlineData(RunState.Paused, "run retry")]
    public void One_button_stands_out_and_it_is_what_is_expected(RunState state, string expected)
    {
        var primary = Assert.Single(Buttons(state), b => b.Style == "primary");

        Assert.StartsWith("glancy " + expected, primary.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_several_that_are_expected_only_the_first_stands_out()
    {
        var step = new NextStep("do it", "glancy handover accept", Changes: true) { Weight = Weight.Expected };
        var page = new Page("t", [new PageBlock.Actions([step]), new PageBlock.Actions([step with { Label = "too" }])]);

        Assert.Equal(["primary", null], Pressed(SlackPage.Render(page, [], Golden.En)).Select(b => b.Style));
    }

    [Theory]
    [InlineData(RunState.Draft)]
    [InlineData(RunState.AwaitingSecond)]
    [InlineData(RunState.Running)]
    [InlineData(RunState.Verifying)]
    [InlineData(RunState.Paused)]
    [InlineData(RunState.Succeeded)]
    public void Red_is_only_what_destroys(RunState state) =>
        Assert.All(
            Buttons(state).Where(b => b.Style == "danger"),
            b => Assert.Matches("^glancy run (abort|skip) |--break-glass", b.Value)
        );

    [Fact]
    public void A_draft_is_dismissed_from_the_menu_not_beside_the_confirmation()
    {
        Assert.DoesNotContain(
            Buttons(RunState.Draft),
            b => (b.Value ?? "").Contains("dismiss", StringComparison.Ordinal)
        );
        var menu = Assert.Single(Rows(RunState.Draft).SelectMany(r => r.Elements).OfType<Overflow>());
        Assert.Contains("glancy run dismiss R-17", Assert.Single(menu.Options).Value, StringComparison.Ordinal);
    }

    [Fact]
    public void The_dialog_says_what_comes_of_it_and_no_command()
    {
        var dialog = Buttons(RunState.Draft).Select(b => b.Confirm).OfType<Confirm>().Single();

        Assert.StartsWith(
            "Freezes the train, sends all traffic of REL-B3 back",
            dialog.Text.Text,
            StringComparison.Ordinal
        );
        Assert.Contains("takes about 6", dialog.Text.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("glancy ", dialog.Text.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_buttons_of_a_draft_stand_on_the_first_screen_of_a_phone()
    {
        var blocks = Card(RunState.Draft).Blocks;
        var above = blocks.TakeWhile(b => b is not ActionsBlock).OfType<SectionBlock>().Select(s => s.Text?.Text ?? "");

        // A phone has about twenty lines of twenty-four Chinese signs, or twice as many Latin letters.
        Assert.InRange(above.SelectMany(t => t.Split('\n')).Sum(l => 1 + (Width(l) / 48)), 1, 18);
        Assert.InRange(blocks.Count, 1, 10);
    }

    [Fact]
    public void What_a_procedure_does_is_said_by_its_file_for_every_one_that_ships() =>
        Assert.All(RunbookOnDisk.Content.Procedures.Values, p => Assert.NotNull(p.Consequence));

    [Fact]
    public void Without_its_own_sentence_a_procedure_says_what_its_plan_changes()
    {
        var run = World.Run(RunState.Draft);
        var said = RunFacts.Consequence(
            run with
            {
                Definition = run.Definition with { Consequence = null, Takes = null },
            },
            RunbookOnDisk.In(Golden.En)
        );

        Assert.Contains("->", said.Plain.Replace("→", "->", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.EndsWith(".", said.Plain, StringComparison.Ordinal);
    }

    [Fact]
    public void A_light_is_coloured_and_keeps_its_word()
    {
        var red = Golden.En.Of("light", Glancy.Runbook.Hooks.Light.Red).In(Tone.Bad).As(Signal.Bad);
        var page = new Page("t", [new PageBlock.Paragraph("HK-01 " + red)]);

        Assert.Contains(
            SlackPage.Render(page, [], Golden.En).Blocks.OfType<SectionBlock>(),
            s => s.Text?.Text == "HK-01 🔴 RED"
        );
        Assert.Contains("■ RED", TerminalPage.Render(page, 80, colour: false), StringComparison.Ordinal);
    }

    [Fact]
    public void Breaking_the_glass_says_what_it_waives_whom_it_pages_and_who_reviews() =>
        Golden.CheckForm(
            "ask-break-glass",
            words =>
                CommandForm.View(
                    new AskedForm("glancy run confirm R-9 4b0d26 --break-glass --reason ...", "C1", null),
                    Golden.Book,
                    words
                )
        );

    [Fact]
    public void What_a_run_changed_for_a_time_is_told_when_it_is_over_with_where_to_go()
    {
        var run = World.Run(RunState.Succeeded);
        var page = RunCard.Page(
            run,
            null,
            RunbookOnDisk.In(Golden.En),
            RunBeside.Nothing with
            {
                Standing = ["L-1", "L-2"],
            }
        );

        Assert.Contains(
            page.Blocks.OfType<PageBlock.Facts>().SelectMany(f => f.Items),
            f => f.Value.Plain.StartsWith("L-1, L-2; ", StringComparison.Ordinal)
        );
        Assert.Contains(
            page.Blocks.OfType<PageBlock.Actions>().SelectMany(a => a.Items),
            s => s.Command == "glancy lease list"
        );
    }

    [Theory]
    [InlineData(50, 50, "first")]
    [InlineData(51, 50, "2 earlier steps")]
    [InlineData(120, 50, "71 earlier steps")]
    public void A_plan_that_is_too_long_says_how_many_steps_came_before(int steps, int shown, string begins)
    {
        var tasks = Enumerable
            .Range(0, steps)
            .Select(i => new TaskLine(i == 0 ? "first" : $"step {i}", TaskEnd.Done, Text.Empty));
        var page = new Page("t", [new PageBlock.Tasks("Steps", [.. tasks])]);

        var plan = Assert.Single(SlackPage.Render(page, [], Golden.En).Blocks.OfType<PlanBlock>());
        Assert.Equal(shown, plan.Tasks.Count);
        Assert.Equal(begins, plan.Tasks[0].Title);
    }

    private static int Width(string line) => line.Sum(letter => letter > 0x2e80 ? 2 : 1);

    private static SlackShown Card(RunState state)
    {
        var run = World.Run(state);
        var names = RunbookOnDisk.In(Golden.En);
        var confirmers = run.Open ? Confirmers.Of(run, OnCall, names) : null;
        return SlackPage.Render(RunCard.Page(run, confirmers, names, RunBeside.Nothing), [], Golden.En);
    }

    private static IEnumerable<ActionsBlock> Rows(RunState state) => Card(state).Blocks.OfType<ActionsBlock>();

    private static List<Button> Buttons(RunState state) =>
        [.. Rows(state).SelectMany(r => r.Elements).OfType<Button>()];

    private static IEnumerable<Button> Pressed(SlackShown shown) =>
        shown.Blocks.OfType<ActionsBlock>().SelectMany(r => r.Elements).OfType<Button>();
}
