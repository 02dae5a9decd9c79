using System.Globalization;
using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Notices;
using Glancy.Ops.Procedures;
using Glancy.Ops.Roster;
using Glancy.Runbook.People;

namespace Glancy.Ops.Handovers;

/// <summary>What became of a person's word on a handover.</summary>
public abstract record HandoverOutcome
{
    private HandoverOutcome() { }

    /// <param name="InTheWay">Why it is not clean; empty when it is.</param>
    public sealed record Accepted(Handover Handover, IReadOnlyList<Refusal> InTheWay) : HandoverOutcome;

    /// <summary>Nothing changed.</summary>
    public sealed record Refused(Refusal Refusal, IReadOnlyList<Refusal> Reasons) : HandoverOutcome;
}

/// <summary>
/// Takes over a shift, and marks it clean (C5, §3.1). Accepting always moves Primary and Secondary; only the mark may
/// be refused.
/// </summary>
public sealed class HandoverDesk(
    BotDatabase database,
    Targets targets,
    DutyRoster roster,
    NoticeBoard notices,
    AuditLog audit,
    TimeProvider clock
)
{
    /// <summary>The incoming Primary takes the shift over: from now on it is their buttons that work.</summary>
    public async Task<HandoverOutcome> AcceptAsync(Person person, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(person);
        var now = clock.GetUtcNow();
        var planned = await roster.PlannedAsync(now, cancellationToken);
        return await WordAsync(
            planned,
            async (transaction, handover, facts) =>
            {
                if (handover.Accepted is { } before)
                {
                    return Refuse("handover-accepted", before.By, Instant(before.At));
                }

                if (planned.Holders["primary"].All(p => p.Id != person.Id))
                {
                    return Refuse("handover-not-yours", person.Id, OverrideRules.Persons(planned, "primary"));
                }

                var reasons = await HandoverClean.InTheWayAsync(transaction, planned, targets);
                var left = await HandoverClean.LeftAsync(transaction);
                var clean = reasons.Count == 0 ? new HandoverMark(now, person.Id) : null;
                await HandoverStore.AcceptAsync(
                    transaction,
                    handover.Boundary,
                    new HandoverMark(now, person.Id),
                    clean?.At,
                    left
                );
                await SayAsync(
                    transaction,
                    handover,
                    facts,
                    clean is null ? "handover-accepted"
                        : left.Count == 0 ? "handover-accepted-clean"
                        : "handover-accepted-carried",
                    person,
                    left
                );
                await audit.AppendAsync(
                    transaction,
                    new AuditEntry(person.Id, "handover-accept", Instant(handover.Boundary))
                    {
                        Role = "primary",
                        Before = string.Join(',', facts.Outgoing.GetValueOrDefault("primary", [])),
                        After = person.Id,
                        Detail = Detail(reasons),
                    }
                );
                return new HandoverOutcome.Accepted(
                    handover with
                    {
                        Accepted = new HandoverMark(now, person.Id),
                        Clean = clean,
                        Left = left,
                    },
                    reasons
                );
            },
            cancellationToken
        );
    }

    /// <summary>
    /// Marks the accepted handover clean once nothing is left of what kept it from being so; for who accepted it and
    /// whoever is Primary.
    /// </summary>
    public async Task<HandoverOutcome> CleanAsync(Person person, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(person);
        var now = clock.GetUtcNow();
        var planned = await roster.PlannedAsync(now, cancellationToken);
        return await WordAsync(
            planned,
            async (transaction, handover, facts) =>
            {
                if (handover.Accepted is not { } accepted)
                {
                    return Refuse("handover-not-accepted", OverrideRules.Persons(planned, "primary"));
                }

                if (handover.Clean is { } before)
                {
                    return Refuse("handover-clean-already", before.By, Instant(before.At));
                }

                if (accepted.By != person.Id && planned.Holders["primary"].All(p => p.Id != person.Id))
                {
                    return Refuse("handover-not-yours", person.Id, OverrideRules.Persons(planned, "primary"));
                }

                var reasons = await HandoverClean.InTheWayAsync(transaction, planned, targets);
                if (reasons.Count > 0)
                {
                    return new HandoverOutcome.Refused(
                        new Refusal("handover-not-clean", "§3", reasons.Count.ToString(CultureInfo.InvariantCulture)),
                        reasons
                    );
                }

                var left = await HandoverClean.LeftAsync(transaction);
                await HandoverStore.CleanAsync(transaction, handover.Boundary, new HandoverMark(now, person.Id), left);
                await SayAsync(
                    transaction,
                    handover,
                    facts,
                    left.Count == 0 ? "handover-clean" : "handover-clean-carried",
                    person,
                    left
                );
                await audit.AppendAsync(
                    transaction,
                    new AuditEntry(person.Id, "handover-clean", Instant(handover.Boundary))
                );
                return new HandoverOutcome.Accepted(
                    handover with
                    {
                        Clean = new HandoverMark(now, person.Id),
                        Left = left,
                    },
                    []
                );
            },
            cancellationToken
        );
    }

    // The row makes two who press at the same time wait for each other.
    private Task<HandoverOutcome> WordAsync(
        OnCall planned,
        Func<Transaction, Handover, HandoverFacts, Task<HandoverOutcome>> word,
        CancellationToken cancellationToken
    ) =>
        database.InTransactionAsync<HandoverOutcome>(
            async transaction =>
                await HandoverStore.HoldAsync(transaction, planned.ShiftStart) is { Facts: { } facts } handover
                    ? await word(transaction, handover, facts)
                    : Refuse("handover-none", Instant(planned.ShiftEnd)),
            cancellationToken
        );

    private async Task SayAsync(
        Transaction transaction,
        Handover handover,
        HandoverFacts facts,
        string template,
        Person person,
        IReadOnlyList<string> left
    )
    {
        await notices.PutAsync(transaction, HandoverNotices.Card(handover.Boundary, facts));
        await notices.PutAsync(
            transaction,
            new NoticeDraft(
                $"{handover.Key}:{template}",
                "post",
                template,
                new Dictionary<string, string> { ["person"] = person.Id, ["left_items"] = string.Join(',', left) },
                Under: handover.Key
            )
        );
    }

    private static Dictionary<string, string>? Detail(IReadOnlyList<Refusal> reasons) =>
        reasons.Count == 0
            ? null
            : new Dictionary<string, string>
            {
                ["not_clean"] = string.Join(", ", reasons.Select(r => $"{r.Code} {r.Arguments[0]}")),
            };

    private static HandoverOutcome.Refused Refuse(string code, params string[] arguments) =>
        new HandoverOutcome.Refused(new Refusal(code, "§3.1", arguments), []);

    private static string Instant(DateTimeOffset at) => at.ToString("O", CultureInfo.InvariantCulture);
}
