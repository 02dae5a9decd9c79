using Glancy.Bot.Commands.Notices;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Leases;
using Glancy.Ops.Notices;
using Glancy.Ops.Procedures.Ports;
using Glancy.Ops.Releases;
using Glancy.Runbook.People;

namespace Glancy.Bot.Commands.Leases;

/// <summary>The one card of temporary changes that stand; their owners are mentioned.</summary>
internal sealed class LeaseStandingCard(LeaseStore leases, LeaseUndo undo, FreezeStore freezes) : INoticeCard
{
    public string Template => LeaseReminders.CardTemplate;

    public async Task<NoticeCard?> ShowAsync(Notice notice, Names names, CancellationToken cancellationToken)
    {
        // The last word of a card that has ended is about its own changes, whatever stands by now on another.
        var standing =
            notice.Arguments.GetValueOrDefault("count") == "0" ? [] : await leases.OpenAsync(cancellationToken);
        var terms = standing
            .Zip(await undo.TermsAsync(standing, new Decision(), cancellationToken))
            .ToDictionary(pair => pair.First.Id, pair => pair.Second);
        IReadOnlyList<Person> owners =
        [
            .. standing
                .Select(l => names.Runbook.People.GetValueOrDefault(l.Owner))
                .OfType<Person>()
                .DistinctBy(p => p.Id),
        ];
        return new NoticeCard(
            LeaseStandingView.Page(standing, terms, await freezes.GetAsync(cancellationToken) is not null, names),
            owners
        );
    }
}
