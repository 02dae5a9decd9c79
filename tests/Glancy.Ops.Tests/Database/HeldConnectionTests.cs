using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Tests.Procedures;
using Npgsql;

namespace Glancy.Ops.Tests.Database;

/// <summary>A connection that one keeps, when it breaks and after a pause.</summary>
public sealed class HeldConnectionTests(PostgresFixture postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_connection_that_is_held_is_opened_again_after_it_broke()
    {
        var databases = await postgres.TakeAsync(Token);
        await using var source = NpgsqlDataSource.Create(databases.BotRuntime);
        using var held = new HeldConnection(source) { Pause = TimeSpan.FromMinutes(1) };
        var first = held.Query<int>("select pg_backend_pid()", null)[0];
        Assert.Equal(first, held.Query<int>("select pg_backend_pid()", null)[0]);

        await using (var other = source.CreateCommand($"select pg_terminate_backend({first})"))
        {
            await other.ExecuteNonQueryAsync(Token);
        }

        Assert.ThrowsAny<NpgsqlException>(() => held.Query<int>("select pg_backend_pid()", null));
        Assert.NotEqual(first, held.Query<int>("select pg_backend_pid()", null)[0]);
        Assert.ThrowsAny<PostgresException>(() => held.Query<int>("select 1 / 0", null));
        Assert.Single(held.Query<int>("select 1", null));
    }

    /// <summary>What the others have met meanwhile need not be met again.</summary>
    [Theory]
    [InlineData(0, true)]
    [InlineData(60, false)]
    public async Task After_a_pause_a_connection_that_is_held_is_as_good_as_any_other(int pause, bool good)
    {
        var databases = await postgres.TakeAsync(Token);
        await using var source = NpgsqlDataSource.Create(databases.BotRuntime);
        await using var outside = NpgsqlDataSource.Create(databases.BotRuntime + ";Pooling=false");
        using var held = new HeldConnection(source) { Pause = TimeSpan.FromSeconds(pause) };
        await using var other = await source.OpenConnectionAsync(Token);
        await using var asks = new NpgsqlCommand("select pg_backend_pid()", other);
        foreach (
            var pid in new[]
            {
                held.Query<int>("select pg_backend_pid()", null)[0],
                await asks.ExecuteScalarAsync(Token),
            }
        )
        {
            await using var ends = outside.CreateCommand($"select pg_terminate_backend({pid}, 5000)");
            await ends.ExecuteNonQueryAsync(Token);
        }

        await Assert.ThrowsAnyAsync<NpgsqlException>(() => asks.ExecuteScalarAsync(Token));
        if (good)
        {
            Assert.Single(held.Query<int>("select 1", null));
        }
        else
        {
            Assert.ThrowsAny<NpgsqlException>(() => held.Query<int>("select 1", null));
        }
    }
}
