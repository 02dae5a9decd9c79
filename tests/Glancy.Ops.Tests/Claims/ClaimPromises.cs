using System.Globalization;
using Glancy.Ops.Kernel.Database;
using Npgsql;

namespace Glancy.QueueTests;

/// <summary>An item that somebody has taken from a queue.</summary>
/// <param name="Key">The row's.</param>
/// <param name="Attempts">As the claim says.</param>
/// <param name="FinishAsync">It went well. False, or a throw, when nothing was written.</param>
/// <param name="FailAsync">It failed for this reason; the queue itself tries it later, or gives it up.</param>
public sealed record TakenItem(string Key, int Attempts, Func<Task<bool>> FinishAsync, Func<string, Task> FailAsync);

/// <summary>What every queue promises, whoever takes from it: on a real database, with holders that vanish.</summary>
public abstract class ClaimPromises : IAsyncLifetime
{
    protected static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected abstract BotDatabase Database { get; }

    /// <summary>The runtime role's connection.</summary>
    protected abstract string Connection { get; }

    protected abstract ClaimTable Queue { get; }

    /// <summary>An empty queue.</summary>
    public abstract ValueTask InitializeAsync();

    public abstract ValueTask DisposeAsync();

    /// <summary>One more item; its key.</summary>
    protected abstract Task<string> PutAsync();

    /// <summary>As a worker takes it.</summary>
    protected abstract Task<TakenItem?> TakeAsync(string owner, TimeSpan lease);

    /// <summary>What was given up, each by its key, with its last trouble.</summary>
    protected abstract Task<IReadOnlyList<(string Key, string Trouble)>> GivenUpAsync();

    /// <summary>By hand.</summary>
    protected abstract Task TakeUpAsync(string key);

