using System.Globalization;
using Glancy.Bot.Commands.Notices;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Notices;
using Glancy.Ops.Patrols;
using Glancy.Ops.Roster;
using Glancy.Runbook.Patrols;

namespace Glancy.Bot.Commands.Patrols;

/// <summary>The card of a patrol that was not green; who is called first is mentioned while it is not.</summary>
internal sealed class PatrolCard(PatrolStore patrols, DutyRoster roster, TimeProvider clock) : INoticeCard
{
    public string Template => PatrolDesk.CardTemplate;

    public async Task<NoticeCard?> ShowAsync(Notice notice, Names names, CancellationToken cancellationToken)
    {
        if (
            names.Runbook.Patrols.FirstOrDefault(p => p.Id == notice.Arguments.GetValueOrDefault("patrol"))
                is not { } patrol
            || !DateTimeOffset.TryParse(
                notice.Arguments.GetValueOrDefault("due_at"),
                CultureInfo.InvariantCulture,
                DateTimeStyles.RoundtripKind,
                out var due
            )
            || await patrols.GetAsync(patrol.Id, due, cancellationToken) is not { } run
        )
        {
            return null;
        }

        var well = run.Result is PatrolResult.Green or PatrolResult.Near;
        return new NoticeCard(
            PatrolView.One(patrol, run, names),
            well ? [] : (await roster.HoldersAsync(clock.GetUtcNow(), cancellationToken)).FirstCalled
        );
    }
}
