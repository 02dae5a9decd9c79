using Glancy.Ops.Kernel.Database;

namespace Glancy.Ops.Procedures;

/// <summary>Who works on a run.</summary>
public sealed partial class RunStore
{
    /// <summary>
    /// Runs that want attention. What is due is the world clock's question, what rests after a failure the database's.
    /// </summary>
    public static readonly ClaimTable Queue = new("run", "glancy.run", "id", "bigint")
    {
        Epoch = "epoch",
        MostAttempts = 6,
        LongestWait = TimeSpan.FromSeconds(30),
    };

    /// <summary>Which run is next, by the time <c>@now</c>.</summary>
    internal static readonly string Next = $"""
        select r.id from glancy.run r where r.due_at <= @now and {ClaimTable.Due("r")}
         order by r.due_at limit 1 for update skip locked
        """;

    /// <summary>Takes all keys or says how many were free; who gets fewer gives them back.</summary>
    internal static Task<int> TakeKeysAsync(Transaction transaction, long run, string[] keys, DateTimeOffset now) =>
        transaction.ExecuteAsync(
            """
            insert into glancy.lock_key (key, run_id, taken_at)
            select key, @run, @now from unnest(@keys) as key order by key on conflict (key) do nothing
            """,
            new
            {
                run,
                keys,
                now,
            }
        );

    /// <summary>Lets all keys of a run go.</summary>
    internal static Task<int> ReleaseKeysAsync(Transaction transaction, long run) =>
        transaction.ExecuteAsync("delete from glancy.lock_key where run_id = @run", new { run });
}
