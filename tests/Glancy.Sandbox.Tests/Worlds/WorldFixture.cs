using Glancy.Sandbox.Worlds;

namespace Glancy.Sandbox.Tests.Worlds;

/// <summary>One world without bots, paused, with a release that is well; its tests run one after the other.</summary>
public sealed class WorldFixture : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private World? world;

    public World World => world ?? throw new InvalidOperationException("The world is not up yet.");

    public async ValueTask InitializeAsync() =>
        world = await World.StartAsync(
            new WorldOptions(folder.In("world"))
            {
                Root = Repository.Root,
                Beginning = Beginning.GoodRelease,
                RollbackTakes = TimeSpan.FromSeconds(0.2),
            },
            null,
            TestContext.Current.CancellationToken
        );

    public async ValueTask DisposeAsync()
    {
        if (world is not null)
        {
            await world.DisposeAsync();
        }

        folder.Dispose();
    }
}
