using System.Globalization;
using Glancy.Ops.Handovers;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Notices;
using Glancy.Runbook.Patrols;

namespace Glancy.Ops.Patrols;

/// <summary>
/// Goes a patrol that is due, whatever made it due: looks, keeps the row, and says what there is to say, once for each
/// instant.
/// </summary>
public sealed class PatrolDesk(BotDatabase database, PatrolReader reader, HandoverStore handovers, NoticeBoard notices)
{
    /// <summary>The template of the card, drawn anew from the patrol it names.</summary>
    public const string CardTemplate = "card-patrol";

    /// <summary>The row from which later ones are counted; nothing was looked at.</summary>
    public Task BeginAsync(Patrol patrol, DateTimeOffset from, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(patrol);
        return database.InTransactionAsync(
            transaction =>
                PatrolStore.AddAsync(
                    transaction,
                    new PatrolRun(patrol.Id, from, from, PatrolResult.Green, [], 0, null)
                ),
            cancellationToken
        );
    }

    /// <param name="missed">How many instants before it nobody was there for.</param>
    /// <param name="last">The one before; a card of its that stands is carried on.</param>
    public async Task GoAsync(
        Patrol patrol,
        DateTimeOffset due,
        int missed,
        PatrolRun last,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(patrol);
        ArgumentNullException.ThrowIfNull(last);
        var (result, lines) = await reader.LookAsync(patrol, now, cancellationToken);
        var quiet = result is PatrolResult.Green or PatrolResult.Near;
        var stood = last.Result is PatrolResult.Green or PatrolResult.Near ? null : last.Card;
        var run = new PatrolRun(
            patrol.Id,
            due,
            now,
            result,
            lines,
            missed,
            quiet
                ? null
                : stood
                    ?? $"patrol:{patrol.Id}:"
                        + $"{due.UtcDateTime.ToString("yyyyMMdd'T'HHmm'Z'", CultureInfo.InvariantCulture)}"
        );
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
                    await notices.PutAsync(
                        transaction,
                        new NoticeDraft(
                            $"{template}:{patrol.Id}:{arguments["due_at"]}",
                            "post",
                            template,
                            arguments,
                            Under: thread
                        )
                    );
                }
            },
            cancellationToken
        );
    }
}
