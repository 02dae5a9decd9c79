using System.Net;
using Glancy.Sandbox.Slack.Page;
using Glancy.Sandbox.Slack.Page.Conversation;
using Microsoft.Extensions.Logging.Abstractions;

namespace Glancy.Sandbox.Tests.Slack.Page;

public sealed class PageServerTests : IAsyncLifetime
{
    private readonly HttpClient http = new();
    private PageServer? server;

    private PageServer Server => server ?? throw new InvalidOperationException("Not started.");

    public async ValueTask InitializeAsync() =>
        server = await PageServer.StartAsync(
            new Seat(Drawing.Workspace(), null, new NoCompletions(), TimeProvider.System),
            0,
            NullLoggerFactory.Instance,
            TestContext.Current.CancellationToken
        );

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await Server.DisposeAsync();
    }

    [Theory]
    [InlineData("", "text/html", "/_framework/blazor.web.js")]
    [InlineData("side-by-side?as=ULIN00000&as=UOLGA0000", "text/html", "/page.js")]
    [InlineData("page.css", "text/css", "prefers-")]
    [InlineData("page.js", "text/javascript", "data-theme-switch")]
    [InlineData("icon.svg", "image/svg+xml", "<svg")]
    [InlineData("_framework/blazor.web.js", "text/javascript", "Blazor")]
    public async Task Everything_the_page_needs_comes_from_the_program(string path, string type, string holds)
    {
        using var answer = await http.GetAsync(new Uri(Server.Url, path), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains(
            holds,
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
        Assert.Contains(
            answer.Headers.GetValues("Content-Security-Policy"),
            policy => policy.Contains("script-src 'self';", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("", "Host", "evil.example")]
    [InlineData("", "Origin", "https://evil.example")]
    [InlineData("_blazor/negotiate?negotiateVersion=1", "Origin", "null")]
    [InlineData("files/F1", "Origin", "http://localhost:1")]
    public async Task A_page_of_another_origin_gets_nothing(string path, string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Server.Url, path));
        request.Headers.TryAddWithoutValidation(header, value);
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_not_found()
    {
        using var answer = await http.GetAsync(new Uri(Server.Url, "files/F1"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public void Scripts_can_hide_in_no_picture_that_is_shown() =>
        Assert.DoesNotContain("image/svg+xml", FileView.Pictures);
}
