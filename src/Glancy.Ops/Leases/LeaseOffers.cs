using Glancy.Ops.Hooks;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Kernel.Time;
using Glancy.Ops.Notices;
using Glancy.Ops.Procedures.Ports;

namespace Glancy.Ops.Leases;

/// <summary>
/// Offers to take a temporary change back by button once its recovery rule is met (rule 7, §7.2.5). It never takes one
/// back by itself; when the recovery does not last, the offer is withdrawn on the same card, and made anew when it
/// holds again.
/// </summary>
public sealed class LeaseOffers(
    BotDatabase database,
    LeaseStore leases,
    LeaseUndo undo,
    NoticeBoard notices,
    TimeProvider clock
) : IRecurringJob
{
    /// <summary>The template of the card, drawn anew from the lease as it stands.</summary>
    public const string CardTemplate = "card-lease-offer";

    public string Name => "lease-offers";

    public TimeSpan Every => Recovery.Window;

    /// <inheritdoc/>
    public async Task GoAsync(CancellationToken cancellationToken)
    {
        var offered = (
            await database.QueryAsync<long>(
                "select id from glancy.lease where offered_at is not null order by id",
                null,
                cancellationToken
            )
        ).ToHashSet();
        var ruled = (await leases.OpenAsync(cancellationToken))
            .Where(l => l is { IsSwitch: true, Recovers.Count: > 0 })
            .ToList();
        var terms = ruled.Count == 0 ? [] : await undo.TermsAsync(ruled, new Decision(), cancellationToken);
        var recovered = ruled
            .Zip(terms)
            .Where(pair => pair.Second.Ground == UndoGround.Recovered)
            .Select(pair => pair.First.Id)
            .ToHashSet();
        foreach (var id in recovered.Except(offered).Order())
        {
            await TurnAsync(id, clock.GetUtcNow(), cancellationToken);
        }

        // Taken back, kept for good, or not recovered after all.
        foreach (var id in offered.Except(recovered).Order())
        {
            await TurnAsync(id, null, cancellationToken);
        }
    }

    private Task TurnAsync(long id, DateTimeOffset? at, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async transaction =>
            {
                if (await LeaseStore.OfferAsync(transaction, id, at))
                {
                    await notices.PutAsync(
                        transaction,
                        new NoticeDraft(
                            $"lease:{id}:offer",
                            "card",
                            CardTemplate,
                            new Dictionary<string, string> { ["lease"] = LeaseName.Of(id) }
                        )
                    );
                }
            },
            cancellationToken
        );
}
