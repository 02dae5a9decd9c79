using Glancy.Bot.Commands.Notices;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Incidents;
using Glancy.Ops.Notices;

namespace Glancy.Bot.Commands.Incidents;

/// <summary>
/// The card of an incident, as it stands: it changes with every word, and the words stand in its thread.
/// </summary>
internal sealed class IncidentCard(IncidentStore incidents) : INoticeCard
{
    public string Template => "card-incident";

    public async Task<NoticeCard?> ShowAsync(Notice notice, Names names, CancellationToken cancellationToken)
    {
        return await incidents.DetailsAsync(notice.Arguments["incident"], cancellationToken) is { } details
            ? new NoticeCard(Page(details, names), [])
            : null;
    }

    /// <summary>The page of an incident, and where to read all of it.</summary>
    public static Page Page(IncidentDetails details, Names names)
    {
        var page = IncidentView.Page(details, names);
        return page with
        {
            Blocks =
            [
                .. page.Blocks,
                new Block.Actions([
                    new NextStep(names.Words["incident.do-show"], $"glancy incident show {details.Incident.Id}"),
                ]),
            ],
        };
    }
}
