using Glancy.Sandbox.Postgres;

namespace Glancy.Sandbox.Tests.Postgres;

/// <summary>One server for the tests of a class.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private PostgresServer? server;

    public PostgresServer Server => server ?? throw new InvalidOperationException("The server is not started yet.");

    public async ValueTask InitializeAsync() =>
        server = await PostgresServer.StartAsync(
            new PostgresOptions(folder.In("postgres")),
            TestContext.Current.CancellationToken
        );

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        folder.Dispose();
    }
}
