using System.Globalization;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Kernel.Time;
using Glancy.Ops.Notices;
using Glancy.Ops.Runbook;

namespace Glancy.Ops.Roster;

/// <summary>
/// Tells who comes and who goes when a role changes hands inside a shift, because an override begins or ends, whether a
/// file says so or a person (C1, §1.1). At a change of shift the handover does. Who held what before is in rows: what
/// nobody was there to see is told late, and once.
/// </summary>
internal sealed class DutyWatch(
    BotDatabase database,
    DutyRoster roster,
    NoticeBoard notices,
    RunbookHolder runbook,
    TimeProvider clock
) : IRecurringJob
{
    public const string Template = "duty-changed";

    public string Name => "duty";

    public TimeSpan Every => TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public async Task GoAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var onCall = await roster.HoldersAsync(now, cancellationToken);
        var begun = await roster.PlannedAsync(onCall.ShiftStart, cancellationToken);
        await database.InTransactionAsync(
            async transaction =>
            {
                await transaction.ExecuteAsync(
                    "select pg_advisory_xact_lock(hashtextextended('glancy duty', 0))",
                    null
                );
                var seen = (
                    await transaction.QueryAsync<Row>(
                        "select role, persons, overridden, shift_start from glancy.duty_seen",
                        null
                    )
                ).ToDictionary(r => r.Role, StringComparer.Ordinal);
                foreach (var (role, persons) in onCall.Holders)
                {
                    string[] held = [.. persons.Select(p => p.Id)];
                    var overridden = onCall.By.ContainsKey(role);
                    var before = seen.GetValueOrDefault(role);
                    if (
                        before?.Shift_Start == onCall.ShiftStart
                        && before.Overridden == overridden
                        && before.Persons.SequenceEqual(held)
                    )
                    {
                        continue;
                    }

                    // Of an earlier shift nothing is compared: with whom this one began, the handover has said.
                    var (then, was) =
                        before?.Shift_Start == onCall.ShiftStart
                            ? (before.Persons, before.Overridden)
                            : ([.. begun.Holders[role].Select(p => p.Id)], begun.By.ContainsKey(role));
                    if (before is not null && (overridden || was) && !then.SequenceEqual(held))
                    {
                        await notices.PutAsync(transaction, Told(role, then, held, onCall, now));
                    }

                    await SeeAsync(transaction, role, held, overridden, onCall.ShiftStart, now);
                }
            },
            cancellationToken
        );
    }

    /// <summary>Notes a change that is told of already, in the transaction that makes it.</summary>
    internal static Task SeeAsync(
        Transaction transaction,
        string role,
        IReadOnlyList<string> persons,
        bool overridden,
        DateTimeOffset shift,
        DateTimeOffset now
    ) =>
        transaction.ExecuteAsync(
            """
            insert into glancy.duty_seen (role, persons, overridden, shift_start, seen_at)
              values (@role, @persons, @overridden, @shift, @now)
            on conflict (role) do update set persons = excluded.persons, overridden = excluded.overridden, shift_start
              = excluded.shift_start, seen_at = excluded.seen_at
            """,
            new
            {
                role,
                persons = persons.ToArray(),
                overridden,
                shift = shift.ToUniversalTime(),
                now = now.ToUniversalTime(),
            }
        );

    private NoticeDraft Told(
        string role,
        IReadOnlyList<string> before,
        IReadOnlyList<string> after,
        OnCall onCall,
        DateTimeOffset now
    )
    {
        var by = onCall.By.GetValueOrDefault(role);
        var arguments = new Dictionary<string, string>
        {
            ["role"] = role,
            ["before_persons"] = string.Join(',', before),
            ["after_persons"] = string.Join(',', after),
            ["until_at"] = Instant(by is { } change && change.To < onCall.ShiftEnd ? change.To : onCall.ShiftEnd),
            ["reason"] = by?.Reason ?? "",
            ["to"] = string.Join(',', before.Union(after).Where(runbook.Current.People.ContainsKey)),
        };
        return new NoticeDraft(
            $"duty:{role}:{now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}",
            "page",
            by is null ? Template + "-back" : Template,
            arguments
        );
    }

    private static string Instant(DateTimeOffset at) => at.ToString("O", CultureInfo.InvariantCulture);

    private sealed record Row
    {
        public string Role { get; init; } = "";

        public string[] Persons { get; init; } = [];

        public bool Overridden { get; init; }

        public DateTimeOffset Shift_Start { get; init; }
    }
}
