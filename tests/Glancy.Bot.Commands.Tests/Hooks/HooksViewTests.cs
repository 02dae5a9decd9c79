using Glancy.Bot.Commands.Hooks;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Hooks;
using Glancy.Runbook.Hooks;

namespace Glancy.Bot.Commands.Tests.Hooks;

public class HooksViewTests
{
    private static readonly HookSnapshot Mixed = World.Snapshot(
        World.Hook("HK-01", Light.Green, 0.9996),
        World.Hook("HK-02", Light.Green, 2.41, near: true),
        World.Hook("HK-03", Light.Red, 1.31),
        World.Hook("HK-04", Light.Yellow, 0.021),
        World.Hook("HK-05", Light.Unknown, null, UnknownReason.TooFewSamples),
        World.Hook(
            "HK-06",
            Light.Red,
            0.99,
            explained: "glancy.lookup.force_basic=true",
            more: World.Measure("HK-06", 0, Light.Red, 1.0, "green")
        )
    );

    [Fact]
    public void All_lights_at_once() =>
        Golden.Check("mixed", words => HooksView.Page(Mixed, false, RunbookOnDisk.In(words)), slack: true);

    [Fact]
    public void All_lights_fit_a_narrow_terminal() =>
        Golden.Check("mixed-60", words => HooksView.Page(Mixed, false, RunbookOnDisk.In(words)), width: 60);

    [Fact]
    public void All_green() =>
        Golden.Check(
            "green",
            words =>
                HooksView.Page(
                    World.Snapshot(World.Hook("HK-01", Light.Green, 1), World.Hook("HK-03", Light.Green, 0.42)),
                    false,
                    RunbookOnDisk.In(words)
                )
        );

    [Fact]
    public void Nothing_can_be_read() =>
        Golden.Check(
            "unreachable",
            words =>
                HooksView.Page(
                    World.Snapshot(
                        World.Hook("HK-01", Light.Unknown, null, UnknownReason.Unreachable),
                        World.Hook("HK-03", Light.Unknown, null, UnknownReason.Timeout)
                    ),
                    false,
                    RunbookOnDisk.In(words)
                )
        );

    [Fact]
    public void What_the_source_says_of_a_partial_answer_is_said() =>
        Golden.Check(
            "partial",
            words =>
                HooksView.Page(
                    World.Snapshot(
                        Partial("receive store sg-2: context deadline exceeded"),
                        World.Hook("HK-03", Light.Green, 0.42)
                    ),
                    false,
                    RunbookOnDisk.In(words)
                ),
            slack: true
        );

    [Fact]
    public void A_page_of_warnings_is_cut() =>
        Assert.EndsWith(
            "(" + new string('w', 160) + "…)",
            LightWords.Unknown(Partial(new string('w', 5000)).Measures[0], Golden.En).Plain,
            StringComparison.Ordinal
        );

    [Fact]
    public void The_worst_measure_leads() =>
        Golden.Check("worst-first", words => HooksView.Page(World.Snapshot(World.Ill), false, RunbookOnDisk.In(words)));

    private static HookReading Partial(string said)
    {
        var hook = World.Hook("HK-01", Light.Unknown, null, UnknownReason.PartialAnswer);
        return hook with { Measures = [hook.Measures[0] with { Said = said }] };
    }

    [Fact]
    public void One_hook_in_detail() =>
        Golden.Check(
            "detail",
            words =>
                HooksView.Page(World.Snapshot(World.Hook("HK-03", Light.Red, 1.31)), true, RunbookOnDisk.In(words)),
            slack: true
        );

    [Fact]
    public void Each_light_has_a_mark_and_a_word_of_its_own()
    {
        foreach (var words in new[] { Golden.Zh, Golden.En })
        {
            var said = Enum.GetValues<Light>().Select(light => LightWords.Of(light, words).Plain).ToList();
            Assert.Equal(said.Count, said.Select(s => s[0]).Distinct().Count());
            Assert.Equal(said.Count, said.Select(s => s[2..]).Distinct().Count());
        }
    }
}
