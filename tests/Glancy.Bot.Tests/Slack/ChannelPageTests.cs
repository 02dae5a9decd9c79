using Glancy.Bot.Tests.Crash;
using Glancy.Sandbox.Slack.Page;
using Glancy.Sandbox.Worlds;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Playwright;

namespace Glancy.Bot.Tests.Slack;

/// <summary>
/// The main job where people are, in a real browser: from red to recovered, by one click and by two persons, at a desk
/// and on a phone.
/// </summary>
public sealed class ChannelPageTests
{
    private const int Desk = 1280;
    private const int Phone = 390;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Desk)]
    [InlineData(Phone)]
    public async Task The_bots_draft_takes_one_click(int width)
    {
        await using var house = new ChannelWorld();
        await using var seen = await SeenAsync(house);
        await house.CardAsync(Token);
        var lin = await seen.Browser.AsAsync(ChannelWorld.Lin, width);
        await ChartAsync(lin, "竖线 1", width);
        await PictureAsync(lin, $"draft-{width}");

        await SayAsync(lin, "/glancy hk");
        await Expect(lin, "HK-01").WaitForAsync();
        await PressAsync(lin, "R-1");

        await RecoveredAsync(house, "1", lin);
        await ChartAsync(lin, "竖线 2", width);
        await PictureAsync(lin, $"one-click-{width}");
        Assert.Equal("1", await house.BotAsync("select count(*) from glancy.confirmation where run_id = 1", Token));
    }

    [Theory]
    [InlineData(Desk)]
    [InlineData(Phone)]
    public async Task A_persons_rollback_takes_two(int width)
    {
        await using var house = new ChannelWorld { Beginning = Beginning.GoodRelease };
        await using var seen = await SeenAsync(house);
        var lin = await seen.Browser.AsAsync(ChannelWorld.Lin, width);
        var mei = await seen.Browser.AsAsync(ChannelWorld.Mei, width);

        await SayAsync(lin, "/glancy rollback REL-B3 --reason 客户投诉释义错误");
        await Wait.UntilAsync(() => house.Carrying("run:1").Count == 1, "the draft's card is posted", Token);
        await PressAsync(lin, "R-1");
        await Wait.UntilAsync(
            async () => await house.BotAsync("select state from glancy.run where id = 1", Token) == "AwaitingSecond",
            "it waits for a second person",
            Token
        );
        await PictureAsync(mei, $"two-persons-{width}");
        await PressAsync(mei, "R-1");

        await RecoveredAsync(house, "1", mei);
        Assert.Equal(
            "2",
            await house.BotAsync("select count(distinct person) from glancy.confirmation where run_id = 1", Token)
        );
    }

    private static async Task SayAsync(IPage page, string line)
    {
        await page.GetByTestId("composer-input").FillAsync(line);
        await page.GetByTestId("composer-send").ClickAsync();
    }

    // The card's own button, and the question Slack asks before it.
    private static async Task PressAsync(IPage page, string run)
    {
        var card = page.Locator("[data-test=message]:not([data-aside=true])")
            .Filter(new LocatorFilterOptions { HasText = run })
            .Filter(new LocatorFilterOptions { Has = page.GetByTestId("block-button") })
            .Last;
        await card.GetByTestId("block-button").First.ClickAsync();
        await page.GetByTestId("confirm-yes").ClickAsync();
    }

    // The card's picture is there, whole, and as wide as the channel lets it be.
    private static async Task ChartAsync(IPage page, string mark, int width)
    {
        var chart = page.GetByTestId("block-image").Filter(new LocatorFilterOptions { HasText = mark }).Locator("img");
        await chart.ScrollIntoViewIfNeededAsync();
        await Wait.UntilAsync(
            async () => await chart.EvaluateAsync<int>("i => i.complete ? i.naturalWidth : 0") == 800,
            "the browser has the picture",
            Token
        );
        var box = await chart.BoundingBoxAsync();
        Assert.InRange(box?.Width ?? 0, Math.Min(width, 520) * 0.8f, Math.Min(width, 520));
    }

    private static ILocator Expect(IPage page, string text) =>
        page.Locator("[data-test=message][data-aside=true]").Filter(new LocatorFilterOptions { HasText = text }).Last;

    // The card of the page itself says so.
    private static async Task RecoveredAsync(ChannelWorld house, string run, IPage page)
    {
        for (var i = 0; i < 40; i++)
        {
            if (
                await Wait.TryUntilAsync(
                    async () =>
                        await house.BotAsync($"select state from glancy.run where id = {run}", Token) == "Succeeded",
                    TimeSpan.FromSeconds(2),
                    Token
                )
            )
            {
                await page.GetByTestId("block-header")
                    .Filter(new LocatorFilterOptions { HasText = "成功" })
                    .First.WaitForAsync();
                return;
            }

            await house.World.AdvanceAsync(TimeSpan.FromMinutes(2), Token);
        }

        var state = await house.BotAsync(
            $"select state || ' ' || coalesce(pause, '') from glancy.run where id = {run}",
            Token
        );
        Assert.Fail($"R-{run} did not recover: {state}");
    }

    private static async Task<Seen> SeenAsync(ChannelWorld house)
    {
        await house.InitializeAsync();
        var server = await PageServer.StartAsync(
            Seat.Of(house.World, BotCommand.Find(null)),
            0,
            NullLoggerFactory.Instance,
            Token
        );
        return new Seen(server, await Browser.StartAsync(server.Url));
    }

    // For whoever wants to look at it; left out where nobody asked.
    private static Task PictureAsync(IPage page, string name) =>
        Environment.GetEnvironmentVariable("GLANCY_PICTURES") is { Length: > 0 } folder
            ? page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, name + ".png") })
            : Task.CompletedTask;

    private sealed record Seen(PageServer Server, Browser Browser) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Browser.DisposeAsync();
            await Server.DisposeAsync();
        }
    }
}
