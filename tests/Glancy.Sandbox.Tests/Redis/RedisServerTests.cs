using Glancy.Sandbox.Redis;
using StackExchange.Redis;

namespace Glancy.Sandbox.Tests.Redis;

public sealed class RedisServerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_asks_for_its_password_keeps_what_it_acknowledged_through_a_crash_and_is_gone_at_the_end()
    {
        using var folder = new TemporaryFolder();
        var server = await RedisServer.StartAsync(folder.In("redis"), Token);
        try
        {
            var stranger = server.Client();
            stranger.Password = null;
            await using var outside = await ConnectionMultiplexer.ConnectAsync(stranger);
            await Assert.ThrowsAnyAsync<RedisException>(() => outside.GetDatabase().PingAsync());

            await using var connection = await ConnectionMultiplexer.ConnectAsync(server.Client());
            await connection.GetDatabase(5).ListLeftPushAsync("exports:pending", ["exp-1", "exp-2"]);
            await server.RestartAsync(Token);
            await Deadline.UntilAsync(async () => await LengthAsync(connection) == 2);

            await server.StopAsync();
            await Assert.ThrowsAnyAsync<Exception>(() => connection.GetDatabase(5).ListLengthAsync("exports:pending"));
            await server.ResumeAsync(Token);
            await Deadline.UntilAsync(async () => await LengthAsync(connection) == 2);
        }
        finally
        {
            await server.DisposeAsync();
        }

        Assert.Null(server.Process);
    }

    private static async Task<long> LengthAsync(ConnectionMultiplexer connection)
    {
        try
        {
            return await connection.GetDatabase(5).ListLengthAsync("exports:pending");
        }
        catch (RedisException)
        {
            return -1; // not connected again yet
        }
    }
}
