using Glancy.Ops.Database;
using Glancy.Ops.Hooks;

namespace Glancy.Ops.Episodes;

/// <summary>One red light from first red until recovered (rule 8).</summary>
public sealed record Episode(long Id, string Hook, DateTimeOffset FirstRedAt, DateTimeOffset LastSeenAt, string LastLight, long? RunId);

/// <summary>Open episodes as rows: at most one per hook, whoever looks.</summary>
public sealed class EpisodeStore(BotDatabase database)
{
    /// <summary>Oldest first.</summary>
    public async Task<IReadOnlyList<Episode>> OpenAsync(CancellationToken cancellationToken)
    {
        var rows = await database.QueryAsync<Row>(
            "select id, hook, first_red_at, last_seen_at, last_light, run_id from glancy.episode where ended_at is null order by first_red_at, id",
            null,
            cancellationToken);
        return [.. rows.Select(r => new Episode(r.Id, r.Hook, r.First_Red_At, r.Last_Seen_At, r.Last_Light, r.Run_Id))];
    }

    /// <summary>Begins an episode; null when one is open already.</summary>
    public static async Task<long?> BeginAsync(Transaction transaction, string hook, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        var ids = await transaction.QueryAsync<long>(
            """
            insert into glancy.episode (hook, first_red_at, last_seen_at, last_light) values (@hook, @at, @at, @light)
            on conflict (hook) where ended_at is null do nothing returning id
            """,
            new { hook, at = at.ToUniversalTime(), light = nameof(Light.Red) });
        return ids.Count == 0 ? null : ids[0];
    }

    /// <summary>Notes what was seen last.</summary>
    public Task SeenAsync(long id, Light light, DateTimeOffset at, CancellationToken cancellationToken) => database.ExecuteAsync(
        "update glancy.episode set last_seen_at = @at, last_light = @light where id = @id and ended_at is null",
        new { id, at = at.ToUniversalTime(), light = light.ToString() },
        cancellationToken);

    /// <summary>Ends an episode; true when it was open.</summary>
    public static async Task<bool> EndAsync(Transaction transaction, long id, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return await transaction.ExecuteAsync(
            "update glancy.episode set ended_at = @at, last_seen_at = @at, last_light = @light where id = @id and ended_at is null",
            new { id, at = at.ToUniversalTime(), light = nameof(Light.Green) }) == 1;
    }

    /// <summary>Ties an episode to the run that is to cure it.</summary>
    public Task TieAsync(long id, long run, CancellationToken cancellationToken) =>
        database.ExecuteAsync("update glancy.episode set run_id = @run where id = @id", new { id, run }, cancellationToken);

    private sealed record Row
    {
        public long Id { get; init; }

        public string Hook { get; init; } = "";

        public DateTimeOffset First_Red_At { get; init; }

        public DateTimeOffset Last_Seen_At { get; init; }

        public string Last_Light { get; init; } = "";

        public long? Run_Id { get; init; }
    }
}
