using Glancy.Ops.Kernel.Database;
using Glancy.Runbook.Roster;

namespace Glancy.Ops.Roster.Sources;

/// <summary>What the resolver asks for where roles are kept elsewhere.</summary>
public interface IRosterTurns
{
    /// <summary>What was known at an instant; of one to come, what is known now.</summary>
    Task<HeardRoster> KnownAsync(
        IReadOnlyList<RosterSource> sources,
        DateTimeOffset at,
        CancellationToken cancellationToken
    );
}

/// <summary>Hearings and turns as they were seen.</summary>
internal sealed class RosterTurns(BotDatabase database, TimeProvider clock) : IRosterTurns
{
    private const string Turns = "select id, role, source, person, from_at, to_at from glancy.roster_turn";

    /// <inheritdoc/>
    public async Task<HeardRoster> KnownAsync(
        IReadOnlyList<RosterSource> sources,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(sources);
        if (sources.Count == 0)
        {
            return HeardRoster.Nothing;
        }

        var now = clock.GetUtcNow();
        var known = (at < now ? at : now).ToUniversalTime();
        bool Ours(string role, string source) => sources.Any(s => s.Role == role && s.Name == source);
        var hearings = (
            await database.QueryAsync<HearingRow>(
                "select id, role, source, from_at, heard_at, trusted_until, known_until from glancy.roster_hearing "
                    + "where from_at <= @known and @known < trusted_until order by id",
                new { known },
                cancellationToken
            )
        )
            .Where(h => Ours(h.Role, h.Source))
            .ToList();

        // A day back, for those who keep a role after their shift (§1.2).
        var turns =
            hearings.Count == 0
                ? []
                : await database.QueryAsync<TurnRow>(
                    Turns
                        + " where seen_at <= @known and (gone_at is null or gone_at > @known) and (to_at is null or "
                        + "to_at > @before) order by id",
                    new { known, before = known.AddDays(-1) },
                    cancellationToken
                );
        return new HeardRoster(
            [.. hearings.Select(h => new HeardRole(h.Role, h.Heard_At, h.Known_Until) { From = h.From_At })],
            [.. turns.Where(t => hearings.Any(h => h.Role == t.Role && h.Source == t.Source)).Select(t => t.Turn)]
        );
    }

    /// <summary>
    /// The newest hearing of a source, held until the transaction ends; null when it was never heard.
    /// </summary>
    internal static async Task<HearingRow?> HoldAsync(Transaction transaction, RosterSource source)
    {
        await transaction.ExecuteAsync(
            "select pg_advisory_xact_lock(hashtextextended(@key, 0))",
            new { key = "roster-source " + source.Role }
        );
        return (
            await transaction.QueryAsync<HearingRow>(
                "select id, role, source, from_at, heard_at, trusted_until, known_until from glancy.roster_hearing "
                    + "where role = @Role and source = @Name order by id desc limit 1",
                new { source.Role, source.Name }
            )
        ).SingleOrDefault();
    }

    /// <summary>Lengthens the hearing, or begins one where the last counts no longer.</summary>
    internal static Task HearAsync(
        Transaction transaction,
        RosterSource source,
        HearingRow? goesOn,
        DateTimeOffset? until,
        DateTimeOffset now
    ) =>
        transaction.ExecuteAsync(
            goesOn is null
                ? "insert into glancy.roster_hearing (role, source, from_at, heard_at, trusted_until, known_until) "
                    + "values (@Role, @Name, @now, @now, @trusted, @until)"
                : "update glancy.roster_hearing set heard_at = @now, trusted_until = @trusted, known_until = @until "
                    + "where id = @id",
            new
            {
                source.Role,
                source.Name,
                id = goesOn?.Id,
                now,
                trusted = now + source.TrustedFor,
                until = until?.ToUniversalTime(),
            }
        );

    /// <summary>Writes down what differs from what was seen before.</summary>
    /// <param name="first">Nothing that counts was seen before: turns began when the source says, and not just
    /// now.</param>
    internal static async Task SeeAsync(
        Transaction transaction,
        RosterSource source,
        IReadOnlyList<RosterTurn> turns,
        bool first,
        DateTimeOffset now
    )
    {
        var before = await transaction.QueryAsync<TurnRow>(
            Turns + " where role = @Role and source = @Name and gone_at is null and (to_at is null or to_at > @now)",
            new
            {
                source.Role,
                source.Name,
                now,
            }
        );
        foreach (var gone in before.Where(b => !turns.Any(t => Same(b.Turn, t, now))))
        {
            // Somebody else has it from now on; or it will not come.
            await transaction.ExecuteAsync(
                gone.From_At <= now
                    ? "update glancy.roster_turn set to_at = @now where id = @Id"
                    : "update glancy.roster_turn set gone_at = @now where id = @Id",
                new { gone.Id, now }
            );
        }

        foreach (var turn in turns.Where(t => !before.Any(b => Same(b.Turn, t, now))))
        {
            await transaction.ExecuteAsync(
                "insert into glancy.roster_turn (role, source, person, from_at, to_at, seen_at) values (@Role, "
                    + "@Name, @Person, @from, @to, @now)",
                new
                {
                    source.Role,
                    source.Name,
                    turn.Person,
                    from = (first || turn.From > now ? turn.From : now).ToUniversalTime(),
                    to = turn.To?.ToUniversalTime(),
                    now,
                }
            );
        }
    }

    // When a turn that goes on began does not make it another.
    private static bool Same(RosterTurn one, RosterTurn other, DateTimeOffset now) =>
        one.Person == other.Person
        && one.To == other.To
        && (one.From == other.From || (one.From <= now && other.From <= now));

    internal sealed record HearingRow
    {
        public long Id { get; init; }

        public string Role { get; init; } = "";

        public string Source { get; init; } = "";

        public DateTimeOffset From_At { get; init; }

        public DateTimeOffset Heard_At { get; init; }

        public DateTimeOffset Trusted_Until { get; init; }

        public DateTimeOffset? Known_Until { get; init; }
    }

    private sealed record TurnRow
    {
        public long Id { get; init; }

        public string Role { get; init; } = "";

        public string Source { get; init; } = "";

        public string Person { get; init; } = "";

        public DateTimeOffset From_At { get; init; }

        public DateTimeOffset? To_At { get; init; }

        public RosterTurn Turn => new(Role, Person, From_At, To_At);
    }
}
