using System.Net;

namespace Glancy.Sandbox.Control;

/// <summary>A web server on a loopback port of its own, without any configuration from outside.</summary>
internal sealed class ControlServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private ControlServer(WebApplication app)
    {
        this.app = app;
        Url = new Uri(app.Urls.Single());
    }

    public Uri Url { get; }

    public static Task<ControlServer> StartAsync(Action<WebApplication> map, CancellationToken cancellationToken) =>
        StartAsync(0, map, cancellationToken);

    /// <param name="port">0 for any that is free.</param>
    public static async Task<ControlServer> StartAsync(
        int port,
        Action<WebApplication> map,
        CancellationToken cancellationToken
    )
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        app.UseRouting();
        map(app);
        await app.StartAsync(cancellationToken);
        return new ControlServer(app);
    }

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await app.StopAsync(patience.Token);
        await app.DisposeAsync();
    }
}
