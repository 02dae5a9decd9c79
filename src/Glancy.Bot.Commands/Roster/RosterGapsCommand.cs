using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Notices;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Notices;
using Glancy.Ops.Roster;
using Glancy.Ops.Runbook;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Roster;

/// <summary><c>glancy roster gaps</c>: when, within a week, the roster does not work out (C1, §1.1).</summary>
internal sealed class RosterGapsCommand(RosterGapJob round, RunbookHolder runbook) : ICommand
{
    public static CommandSpec Spec { get; } =
        new("roster gaps", Topic.People, Effect.Read, "1.1", PermissionNames.RosterSee)
        {
            Aliases = ["值班表 空缺"],
            Examples = ["roster gaps"],
        };

    public async Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var gaps = await round.LookAsync(cancellationToken);
        return new Answer(
            RosterGapsView.Page(gaps, new Names(invocation.Words, runbook.Current)),
            new RosterGapsData(gaps)
        );
    }
}

/// <summary>Gaps as data.</summary>
internal sealed record RosterGapsData(IReadOnlyList<RosterGap> Gaps);

/// <summary>The card of a day on which the roster does not work out; the release managers are mentioned.</summary>
internal sealed class RosterGapsCard(RosterGapJob round, DutyRoster roster, TimeProvider clock) : INoticeCard
{
    public string Template => RosterGapJob.CardTemplate;

    public async Task<NoticeCard?> ShowAsync(Notice notice, Names names, CancellationToken cancellationToken)
    {
        var onCall = await roster.HoldersAsync(clock.GetUtcNow(), cancellationToken);
        return new NoticeCard(
            RosterGapsView.Page(await round.LookAsync(cancellationToken), names),
            onCall.Holders.GetValueOrDefault(OverrideRules.Manager, [])
        );
    }
}
