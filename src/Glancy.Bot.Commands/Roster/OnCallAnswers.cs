using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Refusals;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Roster;
using Glancy.Ops.Runbook;

namespace Glancy.Bot.Commands.Roster;

/// <summary>What a person hears of the roster: who is on duty as things stand, or why nothing changed.</summary>
internal sealed class OnCallAnswers(DutyRoster roster, RunbookHolder runbook, TimeProvider clock)
{
    /// <summary>Who is on duty now and next, and what deviates from the runbook's roster.</summary>
    public async Task<Answer> ShowAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var at = clock.GetUtcNow();
        var duty = await roster.OutlookAsync(at, cancellationToken);
        var known = await roster.KnownAsync(at, cancellationToken);
        return new Answer(OnCallView.Page(duty, new Names(invocation.Words, known)), OnCallData.Of(duty));
    }

    /// <param name="done">The key of the sentence that says what has just been done.</param>
    public async Task<Answer> OfAsync(
        RosterOutcome outcome,
        string done,
        Invocation invocation,
        CancellationToken cancellationToken
    )
    {
        switch (outcome)
        {
            case RosterOutcome.Accepted { Override: var entered }:
                invocation.NowRecorded();
                var shown = await ShowAsync(invocation, cancellationToken);
                var names = new Names(invocation.Words, runbook.Current);
                var title = invocation.Words.Say(
                    done,
                    entered.Name,
                    names.Person(entered.Change.Person),
                    names.Role(entered.Change.Role),
                    TimeText.Minute(entered.Change.From),
                    TimeText.Minute(entered.Change.To)
                );
                return shown with { Page = shown.Page with { Title = title } };
            case RosterOutcome.Refused { Refusal: var refusal }:
                return RefusalView.Answer(refusal, invocation.Words);
            default:
                throw new InvalidOperationException("A word on the roster is neither accepted nor refused.");
        }
    }
}
