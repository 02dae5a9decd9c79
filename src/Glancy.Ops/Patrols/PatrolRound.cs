using System.Globalization;
using Glancy.Ops.Database;
using Glancy.Ops.Handovers;
using Glancy.Ops.Notices;
using Glancy.Ops.Runbook;
using Glancy.Ops.Time;

namespace Glancy.Ops.Patrols;

/// <summary>
/// Goes the patrols of §3 (C6). Which are due follows from the newest row and the hours in the data, never from when this runs. Who was away
/// looks once and says how many were missed: an hour that is over cannot be looked at any more.
/// </summary>
public sealed class PatrolRound(BotDatabase database, PatrolStore patrols, PatrolReader reader, HandoverStore handovers, NoticeBoard notices, RunbookHolder runbook, TimeProvider clock) : IRound
{
    /// <summary>The template of the card, drawn anew from the patrol it names.</summary>
    public const string CardTemplate = "card-patrol";

    public string Name => "patrols";

    public TimeSpan Every => TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public async Task GoAsync(CancellationToken cancellationToken)
    {
        var (content, now) = (runbook.Current, clock.GetUtcNow());
        var zone = TimeZoneInfo.FindSystemTimeZoneById(content.Roster.TimeZone);
        var newest = await patrols.NewestAsync(cancellationToken);
        foreach (var patrol in content.Patrols)
        {
            if (newest.GetValueOrDefault(patrol.Id) is not { } last)
            {
                // Where it has never been gone, the next hour is the first.
                await database.InTransactionAsync(transaction => PatrolStore.AddAsync(transaction, new PatrolRun(patrol.Id, now, now, PatrolResult.Green, [], 0, null)), cancellationToken);
            }
            else if (patrol.Due(zone, last.DueAt, now).ToList() is { Count: > 0 } due)
            {
                await GoAsync(patrol, due[^1], due.Count - 1, last, now, cancellationToken);
            }
        }
    }

    private async Task GoAsync(Patrol patrol, DateTimeOffset due, int missed, PatrolRun last, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (result, lines) = await reader.LookAsync(patrol, now, cancellationToken);
        var quiet = result is PatrolResult.Green or PatrolResult.Near;
        var stood = last.Result is PatrolResult.Green or PatrolResult.Near ? null : last.Card;
        var run = new PatrolRun(patrol.Id, due, now, result, lines, missed, quiet ? null : stood ?? $"patrol:{patrol.Id}:{due.UtcDateTime.ToString("yyyyMMdd'T'HHmm'Z'", CultureInfo.InvariantCulture)}");
        var thread = await handovers.ThreadAsync(now, cancellationToken);
        var arguments = new Dictionary<string, string>
        {
            ["patrol"] = patrol.Id,
            ["due_at"] = due.ToString("O", CultureInfo.InvariantCulture),
            ["title_zh"] = patrol.Title.Zh,
            ["title_en"] = patrol.Title.En,
            ["near"] = string.Join(", ", lines.Where(l => l.Near).Select(l => l.Id)),
        };
        await database.InTransactionAsync(
            async transaction =>
            {
                if (!await PatrolStore.AddAsync(transaction, run))
                {
                    return;
                }

                // A card that stood for trouble ends by saying that it is over.
                if ((run.Card ?? stood) is { } card)
                {
                    await notices.PutAsync(transaction, new NoticeDraft(card, "card", CardTemplate, arguments));
                }

                // Before the first handover there is no thread to be quiet in; the row is there.
                if (quiet && thread is not null)
                {
                    var template = result == PatrolResult.Near ? "patrol-near" : "patrol-green";
                    await notices.PutAsync(transaction, new NoticeDraft($"{template}:{patrol.Id}:{arguments["due_at"]}", "post", template, arguments, Under: thread));
                }
            },
            cancellationToken);
    }
}
