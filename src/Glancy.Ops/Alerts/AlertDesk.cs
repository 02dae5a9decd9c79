using System.Globalization;
using Glancy.Ops.Connectors.Alertmanager;
using Glancy.Ops.Kernel;
using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Runbook;
using Glancy.Runbook.People;

namespace Glancy.Ops.Alerts;

/// <summary>What became of a person's word on an alert.</summary>
public abstract record AlertOutcome
{
    private AlertOutcome() { }

    public sealed record Accepted(AlertGroup Group) : AlertOutcome;

    public sealed record Refused(Refusal Refusal) : AlertOutcome;
}

/// <summary>
/// Silences a group in Alertmanager, and ends that again. What is asked is a row before it is sent; of what was sent
/// and not answered nothing is claimed, and it is looked for by its token before anything is sent again.
/// </summary>
public sealed class AlertDesk(
    BotDatabase database,
    AlertStore alerts,
    AlertCards cards,
    AlertmanagerClient alertmanager,
    AuditLog audit,
    RunbookHolder runbook,
    SilenceRight right,
    TimeProvider clock
)
{
    /// <summary>Silences the group by its labels for a while.</summary>
    public async Task<AlertOutcome> SilenceAsync(
        Person person,
        long id,
        TimeSpan length,
        string reason,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(person);
        var longest = runbook.Current.Alerts.Rules.LongestSilence;
        if (length <= TimeSpan.Zero || length > longest)
        {
            return Refuse("silence-too-long", "§5.2", ((int)longest.TotalHours).ToString(CultureInfo.InvariantCulture));
        }

        if (!(await right.RoleAsync(person, cancellationToken)).Has(out var role, out var refusal))
        {
            return new AlertOutcome.Refused(refusal);
        }

        // Somebody's earlier word, of which nobody knows what came: first it is found out.
        if (await alerts.SilenceAsync(id, cancellationToken) is { State: SilenceState.Asked } doubtful)
        {
            if (doubtful.InFlight)
            {
                return Refuse("silence-unknown", "§5.2", AlertName.Of(id));
            }

            switch (await alertmanager.FindAsync(Token(doubtful), cancellationToken))
            {
                case AlertmanagerAnswer.Done found:
                    await SettleAsync(doubtful, "stands", found.SilenceId, null, cancellationToken);
                    break;
                case AlertmanagerAnswer.None:
                    await SettleAsync(doubtful, "refused", null, null, cancellationToken);
                    break;
                default:
                    return Refuse("silence-unknown", "§5.2", AlertName.Of(id));
            }
        }

        var answer = await AskAsync(person, role, id, length, reason, cancellationToken);
        if (!answer.Has(out var silence, out var no))
        {
            return new AlertOutcome.Refused(no);
        }

        var (asked, group) = silence;
        var comment = $"[{Token(asked)}] {person.Id}: {reason}";
        switch (
            await alertmanager.SilenceAsync(
                group.SilencedBy ?? group.GroupLabels,
                length,
                person.Id,
                comment,
                cancellationToken
            )
        )
        {
            case AlertmanagerAnswer.Done made:
                return await SettleAsync(asked, "stands", made.SilenceId, null, cancellationToken)
                    ? await AcceptAsync(id, cancellationToken)
                    : Refuse("silence-unknown", "§5.2", group.Name);
            case AlertmanagerAnswer.Refused refused:
                await SettleAsync(asked, "refused", null, refused.Why, cancellationToken);
                return Refuse("silence-refused", "§5.2", group.Name, refused.Why);
            case AlertmanagerAnswer.NotReached or AlertmanagerAnswer.None:
                await SettleAsync(asked, "refused", null, "unreachable", cancellationToken);
                return Refuse("unreachable-alertmanager", "§5.2", group.Name);
            default:
                return Refuse("silence-unknown", "§5.2", group.Name);
        }
    }

    /// <summary>Ends the group's silence before its time.</summary>
    public async Task<AlertOutcome> UnsilenceAsync(Person person, long id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(person);
        if (!(await right.RoleAsync(person, cancellationToken)).Has(out var role, out var refusal))
        {
            return new AlertOutcome.Refused(refusal);
        }

        if (await alerts.GetAsync(id, cancellationToken) is null)
        {
            return Refuse("unknown-alert", "", AlertName.Of(id));
        }

        if (await alerts.SilenceAsync(id, cancellationToken) is not { } silence)
        {
            return Refuse("not-silenced", "§5.2", AlertName.Of(id));
        }

        if (silence.InFlight)
        {
            return Refuse("silence-unknown", "§5.2", AlertName.Of(id));
        }

        var answer = silence.SilenceId is null
            ? await alertmanager.FindAsync(Token(silence), cancellationToken)
            : new AlertmanagerAnswer.Done(silence.SilenceId);
        if (answer is AlertmanagerAnswer.Done standing)
        {
            answer = await alertmanager.EndAsync(standing.SilenceId, cancellationToken);
        }

        switch (answer)
        {
            // One that it does not know any more has ended as well.
            case AlertmanagerAnswer.Done or AlertmanagerAnswer.None:
                await database.InTransactionAsync(
                    async transaction =>
                    {
                        await AlertStore.HoldAsync(transaction, id);
                        await AlertRows.LiftSilenceAsync(transaction, silence.Id, person.Id);
                        await cards.PutAsync(transaction, id);
                        await audit.AppendAsync(
                            transaction,
                            new AuditEntry(person.Id, "alert-unsilence", AlertName.Of(id))
                            {
                                Role = role,
                                Before = Instant(silence.EndsAt),
                            }
                        );
                    },
                    cancellationToken
                );
                return await AcceptAsync(id, cancellationToken);
            case AlertmanagerAnswer.Refused refused:
                return Refuse("silence-refused", "§5.2", AlertName.Of(id), refused.Why);
            case AlertmanagerAnswer.NotReached:
                return Refuse("unreachable-alertmanager", "§5.2", AlertName.Of(id));
            default:
                return Refuse("silence-unknown", "§5.2", AlertName.Of(id));
        }
    }

    private static string Token(AlertSilence silence) => $"glancy {AlertName.Of(silence.GroupId)} {silence.Token:N}";

    private static string Instant(DateTimeOffset at) => at.ToString("O", CultureInfo.InvariantCulture);

    private static AlertOutcome.Refused Refuse(string code, string section, params string[] arguments) =>
        new(new Refusal(code, section, arguments));

    private Task<Result<(AlertSilence Asked, AlertGroup Group)>> AskAsync(
        Person person,
        string role,
        long id,
        TimeSpan length,
        string reason,
        CancellationToken cancellationToken
    ) =>
        database.InTransactionAsync<Result<(AlertSilence, AlertGroup)>>(
            async transaction =>
            {
                if (await AlertStore.HoldAsync(transaction, id) is not { } group)
                {
                    return new Refusal("unknown-alert", "", AlertName.Of(id));
                }

                if (group.SilencedBy is not { } labels)
                {
                    return new Refusal("silence-no-labels", "§5.2", group.Name);
                }

                var now = clock.GetUtcNow().ToUniversalTime();
                if (await AlertStore.SilenceAsync(transaction, id) is { } open)
                {
                    return open.State == SilenceState.Asked
                        ? new Refusal("silence-unknown", "§5.2", group.Name)
                        : new Refusal("already-silenced", "§5.2", group.Name, Instant(open.EndsAt), open.Person);
                }

                await AlertRows.AskSilenceAsync(
                    transaction,
                    id,
                    labels,
                    (now, now + length),
                    reason,
                    (person.Id, role)
                );
                var asked =
                    await AlertStore.SilenceAsync(transaction, id)
                    ?? throw new InvalidOperationException(
                        $"The silence of {group.Name} was just asked for and is gone."
                    );
                await cards.PutAsync(transaction, id);
                var detail = new Dictionary<string, string>
                {
                    ["reason"] = reason,
                    ["matchers"] = string.Join(", ", labels.Select(l => $"{l.Key}={l.Value}")),
                };
                await audit.AppendAsync(
                    transaction,
                    new AuditEntry(person.Id, "alert-silence", group.Name)
                    {
                        Role = role,
                        After = Instant(now + length),
                        Detail = detail,
                    }
                );
                return (asked, group);
            },
            cancellationToken
        );

    // Whoever is second finds that it has been settled.
    private Task<bool> SettleAsync(
        AlertSilence asked,
        string state,
        string? silence,
        string? why,
        CancellationToken cancellationToken
    ) =>
        database.InTransactionAsync(
            async transaction =>
            {
                await AlertStore.HoldAsync(transaction, asked.GroupId);
                var ours = await AlertRows.SettleSilenceAsync(transaction, asked.Id, state, silence);
                if (ours)
                {
                    await cards.PutAsync(transaction, asked.GroupId);
                    var detail = why is null ? null : new Dictionary<string, string> { ["why"] = why };
                    await audit.AppendAsync(
                        transaction,
                        new AuditEntry(asked.Person, "alert-silence-" + state, AlertName.Of(asked.GroupId))
                        {
                            After = silence,
                            Detail = detail,
                        }
                    );
                }

                return ours;
            },
            cancellationToken
        );

    private async Task<AlertOutcome> AcceptAsync(long id, CancellationToken cancellationToken) =>
        await alerts.GetAsync(id, cancellationToken) is { } group
            ? new AlertOutcome.Accepted(group)
            : Refuse("unknown-alert", "", AlertName.Of(id));
}
