using Glancy.Sandbox.Postgres;
using Npgsql;

namespace Glancy.Sandbox.Tests.Postgres;

public sealed class PostgresServerTests(PostgresFixture fixture) : IClassFixture<PostgresFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_bot_may_write_release_batches_but_not_change_history()
    {
        var pair = fixture.Server.Databases;
        await ExecuteAsync(
            pair.ProductOps,
            "insert into release_batches (batch, kind, weight) values ('REL-B3', 'rollback', 0)"
        );
        await ExecuteAsync(pair.ProductOps, "update release_batches set state = 'verified'");
        await ExecuteAsync(pair.ProductOps, "insert into audit_events (at, actor) values (now(), 'lin')");

        Assert.Equal("42501", await RefusalAsync(pair.ProductOps, "update audit_events set actor = 'nobody'"));
        Assert.Equal("42501", await RefusalAsync(pair.ProductOps, "delete from audit_events"));
        Assert.Equal("42501", await RefusalAsync(pair.ProductOps, "delete from release_batches"));
        Assert.Equal("42501", await RefusalAsync(pair.ProductOps, "create table mine (id int)"));
    }

    [Fact]
    public async Task The_runtime_role_owns_nothing_and_stays_out_of_the_other_database()
    {
        var pair = fixture.Server.Databases;
        Assert.Equal("42501", await RefusalAsync(pair.BotRuntime, "create schema mine"));
        Assert.Equal("42501", await RefusalAsync(pair.BotRuntime, "create table mine (id int)"));
        Assert.Equal("42501", await RefusalAsync(pair.BotRuntime, "create temp table mine (id int)"));
        await ExecuteAsync(pair.BotMigrator, "create schema owned_by_migrator");

        var elsewhere = new NpgsqlConnectionStringBuilder(pair.BotRuntime)
        {
            Database = pair.ProductName,
        }.ConnectionString;
        Assert.Equal("42501", await RefusalAsync(elsewhere, "select 1"));
    }

    [Fact]
    public async Task A_wrong_password_is_refused()
    {
        var wrong = new NpgsqlConnectionStringBuilder(fixture.Server.Databases.BotRuntime)
        {
            Password = "wrong",
            Pooling = false,
        }.ConnectionString;
        Assert.Equal("28P01", await RefusalAsync(wrong, "select 1"));
    }

    [Fact]
    public async Task Pairs_are_made_cheaply_and_do_not_see_each_other()
    {
        var first = await fixture.Server.CreateWorldDatabasesAsync("one", Token);
        var second = await fixture.Server.CreateWorldDatabasesAsync("two", Token);
        await ExecuteAsync(first.ProductOps, "insert into release_batches (batch, kind) values ('REL-B1', 'promote')");

        Assert.Equal(1L, await ScalarAsync(first.ProductOps, "select count(*) from release_batches"));
        Assert.Equal(0L, await ScalarAsync(second.ProductOps, "select count(*) from release_batches"));
        await fixture.Server.DropWorldDatabasesAsync(first, Token);
        Assert.Equal("3D000", await RefusalAsync(first.ProductOps, "select 1"));
    }

    [Fact]
    public async Task What_was_acknowledged_survives_an_immediate_restart()
    {
        var pair = await fixture.Server.CreateWorldDatabasesAsync("restart", Token);
        await ExecuteAsync(pair.ProductOps, "insert into release_batches (batch, kind) values ('REL-B5', 'promote')");
        var before = fixture.Server.Process;

        await fixture.Server.RestartAsync(RestartKind.Immediate, Token);

        Assert.NotEqual(before, fixture.Server.Process);
        Assert.Equal(1L, await ScalarAsync(pair.ProductOps, "select count(*) from release_batches"));
    }

    private static async Task ExecuteAsync(string connection, string sql) => await ScalarAsync(connection, sql);

    private static async Task<object?> ScalarAsync(string connection, string sql)
    {
        await using var open = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(connection) { Pooling = false }.ConnectionString
        );
        await open.OpenAsync(Token);
        await using var command = new NpgsqlCommand(sql, open);
        return await command.ExecuteScalarAsync(Token);
    }

    private static async Task<string> RefusalAsync(string connection, string sql) =>
        (await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(connection, sql))).SqlState;
}
