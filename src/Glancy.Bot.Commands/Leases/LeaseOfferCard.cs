using Glancy.Bot.Commands.Notices;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Leases;
using Glancy.Ops.Notices;
using Glancy.Ops.Procedures.Ports;
using Glancy.Runbook.People;

namespace Glancy.Bot.Commands.Leases;

/// <summary>The card of an offer to take a temporary change back; its owner is mentioned while it stands.</summary>
internal sealed class LeaseOfferCard(LeaseStore leases, LeaseUndo undo) : INoticeCard
{
    public string Template => LeaseOffers.CardTemplate;

    public async Task<NoticeCard?> ShowAsync(Notice notice, Names names, CancellationToken cancellationToken)
    {
        if (
            !LeaseName.TryParse(notice.Arguments.GetValueOrDefault("lease", ""), out var id)
            || await leases.FindAsync(id, cancellationToken) is not { } lease
        )
        {
            return null;
        }

        var terms = lease.EndedAt is null
            ? (await undo.TermsAsync([lease], new Decision(), cancellationToken))[0]
            : null;
        IReadOnlyList<Person> owner =
            terms is { Ground: UndoGround.Recovered } && names.Runbook.People.TryGetValue(lease.Owner, out var person)
                ? [person]
                : [];
        return new NoticeCard(LeaseOfferView.Page(lease, terms, names), owner);
    }
}
