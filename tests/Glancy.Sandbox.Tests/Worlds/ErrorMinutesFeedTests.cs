using Glancy.Sandbox.Postgres;
using Glancy.Sandbox.Production;
using Glancy.Sandbox.Tests.Postgres;
using Glancy.Sandbox.Worlds;
using Npgsql;

namespace Glancy.Sandbox.Tests.Worlds;

public sealed class ErrorMinutesFeedTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly DateTimeOffset Start = new(2025, 4, 18, 0, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rows_wait_for_the_database_are_written_once_and_again_to_a_fresh_one()
    {
        var model = new ProductionModel(1, Start);
        string? connection = null;
        var feed = new ErrorMinutesFeed(model, new Lock(), () => connection);
        Move(model, TimeSpan.FromMinutes(20));
        Assert.False(await feed.WriteAsync(Token));
        connection = "Host=127.0.0.1;Port=1;Username=x;Database=x";
        Assert.False(await feed.WriteAsync(Token));

        var first = await postgres.Server.CreateWorldDatabasesAsync("minutes_1", null, Token);
        connection = first.ProductOwner;
        Assert.True(await feed.WriteAsync(Token));
        Assert.True(await feed.WriteAsync(Token));
        Assert.Equal(8, await CountAsync(first));

        var second = await postgres.Server.CreateWorldDatabasesAsync("minutes_2", null, Token);
        connection = second.ProductOwner;
        Move(model, TimeSpan.FromMinutes(5));
        Assert.True(await feed.WriteAsync(Token));
        Assert.Equal((8, 10), (await CountAsync(first), await CountAsync(second)));

        // Followed back: what is there already stays single.
        connection = first.ProductOwner;
        Assert.True(await feed.WriteAsync(Token));
        Assert.Equal(10, await CountAsync(first));
    }

    private static void Move(ProductionModel model, TimeSpan span)
    {
        for (var end = model.At + span; model.At < end; )
        {
            model.Step();
        }
    }

    // As the bot reads them.
    private static async Task<long> CountAsync(WorldDatabases databases)
    {
        await using var source = NpgsqlDataSource.Create(databases.ProductOps);
        await using var command = source.CreateCommand("select count(*) from slo_error_budget");
        return (long)(await command.ExecuteScalarAsync(Token) ?? -1L);
    }
}
