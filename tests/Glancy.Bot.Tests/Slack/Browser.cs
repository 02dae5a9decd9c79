using Glancy.Sandbox.Processes;
using Microsoft.Playwright;

namespace Glancy.Bot.Tests.Slack;

/// <summary>Debian's Chromium, and a person's Slack in it.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private static readonly string[] Quiet =
    [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];

    private readonly IPlaywright playwright;
    private readonly IBrowser browser;
    private readonly Uri page;

    private Browser(IPlaywright playwright, IBrowser browser, Uri page)
    {
        this.playwright = playwright;
        this.browser = browser;
        this.page = page;
    }

    public static async Task<Browser> StartAsync(Uri page)
    {
        var playwright = await Playwright.CreateAsync();
        playwright.Selectors.SetTestIdAttribute("data-test");
        var browser = await playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions
            {
                ExecutablePath = Programs.FindChromium(),
                Headless = true,
                Args = Quiet,
            }
        );
        return new Browser(playwright, browser, page);
    }

    /// <summary>The channel as this person sees it, at this width.</summary>
    public async Task<IPage> AsAsync(string person, int width)
    {
        var phone = width < 500;
        var context = await browser.NewContextAsync(
            new BrowserNewContextOptions
            {
                ViewportSize = new ViewportSize { Width = width, Height = phone ? 844 : 900 },
                HasTouch = phone,
                Locale = "zh-CN",
            }
        );
        var opened = await context.NewPageAsync();
        opened.SetDefaultTimeout(30_000);
        await opened.GotoAsync(new Uri(page, "/?as=" + person).AbsoluteUri);
        await opened.GetByTestId("composer-input").WaitForAsync();
        return opened;
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }
}
