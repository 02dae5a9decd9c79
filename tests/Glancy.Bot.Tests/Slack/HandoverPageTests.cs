using Glancy.Bot.Tests.Crash;
using Glancy.Sandbox.Slack;
using Glancy.Sandbox.Slack.Page;
using Glancy.Sandbox.Worlds;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Playwright;

namespace Glancy.Bot.Tests.Slack;

/// <summary>
/// A change of shift where people are, in a real browser: what is left for the next shift, the card, and the button
/// that moves the role.
/// </summary>
public sealed class HandoverPageTests
{
    private const string Chen = "UCHEN0000";
    private const string Zhao = "UZHAO0000";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_shift_changes_and_the_role_moves_by_a_button()
    {
        await using var house = new ChannelWorld { Beginning = Beginning.GoodRelease };
        await house.InitializeAsync();
        await using var server = await PageServer.StartAsync(
            Seat.Of(house.World, BotCommand.Find(null)),
            0,
            NullLoggerFactory.Instance,
            Token
        );
        await using var browser = await Browser.StartAsync(server.Url);
        var lin = await browser.AsAsync(ChannelWorld.Lin, 1280);

        // By a line, and by a mark on what somebody has said.
        await SayAsync(lin, "/glancy handover add 23:00 重新开放再生成");
        var said =
            await house.Workspace.SayAsync(ChannelWorld.Wu, Team.OpsChannel, "导出演练截图还没上传", null, Token)
            ?? throw new InvalidOperationException("Nothing was said.");
        var message = lin.Locator("[data-test=message]")
            .Filter(new LocatorFilterOptions { HasText = "导出演练截图还没上传" })
            .First;
        await MarkAsync(message, () => house.Workspace.Board.Find(said.Channel, said.Ts)?.Reactions.Count > 0);
        await Wait.UntilAsync(
            async () => await house.BotAsync("select count(*) from glancy.follow_up", Token) == "2",
            "both are noted",
            Token
        );

        // One replica is away over the boundary.
        await house.World.Replicas.Single(r => r.Place.Id == "a").KillAsync();
        await house.World.JumpAsync(
            new DateTimeOffset(2025, 4, 18, 11, 1, 0, TimeSpan.Zero) - house.World.Clock.Now,
            Token
        );
        await house.World.StartReplicaAsync("a", Token);
        await Wait.UntilAsync(() => house.Carrying("handover:").Count > 0, "the handover's card is posted", Token);
        var card = Assert.Single(house.Carrying("handover:"));
        Assert.Contains($"<@{Chen}>", card.Text, StringComparison.Ordinal);
        foreach (
            var wanted in new[]
            {
                "F-1",
                "23:00 重新开放再生成",
                "F-2",
                "导出演练截图还没上传",
                said.Ts.Replace(".", "", StringComparison.Ordinal),
                "REL-B",
            }
        )
        {
            Assert.Contains(wanted, card.Blocks?.Said() ?? "", StringComparison.Ordinal);
        }

        // Who leaves cannot take it; who comes can, on a phone, and then the group is theirs.
        await PressAsync(lin);
        Assert.Contains("chen", await house.AnswerAsync(ChannelWorld.Lin, 1, Token), StringComparison.Ordinal);
        var chen = await browser.AsAsync(Chen, 390);
        await PictureAsync(chen, "handover-waiting-390");
        await PressAsync(chen);
        await chen.GetByTestId("message").Filter(new LocatorFilterOptions { HasText = "已接班" }).First.WaitForAsync();
        await Wait.UntilAsync(
            () => house.Workspace.Members.Groups.Single().Users.ToHashSet().SetEquals([Chen, Zhao]),
            "@oncall is who has come",
            Token
        );
        await PictureAsync(lin, "handover-taken-1280");
        await PictureAsync(chen, "handover-taken-390");

        Assert.Single(house.Carrying("handover:"), m => !m.IsAnswer);
        Assert.Contains(
            house.Workspace.Board.Thread(card.Channel, card.Ts),
            m => m.IsAnswer && !m.IsBroadcast && m.Text.Contains("已接班", StringComparison.Ordinal)
        );
    }

    private static async Task SayAsync(IPage page, string line)
    {
        await page.GetByTestId("composer-input").FillAsync(line);
        await page.GetByTestId("composer-send").ClickAsync();
    }

    // The tools are there while the pointer is; what is posted meanwhile moves the message away from under it, and then
    // it is tried again.
    private static Task MarkAsync(ILocator message, Func<bool> marked) =>
        Wait.UntilAsync(
            async () =>
            {
                await message.HoverAsync();
                var tool = message.Locator("[data-test=react][data-emoji=pushpin]");
                if (marked() || !await tool.IsVisibleAsync())
                {
                    return marked();
                }

                try
                {
                    await tool.ClickAsync(new LocatorClickOptions { Timeout = 2000 });
                    return true;
                }
                catch (TimeoutException)
                {
                    return marked();
                }
            },
            "the message is marked",
            Token
        );

    private static async Task PressAsync(IPage page)
    {
        var card = page.Locator("[data-test=message]:not([data-aside=true])")
            .Filter(new LocatorFilterOptions { HasText = "需跟进事项" })
            .Last;
        await card.GetByTestId("block-button").First.ClickAsync();
        await page.GetByTestId("confirm-yes").ClickAsync();
    }

    // For whoever wants to look at it; left out where nobody asked.
    private static Task PictureAsync(IPage page, string name) =>
        Environment.GetEnvironmentVariable("GLANCY_PICTURES") is { Length: > 0 } folder
            ? page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, name + ".png") })
            : Task.CompletedTask;
}
