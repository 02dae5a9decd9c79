using System.Globalization;
using Glancy.Bot.Tests.Crash;
using Glancy.Sandbox.Slack;
using Glancy.Sandbox.Slack.Page;
using Glancy.Sandbox.Worlds;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Playwright;

namespace Glancy.Bot.Tests.Slack;

/// <summary>
/// The three dots of a message, in a real browser, on a desk and on a phone: a follow-up, an incident, and the message
/// pinned to it.
/// </summary>
public sealed class MessageMenuPageTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_adds_a_follow_up_and_opens_an_incident_from_a_messages_menu()
    {
        await using var house = new ChannelWorld { Beginning = Beginning.BadRelease };
        await house.InitializeAsync();
        await using var server = await PageServer.StartAsync(
            Seat.Of(house.World, BotCommand.Find(null)),
            0,
            NullLoggerFactory.Instance,
            Token
        );
        await using var browser = await Browser.StartAsync(server.Url);
        foreach (var (person, width) in new[] { (ChannelWorld.Lin, 1280), (ChannelWorld.Wu, 390) })
        {
            var page = await browser.AsAsync(person, width);
            var words = $"查词变慢，{width} 有人报障";
            var said =
                await house.Workspace.SayAsync(ChannelWorld.Mei, Team.OpsChannel, words, null, Token)
                ?? throw new InvalidOperationException("Nothing was said.");
            var message = page.Locator($"[data-test=message][data-ts='{said.Ts}']");

            await TakeAsync(page, message, "handover-add", $"menu-{width}");
            await Wait.UntilAsync(
                async () =>
                    await house.BotAsync(
                        $"select count(*) from glancy.follow_up where source = '{said.Channel}/{said.Ts}'",
                        Token
                    ) == "1",
                "the follow-up is noted",
                Token
            );

            await TakeAsync(page, message, "incident-open", null);
            var form = page.GetByTestId("modal");
            await form.WaitForAsync();
            Assert.Equal(words, await form.Locator("[data-block=title] [data-test=field]").InputValueAsync());
            await form.Locator("[data-block=severity] [data-test=field]").SelectOptionAsync("sev3");
            await PictureAsync(page, $"form-open-{width}");
            var overflow = await page.EvaluateAsync<int>(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            );
            Assert.True(
                overflow <= 0,
                string.Create(CultureInfo.InvariantCulture, $"nothing sticks out to the right at {width}: {overflow}")
            );
            await form.GetByTestId("modal-submit").ClickAsync();
            await form.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Hidden });
            await Wait.UntilAsync(
                async () =>
                    await house.BotAsync(
                        $"select count(*) from glancy.incident where title = '{words}' and severity = 3",
                        Token
                    ) == "1",
                "the incident is open",
                Token
            );
            if (width == 1280)
            {
                await TakeAsync(page, message, "incident-pin", null);
                await Wait.UntilAsync(
                    async () =>
                        await house.BotAsync(
                            "select count(*) from glancy.incident_event where kind = 'pinned-by'",
                            Token
                        ) == "1",
                    "the message is pinned to the only one",
                    Token
                );
            }
            else
            {
                await TakeAsync(page, message, "incident-pin", null);
                await form.WaitForAsync();
                await PictureAsync(page, $"form-pin-{width}");
                await form.GetByTestId("modal-cancel").ClickAsync();
            }

            await PictureAsync(page, $"after-{width}");
        }
    }

    // The tools are there while the pointer is; what is posted meanwhile moves the message away from under it, and then
    // it is tried again.
    private static Task TakeAsync(IPage page, ILocator message, string shortcut, string? picture) =>
        Wait.UntilAsync(
            async () =>
            {
                try
                {
                    var menu = message.GetByTestId("message-menu");
                    if (!await menu.IsVisibleAsync())
                    {
                        await message.HoverAsync(new LocatorHoverOptions { Timeout = 2000 });
                        await message
                            .GetByTestId("message-more")
                            .ClickAsync(new LocatorClickOptions { Timeout = 2000 });
                        await menu.WaitForAsync(new LocatorWaitForOptions { Timeout = 2000 });
                    }

                    if (picture is not null)
                    {
                        await PictureAsync(page, picture);
                    }

                    await menu.Locator($"[data-callback={shortcut}]")
                        .ClickAsync(new LocatorClickOptions { Timeout = 2000 });
                    return true;
                }
                catch (Exception moved) when (moved is TimeoutException or PlaywrightException)
                {
                    return false;
                }
            },
            $"{shortcut} is taken",
            Token
        );

    // For whoever wants to look at it; left out where nobody asked.
    private static Task PictureAsync(IPage page, string name) =>
        Environment.GetEnvironmentVariable("GLANCY_PICTURES") is { Length: > 0 } folder
            ? page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, name + ".png") })
            : Task.CompletedTask;
}
