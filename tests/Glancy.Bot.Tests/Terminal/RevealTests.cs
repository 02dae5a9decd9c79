using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Kernel.Database;
using Glancy.Sandbox.Postgres;
using Npgsql;

namespace Glancy.Bot.Tests.Terminal;

/// <summary>From what a person types to what is shown and what is on record, with a real database.</summary>
public sealed class RevealTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Personal_data_is_masked_unless_revealed_to_those_allowed_and_then_it_is_on_record()
    {
        // The server's account must be able to enter it, so it is made by the server.
        var folder = Path.Combine(Path.GetTempPath(), $"glancy-reveal-{Guid.NewGuid():N}");
        try
        {
            await using var postgres = await PostgresServer.StartAsync(new PostgresOptions(folder), Token);
            await Schema.MigrateAsync(postgres.Databases.BotMigrator, Token);
            await using var house = await TerminalHouse.StartAsync(database: postgres.Databases.BotRuntime);

            // What is kept is the original; masking is at the edge.
            await house
                .Get<AuditLog>()
                .AppendAsync(new AuditEntry("glancy", "quota-check", "u_8f3a2b") { After = "password=hunter2" }, Token);
            var masked = await house.SayAsync("audit search u_8f3a2b --as lin");
            Assert.DoesNotContain("u_8f3a2b", masked.Out + masked.Err, StringComparison.Ordinal);
            Assert.Contains("[user]", masked.Out, StringComparison.Ordinal);
            Assert.Equal(0L, await RevealsAsync(postgres.Databases));

            var refused = await house.SayAsync("audit search u_8f3a2b --as olga --reveal");
            Assert.Equal(1, refused.Exit);
            Assert.Contains("olga", refused.Err, StringComparison.Ordinal);
            Assert.Contains("§2.4", refused.Err, StringComparison.Ordinal);
            Assert.DoesNotContain("u_8f3a2b", refused.Out + refused.Err, StringComparison.Ordinal);
            Assert.Equal(0L, await RevealsAsync(postgres.Databases));

            var revealed = await house.SayAsync("audit search u_8f3a2b --as lin --reveal");
            Assert.Contains("u_8f3a2b", revealed.Out, StringComparison.Ordinal);
            Assert.DoesNotContain("hunter2", revealed.Out, StringComparison.Ordinal);
            Assert.Equal(1L, await RevealsAsync(postgres.Databases));

            // The record says who, by which line and how much, and carries no value.
            var record = await BodyAsync(postgres.Databases);
            Assert.Contains("\"actor\":\"lin\"", record, StringComparison.Ordinal);
            Assert.Contains("\"role\":\"primary\"", record, StringComparison.Ordinal);
            Assert.Contains("\"after\":\"user-id 1\"", record, StringComparison.Ordinal);
            Assert.Contains("\"detail\":{\"user-id\":\"1\"}", record, StringComparison.Ordinal);
            Assert.Contains("glancy audit search [user]", record, StringComparison.Ordinal);
            Assert.DoesNotContain("u_8f3a2b", record, StringComparison.Ordinal);

            // The file that can be verified hides them too, and is exact for those who may see.
            Assert.DoesNotContain(
                "u_8f3a2b",
                (await house.SayAsync("audit export --as lin")).Out,
                StringComparison.Ordinal
            );
            Assert.Contains(
                "u_8f3a2b",
                (await house.SayAsync("audit export --as lin --reveal")).Out,
                StringComparison.Ordinal
            );
            Assert.Equal(2L, await RevealsAsync(postgres.Databases));

            // Also when there was nothing to reveal.
            Assert.Equal(0, (await house.SayAsync("oncall --as lin --reveal")).Exit);
            Assert.Equal(3L, await RevealsAsync(postgres.Databases));
        }
        finally
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    [Fact]
    public async Task Without_the_database_nothing_is_revealed_and_the_answer_comes_all_the_same()
    {
        await using var house = await TerminalHouse.StartAsync();
        var said = await house.SayAsync("help u_8f3a2b --as lin --reveal");
        Assert.DoesNotContain("u_8f3a2b", said.Out, StringComparison.Ordinal);
    }

    private static Task<long> RevealsAsync(WorldDatabases databases) =>
        OneAsync<long>(
            databases,
            "select count(*) from glancy.audit where convert_from(body, 'UTF8') like '%\"action\":\"reveal\"%'"
        );

    private static Task<string> BodyAsync(WorldDatabases databases) =>
        OneAsync<string>(databases, "select convert_from(body, 'UTF8') from glancy.audit order by seq desc limit 1");

    private static async Task<T> OneAsync<T>(WorldDatabases databases, string sql)
    {
        await using var source = NpgsqlDataSource.Create(databases.BotRuntime);
        await using var command = source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(Token) ?? throw new InvalidOperationException(sql));
    }
}
