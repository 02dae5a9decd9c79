using Glancy.Ops.Connectors.Prometheus;
using Glancy.Sandbox.Prometheus;
using Microsoft.Extensions.DependencyInjection;

namespace Glancy.Ops.Tests.Hooks;

/// <summary>A real Prometheus, to which each test writes an hour of its own.</summary>
public sealed class PrometheusWorld : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("glancy-hooks-").FullName;
    private PrometheusServer? server;
    private ServiceProvider? services;
    private RemoteWriter? writer;

    public IPrometheus Prometheus => Services.GetRequiredService<IPrometheus>();

    public IPrometheusSeries Ranges => Services.GetRequiredService<IPrometheusSeries>();

    private ServiceProvider Services => services ?? throw new InvalidOperationException("not started");

    public async ValueTask InitializeAsync()
    {
        server = await PrometheusServer.StartAsync(Path.Combine(folder, "prometheus"), CancellationToken.None);
        writer = new RemoteWriter(server.Url);
        services = new ServiceCollection()
            .AddPrometheus(new PrometheusOptions(server.Url, TimeSpan.FromSeconds(30)))
            .BuildServiceProvider();
    }

    public async ValueTask DisposeAsync()
    {
        writer?.Dispose();
        if (services is not null)
        {
            await services.DisposeAsync();
        }

        if (server is not null)
        {
            await server.DisposeAsync();
        }

        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Writes series that end no earlier than what was written before.</summary>
    public Task WriteAsync(IEnumerable<Series> series, CancellationToken cancellationToken) =>
        (writer ?? throw new InvalidOperationException("not started")).WriteAsync(series, cancellationToken);
}
