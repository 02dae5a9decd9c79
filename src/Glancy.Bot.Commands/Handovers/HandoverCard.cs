using System.Globalization;
using Glancy.Bot.Commands.Notices;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Handovers;
using Glancy.Ops.Notices;
using Glancy.Runbook.People;

namespace Glancy.Bot.Commands.Handovers;

/// <summary>The card of a change of shift; until it is accepted, the incoming Primary is mentioned.</summary>
internal sealed class HandoverCard(HandoverStore handovers) : INoticeCard
{
    public string Template => HandoverNotices.CardTemplate;

    public async Task<NoticeCard?> ShowAsync(Notice notice, Names names, CancellationToken cancellationToken)
    {
        if (
            !DateTimeOffset.TryParse(
                notice.Arguments.GetValueOrDefault("boundary_at"),
                CultureInfo.InvariantCulture,
                DateTimeStyles.RoundtripKind,
                out var boundary
            ) || await handovers.GetAsync(boundary, cancellationToken) is not { Facts: { } facts } handover
        )
        {
            return null;
        }

        IReadOnlyList<Person> wanted = handover.Accepted is null
            ?
            [
                .. facts
                    .Incoming.GetValueOrDefault("primary", [])
                    .Select(id => names.Runbook.People.GetValueOrDefault(id))
                    .OfType<Person>(),
            ]
            : [];
        var before = await handovers.NewestAsync(boundary, cancellationToken);
        return new NoticeCard(HandoverView.Page(handover, facts, before?.Facts, names), wanted)
        {
            Before = before is null ? null : Handover.KeyOf(before.Boundary),
        };
    }
}
