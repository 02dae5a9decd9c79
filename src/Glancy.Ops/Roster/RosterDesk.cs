using System.Globalization;
using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Notices;
using Glancy.Ops.Runbook;
using Glancy.Runbook.People;

namespace Glancy.Ops.Roster;

/// <summary>What became of a person's word on the roster.</summary>
public abstract record RosterOutcome
{
    private RosterOutcome() { }

    public sealed record Accepted(EnteredOverride Override) : RosterOutcome;

    /// <summary>Nothing changed.</summary>
    public sealed record Refused(Refusal Refusal) : RosterOutcome;
}

/// <summary>
/// Takes, gives and gives back roles (C1, §1.1); each word is one transaction with its notice and its audit event.
/// </summary>
public sealed class RosterDesk(
    BotDatabase database,
    DutyRoster roster,
    NoticeBoard notices,
    AuditLog audit,
    RunbookHolder runbook,
    TimeProvider clock
)
{
    private const string TakeOver = "take-over";
    private const string Override = "override";

    /// <summary>
    /// "I take over now": for Primary and Secondary, by whoever takes turns in them or is a release manager. Whoever
    /// held the role and the release managers are called.
    /// </summary>
    /// <param name="until">The end of the shift when null.</param>
    public async Task<RosterOutcome> TakeAsync(
        Person person,
        string role,
        DateTimeOffset? until,
        string reason,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(person);
        var (content, now) = (runbook.Current, clock.GetUtcNow());
        var onCall = await roster.HoldersAsync(now, cancellationToken);
        var end = until ?? onCall.ShiftEnd;
        if (OverrideRules.Take(content, onCall, person, role, now, end) is { } refusal)
        {
            return Refuse(refusal);
        }

        var called = onCall
            .Holders.GetValueOrDefault(role, [])
            .Concat(onCall.Holders.GetValueOrDefault(OverrideRules.Manager, []))
            .Where(p => p.Id != person.Id)
            .Select(p => p.Id)
            .Distinct();
        return await EnterAsync(
            TakeOver,
            new RosterOverride(role, person.Id, now, end, reason),
            person,
            onCall,
            "page",
            ("to", string.Join(',', called)),
            cancellationToken
        );
    }

    /// <summary>A release manager gives a role to somebody for a while, now or later.</summary>
    /// <param name="from">Now when null.</param>
    public async Task<RosterOutcome> GiveAsync(
        Person person,
        string role,
        string to,
        DateTimeOffset? from,
        DateTimeOffset until,
        string reason,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(person);
        var (content, now) = (runbook.Current, clock.GetUtcNow());
        var onCall = await roster.HoldersAsync(now, cancellationToken);
        var change = new RosterOverride(role, to, from is { } later && later > now ? later : now, until, reason);
        return OverrideRules.Give(content, onCall, person, change, now) is { } refusal
            ? Refuse(refusal)
            : await EnterAsync(Override, change, person, onCall, "post", ("given", to), cancellationToken);
    }

    /// <summary>
    /// Ends an override before its time: the person who holds the role by it may, and a release manager.
    /// </summary>
    public async Task<RosterOutcome> EndAsync(
        Person person,
        string name,
        string reason,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(name);
        var now = clock.GetUtcNow();
        var onCall = await roster.HoldersAsync(now, cancellationToken);
        if (
            !long.TryParse(
                name.StartsWith("O-", StringComparison.OrdinalIgnoreCase) ? name[2..] : name,
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var id
            )
        )
        {
            return Refuse(new Refusal("unknown-override", "§1.1", name));
        }

        return await database.InTransactionAsync<RosterOutcome>(
            async transaction =>
            {
                if (await RosterOverrides.HoldAsync(transaction, id) is not { } entered)
                {
                    return Refuse(new Refusal("unknown-override", "§1.1", name));
                }

                if (OverrideRules.End(runbook.Current, onCall, person, entered, now) is { } refusal)
                {
                    return Refuse(refusal);
                }

                await RosterOverrides.EndAsync(transaction, id, person.Id, now);
                await SayAsync(transaction, "post", "roster-ended", entered, person, reason);
                await audit.AppendAsync(
                    transaction,
                    new AuditEntry(person.Id, "roster-end", entered.Change.Role)
                    {
                        Before = entered.Change.Person,
                        Detail = Detail(entered, reason),
                    }
                );
                return new RosterOutcome.Accepted(entered with { EndedAt = now, EndedBy = person.Id });
            },
            cancellationToken
        );
    }

    private Task<RosterOutcome> EnterAsync(
        string kind,
        RosterOverride change,
        Person by,
        OnCall onCall,
        string notice,
        (string Name, string Value) also,
        CancellationToken cancellationToken
    ) =>
        database.InTransactionAsync<RosterOutcome>(
            async transaction =>
            {
                var entered = await RosterOverrides.AddAsync(transaction, kind, change, by.Id, clock.GetUtcNow());
                if (kind == TakeOver)
                {
                    // The page below calls them all; a second one for the same change would only wake them again.
                    await DutyWatch.SeeAsync(
                        transaction,
                        change.Role,
                        [change.Person],
                        overridden: true,
                        onCall.ShiftStart,
                        clock.GetUtcNow()
                    );
                }

                await SayAsync(
                    transaction,
                    notice,
                    kind == TakeOver ? "roster-taken" : "roster-given",
                    entered,
                    by,
                    change.Reason,
                    also
                );
                await audit.AppendAsync(
                    transaction,
                    new AuditEntry(by.Id, kind == TakeOver ? "roster-take" : "roster-give", change.Role)
                    {
                        Before = OverrideRules.Persons(onCall, change.Role),
                        After = change.Person,
                        Detail = Detail(entered, change.Reason),
                    }
                );
                return new RosterOutcome.Accepted(entered);
            },
            cancellationToken
        );

    private Task SayAsync(
        Transaction transaction,
        string kind,
        string template,
        EnteredOverride entered,
        Person by,
        string reason,
        (string Name, string Value)? also = null
    )
    {
        var arguments = new Dictionary<string, string>
        {
            ["override"] = entered.Name,
            ["role"] = entered.Change.Role,
            ["person"] = by.Id,
            ["from_at"] = Instant(entered.Change.From),
            ["until_at"] = Instant(entered.Change.To),
            ["reason"] = reason,
        };
        if (also is var (name, value))
        {
            arguments[name] = value;
        }

        return notices.PutAsync(transaction, new NoticeDraft($"{template}:{entered.Name}", kind, template, arguments));
    }

    private static Dictionary<string, string> Detail(EnteredOverride entered, string reason) =>
        new()
        {
            ["override"] = entered.Name,
            ["from"] = Instant(entered.Change.From),
            ["until"] = Instant(entered.Change.To),
            ["reason"] = reason,
        };

    private static string Instant(DateTimeOffset at) => at.ToString("O", CultureInfo.InvariantCulture);

    private static RosterOutcome.Refused Refuse(Refusal refusal) => new(refusal);
}
