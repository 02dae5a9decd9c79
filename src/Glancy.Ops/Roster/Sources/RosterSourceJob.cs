using System.Globalization;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Kernel.Time;
using Glancy.Ops.Notices;
using Glancy.Ops.Runbook;
using Glancy.Runbook.Roster;

namespace Glancy.Ops.Roster.Sources;

/// <summary>
/// Asks the sources of roles who is on duty, a good week ahead (C1, §1.1). One that is not heard for too long counts no
/// longer: the runbook's roster serves, and that is said once, as it is when it is heard again. Accounts that
/// people.yaml does not know hold nothing, and that is said, too.
/// </summary>
internal sealed class RosterSourceJob(
    BotDatabase database,
    IEnumerable<IRosterReader> readers,
    NoticeBoard notices,
    RunbookHolder runbook,
    TimeProvider clock
) : IRecurringJob
{
    public const string LostTemplate = "roster-source-lost";
    public const string HeardTemplate = "roster-source-heard";
    public const string StrangerTemplate = "roster-source-stranger";

    private static readonly TimeSpan Ahead = TimeSpan.FromDays(8);

    public string Name => "roster-sources";

    public TimeSpan Every => TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public async Task GoAsync(CancellationToken cancellationToken)
    {
        foreach (var source in runbook.Current.Roster.Sources)
        {
            var now = clock.GetUtcNow().ToUniversalTime();
            var reading = await ReadAsync(source, now, cancellationToken);
            await database.InTransactionAsync(
                transaction =>
                    reading switch
                    {
                        RosterReading.Heard heard => HearAsync(transaction, source, heard, now),
                        RosterReading.NotHeard not => MissAsync(transaction, source, not.Why, now),
                        _ => throw new InvalidOperationException("A source is neither heard nor not."),
                    },
                cancellationToken
            );
        }
    }

    private async Task<RosterReading> ReadAsync(
        RosterSource source,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (readers.FirstOrDefault(r => r.Kind == source.Kind) is not { } reader)
        {
            return new RosterReading.NotHeard("not-set-up");
        }

        try
        {
            return await reader.ReadAsync(source.Id, now, now + Ahead, cancellationToken);
        }
        // Whatever is wrong with one source, the next ones are asked.
        catch (Exception trouble) when (!cancellationToken.IsCancellationRequested)
        {
            return new RosterReading.NotHeard(trouble.GetType().Name);
        }
    }

    private async Task HearAsync(
        Transaction transaction,
        RosterSource source,
        RosterReading.Heard heard,
        DateTimeOffset now
    )
    {
        var people = runbook.Current.People.Values;
        var last = await RosterTurns.HoldAsync(transaction, source);
        var goesOn = last?.Trusted_Until > now ? last : null;
        List<RosterTurn> turns = [];
        foreach (var turn in heard.Turns.Distinct())
        {
            if (
                people.FirstOrDefault(p =>
                    turn.Account == (source.Kind == SourceKind.PagerDuty ? p.PagerDuty : p.Slack)
                ) is
                { } person
            )
            {
                // An end at the end of what was asked for may be only that: it would move with every question.
                turns.Add(
                    new RosterTurn(source.Role, person.Id, turn.From ?? now, turn.To >= heard.Until ? null : turn.To)
                );
            }
            else
            {
                await SayAsync(transaction, source, StrangerTemplate, turn.Account, "account", turn.Account);
            }
        }

        await RosterTurns.SeeAsync(transaction, source, turns, first: goesOn is null, now);
        await RosterTurns.HearAsync(transaction, source, goesOn, heard.Until, now);
        if (last is not null && goesOn is null)
        {
            await SayAsync(transaction, source, HeardTemplate, Id(last), "why", "");
        }
    }

    private async Task MissAsync(Transaction transaction, RosterSource source, string why, DateTimeOffset now)
    {
        var last = await RosterTurns.HoldAsync(transaction, source);
        if (last is null || last.Trusted_Until <= now)
        {
            await SayAsync(transaction, source, LostTemplate, Id(last), "why", why);
        }
    }

    // Once for each hearing; 0 before the first.
    private static string Id(RosterTurns.HearingRow? hearing) =>
        (hearing?.Id ?? 0).ToString(CultureInfo.InvariantCulture);

    private Task SayAsync(
        Transaction transaction,
        RosterSource source,
        string template,
        string which,
        string name,
        string value
    ) =>
        notices.PutAsync(
            transaction,
            new NoticeDraft(
                $"{template}:{source.Role}:{source.Name}:{which}",
                "post",
                template,
                new Dictionary<string, string>
                {
                    ["role"] = source.Role,
                    ["source"] = source.Name,
                    [name] = value,
                }
            )
        );
}