    [Fact]
    public async Task Of_many_who_look_at_once_one_has_it()
    {
        var key = await PutAsync();
        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => TakeAsync($"r{i}", Lease)));

        Assert.Equal(key, Assert.Single(taken.OfType<TakenItem>()).Key);
        Assert.Null(await TakeAsync("late", Lease));
    }

    [Fact]
    public async Task What_a_killed_holder_had_is_taken_when_its_time_is_over_and_not_before()
    {
        var key = await PutAsync();
        Assert.NotNull(await TakeAsync("killed", Lease));
        await KillConnectionsAsync();
        Assert.Null(await TakeAsync("b", Lease));

        await Database.ExecuteAsync(
            $"update {Queue.Table} set lease_until = clock_timestamp() where lease_until is not null",
            null,
            Token
        );
        Assert.Equal(key, (await WaitAndTakeAsync("b")).Key);
        Assert.Null(await TakeAsync("c", Lease));
    }

    [Fact]
    public async Task Whose_connection_is_cut_before_the_claim_was_committed_has_nothing()
    {
        var key = await PutAsync();
        await using (var connection = new NpgsqlConnection(Connection + ";Pooling=false"))
        {
            await connection.OpenAsync(Token);
            await using var transaction = await connection.BeginTransactionAsync(Token);
            await using var held = new NpgsqlCommand(
                $"update {Queue.Table} set owner = 'cut', lease_until = clock_timestamp() + interval '1 hour' where "
                    + $"{Queue.Key}::text = @key",
                connection,
                transaction
            );
            held.Parameters.AddWithValue("key", key);
            await held.ExecuteNonQueryAsync(Token);
            await KillConnectionsAsync();
            await Assert.ThrowsAnyAsync<NpgsqlException>(() => transaction.CommitAsync(Token));
        }

        Assert.Equal(key, (await TakeAsync("b", Lease))?.Key);
    }

    [Fact]
    public async Task Who_was_overtaken_writes_nothing()
    {
        await PutAsync();
        var stale = await TakeAsync("a", TimeSpan.Zero);
        var fresh = await WaitAndTakeAsync("b");
        var before = await RowAsync(fresh.Key);

        Assert.NotNull(stale);
        Assert.False(await WritesAsync(stale.FinishAsync));
        await WritesAsync(async () =>
        {
            await stale.FailAsync("too late");
            return true;
        });

        Assert.Equal(before, await RowAsync(fresh.Key));
        Assert.True(await WritesAsync(fresh.FinishAsync));
    }

    [Fact]
    public async Task What_fails_rests_the_longer_the_oftener_and_the_next_does_not_wait_for_it()
    {
        var poison = await PutAsync();
        var (first, other) = (await TakeAsync("a", Lease), await PutAsync());
        Assert.Equal(poison, first?.Key);
        await FailAsync(first, "boom");

        Assert.Equal(other, (await TakeAsync("a", Lease))?.Key);
        Assert.Null(await TakeAsync("b", Lease));

        var rests = await RestAsync(poison);
        Assert.InRange(rests, 0.2, Queue.LongestWait.TotalSeconds * 1.3);
        await PassAsync(poison);
        await FailAsync(await TakeAsync("a", Lease), "boom");
        Assert.True(await RestAsync(poison) > rests, "the second time it rests longer");
    }

    [Fact]
    public async Task What_went_well_counts_no_failure_of_before()
    {
        var key = await PutAsync();
        await FailAsync(await TakeAsync("a", Lease), "boom");
        await PassAsync(key);
        var taken = await TakeAsync("a", Lease);
        Assert.Equal(2, taken?.Attempts);
        Assert.True(taken is not null && await taken.FinishAsync());

        Assert.Equal(
            "",
            await RowAsync(key, "case when trouble is null or trouble = '' then '' else 'trouble ' || trouble end")
        );
    }

    /// <summary>Fails it until it is given up.</summary>
    protected async Task ExhaustAsync(string key)
    {
        for (var i = 0; i < Queue.MostAttempts; i++)
        {
            Assert.Empty(await GivenUpAsync());
            await PassAsync(key);
            var taken = await TakeAsync("a", Lease);
            Assert.Equal(key, taken?.Key);
            await FailAsync(taken, "boom");
        }

        await PassAsync(key);
        Assert.Null(await TakeAsync("a", Lease));
    }

    /// <summary>Its rest is over.</summary>
    protected async Task PassAsync(string key) =>
        await Database.ExecuteAsync(
            $"update {Queue.Table} set next_at = clock_timestamp() where {Queue.Key}::text = @key and next_at > "
                + $"clock_timestamp()",
            new { key },
            Token
        );

    protected static Task FailAsync(TakenItem? taken, string trouble) =>
        taken is null ? throw new InvalidOperationException("Nothing was taken.") : taken.FailAsync(trouble);

    private static async Task<bool> WritesAsync(Func<Task<bool>> write)
    {
        try
        {
            return await write();
        }
        catch (Glancy.Ops.Procedures.Engine.ClaimLostException)
        {
            return false;
        }
    }

    protected async Task<TakenItem> WaitAndTakeAsync(string owner, TimeSpan? lease = null)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromSeconds(10));
        while (true)
        {
            if (await TakeAsync(owner, lease ?? Lease) is { } taken)
            {
                return taken;
            }

            await Task.Delay(20, limit.Token);
        }
    }

    protected async Task<double> RestAsync(string key) =>
        double.Parse(
            await RowAsync(key, "extract(epoch from next_at - clock_timestamp())::text"),
            CultureInfo.InvariantCulture
        );

    private async Task<string> RowAsync(string key, string column = "q::text") =>
        (
            await Database.QueryAsync<string>(
                $"select {column} from {Queue.Table} q where {Queue.Key}::text = @key",
                new { key },
                Token
            )
        )[0];

    // As when every replica dies at once: what they had not committed is gone.
    private async Task KillConnectionsAsync()
    {
        await using var connection = new NpgsqlConnection(Connection + ";Pooling=false");
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand(
            "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and "
                + "pid <> pg_backend_pid() and usename = current_user",
            connection
        );
        await command.ExecuteScalarAsync(Token);
        await Task.WhenAll(
            Enumerable
                .Range(0, 12)
                .Select(async _ =>
                {
                    try
                    {
                        await Database.QueryAsync<int>("select 1 from pg_sleep(0.1)", null, Token);
                    }
                    catch (NpgsqlException)
                    {
                        // One of those that were cut; the pool has let go of it now.
                    }
                })
        );
    }
}

/// <summary>What a queue promises besides whose items are given up; what comes round for ever is not.</summary>
public abstract class GivenUpPromises : ClaimPromises
{
    [Fact]
    public async Task What_fails_each_time_is_given_up_and_can_be_taken_up_again()
    {
        var poison = await PutAsync();
        await ExhaustAsync(poison);

        Assert.Equal([(poison, "boom")], await GivenUpAsync());
        var other = await PutAsync();
        var next = await TakeAsync("a", Lease);
        Assert.Equal(other, next?.Key);

        await TakeUpAsync(poison);
        Assert.Empty(await GivenUpAsync());
        var again = await TakeAsync("a", Lease);
        Assert.Equal(poison, again?.Key);
        await FailAsync(again, "boom");
        Assert.Empty(await GivenUpAsync());
    }

    [Fact]
    public async Task What_makes_its_holder_vanish_each_time_is_found_out()
    {
        await PutAsync();
        for (var i = 0; i < Queue.MostAttempts * 2; i++)
        {
            Assert.False(Queue.IsSpent((await WaitAndTakeAsync($"killed{i}", TimeSpan.Zero)).Attempts));
        }

        Assert.True(Queue.IsSpent((await WaitAndTakeAsync("last")).Attempts));
    }
}
