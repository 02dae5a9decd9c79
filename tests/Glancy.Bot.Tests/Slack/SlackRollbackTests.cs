using Glancy.Bot.Tests.Crash;
using Glancy.Sandbox.Slack;
using Glancy.Sandbox.Slack.Blocks;

namespace Glancy.Bot.Tests.Slack;

/// <summary>
/// The rollback where people are: a card with a button, a click, a card that lives until everything is well.
/// </summary>
public sealed class SlackRollbackTests(ChannelWorld house) : IClassFixture<ChannelWorld>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_click_on_the_bots_draft_rolls_back_and_every_click_is_answered()
    {
        var card = await house.CardAsync(Token);
        Assert.Contains($"<@{ChannelWorld.Lin}>", card.Text, StringComparison.Ordinal);
        Assert.Contains("HK-01", card.Blocks?.Said() ?? "", StringComparison.Ordinal);

        // Somebody without a role, then two at the same time, each of them twice.
        await house.PressAsync(ChannelWorld.Olga, card, "run confirm", Token);
        Assert.Contains(
            "not on the roster",
            await house.AnswerAsync(ChannelWorld.Olga, 0, Token),
            StringComparison.Ordinal
        );
        // Slack does not change the card meanwhile, so that each of them finds the button.
        await house.World.Slack.FaultOnAsync(new SlackFault(SlackFaultKind.ServerError, "chat.update"), Token);
        try
        {
            await Task.WhenAll(
                house.PressAsync(ChannelWorld.Lin, card, "run confirm", Token),
                house.PressAsync(ChannelWorld.Wu, card, "run confirm", Token),
                house.PressAsync(ChannelWorld.Lin, card, "run confirm", Token),
                house.PressAsync(ChannelWorld.Wu, card, "run confirm", Token)
            );
        }
        finally
        {
            await house.World.Slack.FaultOffAsync(null, Token);
        }

        await Wait.UntilAsync(
            () => house.Told(ChannelWorld.Lin).Count >= 2 && house.Told(ChannelWorld.Wu).Count >= 2,
            "each of the four clicks is answered",
            Token
        );

        await RunsAsync("R-1", "succeeded", Token);

        Assert.Equal("1", await house.BotAsync("select count(*) from glancy.confirmation where run_id = 1", Token));
        await Wait.UntilAsync(
            () => house.Cards[0].Text.Contains("成功", StringComparison.Ordinal),
            "the card shows how it ended",
            Token
        );
        var last = Assert.Single(house.Cards);
        Assert.Equal(card.Ts, last.Ts);
        Assert.DoesNotContain("run confirm", last.Blocks?.Said() ?? "", StringComparison.Ordinal);
        await Wait.UntilAsync(
            () =>
                ChannelWorld.Picture(house.Cards[0])?.GetProperty("alt_text").GetString() is { } seen
                && seen.Contains("竖线 2", StringComparison.Ordinal),
            "its picture shows the recovery",
            Token
        );
        Assert.Contains(
            house.Workspace.Board.Thread(last.Channel, last.Ts),
            m => m.IsAnswer && m.Text.Contains("公告", StringComparison.Ordinal) && m.IsBroadcast
        );

        // What the script prints is one message in the thread, whole in the end.
        Assert.True(
            await Wait.TryUntilAsync(
                () =>
                    house.Carrying("output:1:execute:1") is [{ IsBroadcast: false } output]
                    && (output.Blocks?.Said() ?? "").Contains("rollback of REL-B5 done", StringComparison.Ordinal),
                TimeSpan.FromSeconds(20),
                Token
            ),
            "the output is in the thread"
        );
        Assert.Equal(last.Ts, house.Carrying("output:1:execute:1")[0].ThreadTs);

        // An old button: nothing happens, and that is said.
        var said = house.Told(ChannelWorld.Lin).Count;
        var ago = last with { Blocks = card.Blocks };
        await house.SayAsync(ChannelWorld.Lin, "/glancy run confirm R-1 " + Code(ago), Token);
        Assert.Contains("R-1", await house.AnswerAsync(ChannelWorld.Lin, said, Token), StringComparison.Ordinal);
        Assert.Equal("1", await house.BotAsync("select count(*) from glancy.confirmation where run_id = 1", Token));
    }

    [Theory]
    [InlineData("slack-taken")]
    [InlineData("slack-ran")]
    [InlineData("slack-written")]
    [InlineData("slack-answered")]
    public async Task A_command_is_answered_whatever_dies(string transition)
    {
        // Another command's end would be a transition, too, and the death would take this one before it is written
        // down.
        await Wait.UntilAsync(
            async () =>
                await house.BotAsync("select count(*) from glancy.slack_inbox where finished_at is null", Token) == "0",
            "nothing else is worked on",
            Token
        );
        var told = house.Told(ChannelWorld.Mei).Count;
        foreach (var id in new[] { "a", "b" })
        {
            house.World.KillAt(id, transition);
        }

        await house.SayAsync(ChannelWorld.Mei, "/glancy oncall", Token);
        await Wait.UntilAsync(() => house.World.Replicas.Any(r => !r.IsAlive), $"one dies at {transition}", Token);
        foreach (var id in new[] { "a", "b" })
        {
            File.Delete(house.World.Folder.Replica(id).KillFile);
            if (!house.World.Replicas.Single(r => r.Place.Id == id).IsAlive)
            {
                await house.World.StartReplicaAsync(id, Token);
            }
        }

        // The one that dies may take the acknowledgement with it, and Slack says so; the answer comes all the same.
        await Wait.UntilAsync(
            () => house.Told(ChannelWorld.Mei).Skip(told).Any(t => t.Contains("lin", StringComparison.Ordinal)),
            "the answer is there",
            Token
        );
    }

    [Fact]
    public async Task A_reason_is_asked_for_in_a_form_and_done_as_typed()
    {
        var told = house.Told(ChannelWorld.Olga).Count;
        var card = await house.CardAsync(Token);
        var waiting = await DraftAsync();
        Assert.True(waiting.Length > 0 && card.Ts.Length > 0);
        await house.SayAsync(ChannelWorld.Mei, "/glancy run show " + waiting, Token);
        await Wait.UntilAsync(
            () =>
                house
                    .Workspace.Asides.Of(ChannelWorld.Mei)
                    .Any(e => (e.Blocks?.Said() ?? "").Contains("run dismiss " + waiting, StringComparison.Ordinal)),
            "it is shown",
            Token
        );
        var shown = house
            .Workspace.Asides.Of(ChannelWorld.Mei)
            .Last(e => (e.Blocks?.Said() ?? "").Contains("run dismiss " + waiting, StringComparison.Ordinal));
        var offer = Assert.IsType<Offer>(ChannelWorld.Button(shown.Blocks, "run dismiss " + waiting));
        await house.Workspace.PressAsync(
            ChannelWorld.Mei,
            new Place.InEphemeral(shown.Id),
            offer.BlockId,
            offer.ActionId,
            offer.Choice,
            null,
            Token
        );
        await Wait.UntilAsync(
            () => house.Workspace.Screens.ModalsOf(ChannelWorld.Mei).Count == 1,
            "a form opens",
            Token
        );
        var view = house.Workspace.Screens.ModalsOf(ChannelWorld.Mei)[0];

        await house.Workspace.SubmitAsync(
            ChannelWorld.Mei,
            view.Id,
            System.Text.Json.JsonSerializer.SerializeToElement(
                new Dictionary<string, object>
                {
                    ["reason"] = new Dictionary<string, object>
                    {
                        ["value"] = new { type = "plain_text_input", value = "只是“试试” <!channel>" },
                    },
                }
            ),
            Token
        );

        await Wait.UntilAsync(
            async () =>
                await house.BotAsync($"select state from glancy.run where 'R-' || id = '{waiting}'", Token)
                    is "Aborted"
                        or "Dismissed",
            "it is dismissed",
            Token
        );
        Assert.Empty(house.Workspace.Screens.ModalsOf(ChannelWorld.Mei));
        Assert.Equal(told, house.Told(ChannelWorld.Olga).Count);
    }

    // A draft by a person, which needs two.
    private async Task<string> DraftAsync()
    {
        await house.SayAsync(ChannelWorld.Lin, "/glancy kill-switch on --reason drill", Token);
        var waiting = "";
        await Wait.UntilAsync(
            async () =>
                (
                    waiting = await house.BotAsync(
                        "select 'R-' || id from glancy.run where requested_by = 'lin' and state in ('Draft', "
                            + "'AwaitingSecond') order by id desc limit 1",
                        Token
                    )
                ).Length > 0,
            "a draft is there",
            Token
        );
        return waiting;
    }

    private async Task RunsAsync(string run, string state, CancellationToken cancellationToken)
    {
        var id = run[2..];
        for (var i = 0; i < 40; i++)
        {
            if (
                await Wait.TryUntilAsync(
                    async () =>
                        string.Equals(
                            await house.BotAsync($"select state from glancy.run where id = {id}", cancellationToken),
                            state,
                            StringComparison.OrdinalIgnoreCase
                        ),
                    TimeSpan.FromSeconds(2),
                    cancellationToken
                )
            )
            {
                return;
            }

            await house.World.AdvanceAsync(TimeSpan.FromMinutes(2), cancellationToken);
        }

        Assert.Fail(
            $"{run} did not come to {state}: "
                + $"{await house.BotAsync($"select state from glancy.run where id = {id}", cancellationToken)}"
        );
    }

    private static string Code(Message card) => card.Blocks?.Said().Split("run confirm R-1 ")[1].Split('"')[0] ?? "";
}
