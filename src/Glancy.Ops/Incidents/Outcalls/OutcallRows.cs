using Glancy.Ops.Kernel.Database;

namespace Glancy.Ops.Incidents.Outcalls;

/// <summary>What is to be told outside, as rows.</summary>
internal static class OutcallRows
{
    /// <summary>Tries, all in all: with the waits between them about six minutes.</summary>
    public static readonly ClaimTable Queue = new("call", "glancy.outcall", "id", "bigint")
    {
        MostAttempts = 9,
        FirstWait = TimeSpan.FromSeconds(2),
        LongestWait = TimeSpan.FromMinutes(1),
        Waiting = "state = 'waiting'",
        Ended = "state = 'given-up'",
        Begun = "state = 'waiting'",
        About = "q.incident_id || ' ' || q.service || ' ' || q.action || coalesce(' ' || q.person, '')",
    };

    // What PagerDuty is told of one incident keeps its order: the next waits for the one before.
    private static readonly string Next = $"""
        select o.id from glancy.outcall o
         where o.state = 'waiting' and {ClaimTable.Due("o")}
           and (o.service <> 'pagerduty' or not exists (
             select from glancy.outcall b
              where b.incident_id = o.incident_id and b.service = 'pagerduty' and b.id < o.id and b.state = 'waiting'))
         order by o.next_at, o.id limit 1 for update skip locked
        """;

    /// <summary>Takes the oldest that is due; null when there is none.</summary>
    public static async Task<Outcall?> TakeAsync(
        Claims claims,
        string owner,
        TimeSpan lease,
        CancellationToken cancellationToken
    )
    {
        const string Columns = "q.id, q.incident_id, q.service, q.action, q.person, q.until_at, q.attempts, q.claim";
        var rows = await claims.TakeAsync<Row>(Next, Columns, new { owner, lease }, cancellationToken);
        return rows is [var row]
            ? new Outcall(
                row.Id,
                row.Incident_Id,
                row.Service,
                row.Action,
                row.Person,
                row.Until_At,
                row.Attempts - 1,
                row.Claim
            )
            : null;
    }

    public static Task AddAsync(
        Transaction transaction,
        string incident,
        string service,
        string action,
        string? person,
        DateTimeOffset? until,
        DateTimeOffset now
    ) =>
        transaction.ExecuteAsync(
            "insert into glancy.outcall (incident_id, service, action, person, until_at, made_at) values (@incident, "
                + "@service, @action, @person, @until, @now)",
            new
            {
                incident,
                service,
                action,
                person,
                until = until?.ToUniversalTime(),
                now = now.ToUniversalTime(),
            }
        );

    /// <summary>Nobody has to be called any more; what is being sent right now is not held back.</summary>
    /// <param name="pager">What PagerDuty was to be told, or what people were.</param>
    public static Task DropAsync(Transaction transaction, string incident, bool pager) =>
        transaction.ExecuteAsync(
            "update glancy.outcall set state = 'dropped' where incident_id = @incident and (service = 'pagerduty') = "
                + "@pager and state = 'waiting' and (lease_until is null or lease_until < clock_timestamp())",
            new { incident, pager }
        );

    /// <summary>It ended so. False when another replica has taken over.</summary>
    public static async Task<bool> EndAsync(Transaction transaction, Outcall call, string state, string? trouble) =>
        await transaction.ExecuteAsync(
            "update glancy.outcall set state = @state, trouble = @trouble, lease_until = null where id = @Id and "
                + "claim = @Claim and state = 'waiting'",
            new
            {
                state,
                trouble,
                call.Id,
                call.Claim,
            }
        ) > 0;

    /// <summary>Whether PagerDuty has been told something newer of the same incident, or is about to be.</summary>
    public static async Task<bool> IsPastAsync(Transaction transaction, long id) =>
        (
            await transaction.QueryAsync<bool>(
                """
                select exists (select from glancy.outcall o
                                 join glancy.outcall n on n.incident_id = o.incident_id and n.service = o.service
                                   and n.id > o.id
                                where o.id = @id and o.service = 'pagerduty' and n.state in ('waiting', 'delivered'))
                """,
                new { id }
            )
        )[0];

    /// <summary>What PagerDuty was told last that was not dropped; null when nothing.</summary>
    public static async Task<(string Action, string State, DateTimeOffset At)?> PagerAsync(
        Transaction transaction,
        string incident
    )
    {
        var rows = await transaction.QueryAsync<PagerRow>(
            "select action, state, made_at from glancy.outcall where incident_id = @incident and service = "
                + "'pagerduty' and state <> 'dropped' order by id desc limit 1",
            new { incident }
        );
        return rows is [var row] ? (row.Action, row.State, row.Made_At) : null;
    }

    /// <summary>
    /// PagerDuty spoke of the alert, so what it was told of it has arrived, whatever became of its answer.
    /// </summary>
    public static Task ArrivedAsync(Transaction transaction, string incident) =>
        transaction.ExecuteAsync(
            "update glancy.outcall set state = 'delivered', lease_until = null where incident_id = @incident and "
                + "service = 'pagerduty' and action = 'trigger' and state = 'waiting'",
            new { incident }
        );

    /// <summary>
    /// Whether something said at PagerDuty at that time is of the alert that rings there; never where none does, nor
    /// while the end of the one before is still on its way.
    /// </summary>
    public static async Task<bool> IsOfAlertAsync(Transaction transaction, string incident, DateTimeOffset at) =>
        (
            await transaction.QueryAsync<bool>(
                """
                select coalesce(max(made_at) filter (where action = 'trigger') <= @at, false)
                       and coalesce((array_agg(action order by id desc))[1] <> 'resolve', false)
                       and not coalesce(bool_or(action = 'resolve' and state = 'waiting'), false)
                  from glancy.outcall where incident_id = @incident and service = 'pagerduty' and state <> 'dropped'
                """,
                new { incident, at = at.ToUniversalTime() }
            )
        )[0];

    /// <summary>Whether PagerDuty was ever told that it is over: it says so back, and names no person.</summary>
    public static async Task<bool> WasEndedAsync(Transaction transaction, string incident) =>
        (
            await transaction.QueryAsync<bool>(
                "select exists (select from glancy.outcall where incident_id = @incident and service = 'pagerduty' "
                    + "and action = 'resolve' and state <> 'dropped')",
                new { incident }
            )
        )[0];

    /// <summary>What was given up, newest first.</summary>
    public static async Task<IReadOnlyList<Undelivered>> UndeliveredAsync(Transaction transaction, string incident) =>
        [
            .. (
                await transaction.QueryAsync<LostRow>(
                    "select service, person, coalesce(trouble, '') as trouble, made_at from glancy.outcall where "
                        + "incident_id = @incident and state = 'given-up' order by id desc limit 5",
                    new { incident }
                )
            ).Select(r => new Undelivered(r.Service, r.Person, r.Trouble, r.Made_At)),
        ];

    private sealed record Row
    {
        public long Id { get; init; }

        public string Incident_Id { get; init; } = "";

        public string Service { get; init; } = "";

        public string Action { get; init; } = "";

        public string? Person { get; init; }

        public DateTimeOffset? Until_At { get; init; }

        public int Attempts { get; init; }

        public int Claim { get; init; }
    }

    private sealed record PagerRow
    {
        public string Action { get; init; } = "";

        public string State { get; init; } = "";

        public DateTimeOffset Made_At { get; init; }
    }

    private sealed record LostRow
    {
        public string Service { get; init; } = "";

        public string? Person { get; init; }

        public string Trouble { get; init; } = "";

        public DateTimeOffset Made_At { get; init; }
    }
}
