using Glancy.Bot.Tests.Crash;
using Glancy.Sandbox.Slack;

namespace Glancy.Bot.Tests.Slack;

/// <summary>
/// A button on the card of a draft that is past: nothing happens, and the answer says which draft stands in its place,
/// or that none does.
/// </summary>
public sealed class SlackOldButtonTests(ChannelWorld house) : IClassFixture<ChannelWorld>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_it_was_dismissed_it_says_that_none_stands_in_its_place_and_later_which_one_does()
    {
        await AsTheyWereAsync(async () =>
        {
            var (old, card) = await DraftAsync("dismissed");
            await house.SayAsync(ChannelWorld.Mei, $"/glancy run dismiss {old} --reason tidy", Token);
            await EndedAsync(old, "Aborted");

            var none = await PressedAsync(card, old);
            Assert.Contains("没有别的草案取代它", none, StringComparison.Ordinal);
            Assert.Contains("glancy kill-switch on --reason", none, StringComparison.Ordinal);

            var (next, _) = await DraftAsync("again");
            await NamesAsync(await PressedAsync(card, old), old, next);
            await house.SayAsync(ChannelWorld.Mei, $"/glancy run dismiss {next} --reason tidy", Token);
            await EndedAsync(next, "Aborted");
        });
    }

    [Fact]
    public async Task After_the_world_has_moved_it_names_the_plan_that_was_made_instead()
    {
        await AsTheyWereAsync(async () =>
        {
            var (old, card) = await DraftAsync("moved");
            Assert.Equal(
                0,
                (
                    await house.World.TypeAsync(
                        "mei",
                        ["configctl", "feature", "set", "glancy.exports.enabled", "false", "--env", "prod"],
                        Token
                    )
                ).Exit
            );
            await house.PressAsync(ChannelWorld.Mei, card, $"run confirm {old}", Token);
            await EndedAsync(old, "Superseded");
            var next = await house.BotAsync(
                $"select 'R-' || superseded_by from glancy.run where 'R-' || id = '{old}'",
                Token
            );

            await NamesAsync(await PressedAsync(card, old), old, next);
            await house.SayAsync(ChannelWorld.Mei, $"/glancy run dismiss {next} --reason tidy", Token);
            await EndedAsync(next, "Aborted");
        });
    }

    [Fact]
    public async Task After_the_bots_own_has_expired_it_names_the_one_that_was_drafted_anew()
    {
        await AsTheyWereAsync(async () =>
        {
            var card = await house.CardAsync(Token);
            var old = await house.BotAsync(
                "select 'R-' || min(run_id) from glancy.notice where key = 'episode:1'",
                Token
            );
            await house.World.AdvanceAsync(TimeSpan.FromMinutes(31), Token);
            await EndedAsync(old, "Expired");
            var next = "";
            await Wait.UntilAsync(
                async () =>
                    (
                        next = await house.BotAsync(
                            "select coalesce(max('R-' || r.id), '') from glancy.run r join glancy.episode e on "
                                + "e.run_id = r.id where r.state = 'Draft'",
                            Token
                        )
                    ).Length > 0,
                "it is drafted anew",
                Token
            );

            await NamesAsync(await PressedAsync(card, old), old, next);
        });
    }

    // Slack does not change any card meanwhile, so that the old buttons stay.
    private async Task AsTheyWereAsync(Func<Task> deed)
    {
        await house.World.Slack.FaultOnAsync(new SlackFault(SlackFaultKind.ServerError, "chat.update"), Token);
        try
        {
            await deed();
        }
        finally
        {
            await house.World.Slack.FaultOffAsync(null, Token);
        }
    }

    private async Task<string> PressedAsync(Message card, string run)
    {
        var told = house.Told(ChannelWorld.Wu).Count;
        await house.PressAsync(ChannelWorld.Wu, card, $"run confirm {run}", Token);
        var said = await house.AnswerAsync(ChannelWorld.Wu, told, Token);
        Assert.Equal("0", await house.BotAsync("select count(*) from glancy.confirmation where person = 'wu'", Token));
        return said;
    }

    private async Task NamesAsync(string said, string old, string next)
    {
        var code = await house.BotAsync(
            $"select left(plan_hash, 6) from glancy.run where 'R-' || id = '{next}'",
            Token
        );
        Assert.NotEqual(old, next);
        Assert.Contains($"由 {next} 取代", said, StringComparison.Ordinal);
        Assert.Contains($"glancy run show {next}", said, StringComparison.Ordinal);
        Assert.Contains($"glancy run confirm {next} {code}", said, StringComparison.Ordinal);
    }

    private Task EndedAsync(string run, string state) =>
        Wait.UntilAsync(
            async () =>
                await house.BotAsync($"select state from glancy.run where 'R-' || id = '{run}'", Token) == state,
            $"{run} is {state}",
            Token
        );

    private async Task<(string Run, Message Card)> DraftAsync(string reason)
    {
        await house.SayAsync(ChannelWorld.Lin, $"/glancy kill-switch on --reason \"{reason}\"", Token);
        var run = "";
        await Wait.UntilAsync(
            async () =>
                (
                    run = await house.BotAsync(
                        $"select coalesce(max('R-' || id), '') from glancy.run where reason = '{reason}'",
                        Token
                    )
                ).Length > 0,
            "a draft is there",
            Token
        );
        await Wait.UntilAsync(
            () => house.Carrying("run:" + run[2..]).Count == 1,
            $"the card of {run} is posted",
            Token
        );
        return (run, house.Carrying("run:" + run[2..])[0]);
    }
}
