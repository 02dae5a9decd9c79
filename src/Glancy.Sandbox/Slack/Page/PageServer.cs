using System.Net;
using Glancy.Sandbox.Processes;
using Microsoft.AspNetCore.DataProtection;

namespace Glancy.Sandbox.Slack.Page;

/// <summary>
/// The web page of the sandbox's Slack, on a loopback port of its own. Style, scripts and Blazor's own script travel
/// inside the program, so that it is served the same from a build folder, a publish folder and a test.
/// </summary>
internal sealed class PageServer : IAsyncDisposable
{
    // Nothing but our own scripts runs, even if a message should ever become mark-up. Pictures may come from where a
    // message says.
    private const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: http: https:; connect-src "
        + "'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'";

    // A message may have 40,000 characters, and somebody will paste a log.
    private const int LongestPaste = 1 << 20;

    private readonly WebApplication app;

    private PageServer(WebApplication app)
    {
        this.app = app;
        Url = new Uri(app.Urls.Single().Replace("127.0.0.1", "localhost", StringComparison.Ordinal));
    }

    /// <summary>For example <c>http://localhost:8443/</c>.</summary>
    public Uri Url { get; }

    /// <param name="port">0 for any that is free.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<PageServer> StartAsync(
        Seat seat,
        int port,
        ILoggerFactory logging,
        CancellationToken cancellationToken
    )
    {
        var builder = WebApplication.CreateEmptyBuilder(
            new WebApplicationOptions { ApplicationName = typeof(PageServer).Assembly.GetName().Name }
        );
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        builder.Services.AddRouting();
        builder.Services.AddSingleton(logging).AddSingleton(seat);
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder
            .Services.AddRazorComponents()
            .AddInteractiveServerComponents()
            .AddHubOptions(hub => hub.MaximumReceiveMessageSize = LongestPaste);
        var app = builder.Build();
        app.Use(OurOwnPageAsync);
        app.UseRouting();
        app.UseAntiforgery();
        Asset(app, "/page.css", "page.css", "text/css; charset=utf-8");
        Asset(app, "/page.js", "page.js", "text/javascript; charset=utf-8");
        Asset(app, "/_framework/blazor.web.js", "blazor.web.js", "text/javascript; charset=utf-8");
        Asset(app, "/icon.svg", "page-icon.svg", "image/svg+xml");
        app.MapGet(FileAddress.Route, (string id) => FileAddress.Serve(seat.Workspace.Files.Find(id)));
        app.MapRazorComponents<Document>().AddInteractiveServerRenderMode();
        await app.StartAsync(cancellationToken);
        return new PageServer(app);
    }

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await app.StopAsync(patience.Token);
        await app.DisposeAsync();
    }

    private static void Asset(WebApplication app, string path, string name, string type)
    {
        var content = Embedded.Text(name);
        app.MapGet(path, () => Results.Text(content, type));
    }

    // A page of another origin that is open in the same browser must neither read this one nor speak through its web
    // socket.
    private static Task OurOwnPageAsync(HttpContext context, RequestDelegate next)
    {
        var host = context.Request.Host;
        var origin = context.Request.Headers.Origin.ToString();
        if (
            host.Host is "localhost" or "127.0.0.1" or "[::1]"
            && (origin.Length == 0 || origin == $"http://{host.Value}")
        )
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = Policy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }
}
