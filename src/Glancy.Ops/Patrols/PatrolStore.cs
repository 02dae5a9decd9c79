using System.Text.Json;
using Glancy.Ops.Kernel.Database;
using Glancy.Runbook.Patrols;

namespace Glancy.Ops.Patrols;

/// <summary>Patrols that were done: one row for each instant one was due at, whoever looked.</summary>
public sealed class PatrolStore(BotDatabase database)
{
    private const string Columns =
        "select patrol, due_at, looked_at, result, lines::text as lines, missed, card from glancy.patrol_run";

    /// <summary>The newest of each patrol.</summary>
    public async Task<IReadOnlyDictionary<string, PatrolRun>> NewestAsync(CancellationToken cancellationToken) =>
        (
            await database.QueryAsync<Row>(
                $"select distinct on (patrol) * from ({Columns}) r order by patrol, due_at desc",
                null,
                cancellationToken
            )
        )
            .Select(Of)
            .ToDictionary(r => r.Patrol);

    /// <summary>Null when there is none for that instant.</summary>
    public async Task<PatrolRun?> GetAsync(string patrol, DateTimeOffset dueAt, CancellationToken cancellationToken) =>
        await database.QueryAsync<Row>(
            Columns + " where patrol = @patrol and due_at = @dueAt",
            new { patrol, dueAt = dueAt.ToUniversalTime() },
            cancellationToken
        )
            is [var row]
            ? Of(row)
            : null;

    /// <summary>False when somebody has looked already.</summary>
    internal static async Task<bool> AddAsync(Transaction transaction, PatrolRun run) =>
        await transaction.ExecuteAsync(
            """
            insert into glancy.patrol_run (patrol, due_at, looked_at, result, lines, missed, card)
            values (@Patrol, @due, @looked, @result, @lines, @Missed, @Card) on conflict (patrol, due_at) do nothing
            """,
            new
            {
                run.Patrol,
                due = run.DueAt.ToUniversalTime(),
                looked = run.LookedAt.ToUniversalTime(),
                result = run.Result.ToString(),
                lines = Jsonb.Of(run.Lines),
                run.Missed,
                run.Card,
            }
        ) == 1;

    private static PatrolRun Of(Row row) =>
        new(
            row.Patrol,
            row.Due_At,
            row.Looked_At,
            Enum.Parse<PatrolResult>(row.Result),
            JsonSerializer.Deserialize<List<PatrolLine>>(row.Lines, BotDatabase.Json) ?? [],
            row.Missed,
            row.Card
        );

    private sealed record Row
    {
        public string Patrol { get; init; } = "";

        public DateTimeOffset Due_At { get; init; }

        public DateTimeOffset Looked_At { get; init; }

        public string Result { get; init; } = "";

        public string Lines { get; init; } = "[]";

        public int Missed { get; init; }

        public string? Card { get; init; }
    }
}
