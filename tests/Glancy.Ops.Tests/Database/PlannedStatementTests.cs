using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Tests.Procedures;
using Glancy.Ops.Tests.Runbook;
using Npgsql;

namespace Glancy.Ops.Tests.Database;

/// <summary>What is asked again and again stays planned, unless the connection says otherwise.</summary>
public sealed class PlannedStatementTests(PostgresFixture postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", true)]
    [InlineData(";Max Auto Prepare=0", false)]
    public async Task A_question_asked_several_times_is_planned_once(string said, bool planned)
    {
        var databases = await postgres.TakeAsync(Token);
        await using var house = OpsHouse.Build(
            databases,
            RunbookFolders.Shipped,
            "test",
            content: null,
            settings: new Dictionary<string, string?> { ["Database"] = databases.BotRuntime + said }
        );
        long kept = 0;
        for (var i = 0; i < 6; i++)
        {
            kept = (
                await house
                    .Get<BotDatabase>()
                    .QueryAsync<long>("select count(*) from pg_prepared_statements", null, Token)
            )[0];
        }

        Assert.Equal(planned, kept > 0);
    }

    /// <summary>It stays planned as it was first, and a flood comes within seconds.</summary>
    [Fact]
    public async Task What_is_planned_while_a_table_is_empty_is_good_for_a_full_one()
    {
        await using var house = OpsHouse.Build(
            await postgres.TakeAsync(Token),
            RunbookFolders.Shipped,
            "test",
            content: null
        );

        var plan = await house
            .Get<BotDatabase>()
            .QueryAsync<string>(
                "explain select * from glancy.lease where target = 'x' and released_at is null",
                null,
                Token
            );

        Assert.DoesNotContain(plan, line => line.Contains("Seq Scan", StringComparison.Ordinal));
    }

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
