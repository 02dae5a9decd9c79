using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Notices;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Refusals;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Notices;
using Glancy.Ops.Roster;
using Glancy.Ops.Runbook;

namespace Glancy.Bot.Commands.Roster;

/// <summary>What a person hears of a swap: how it stands, or why nothing changed.</summary>
internal sealed class SwapAnswers(RunbookHolder runbook)
{
    public Answer Of(SwapOutcome outcome, Invocation invocation)
    {
        switch (outcome)
        {
            case SwapOutcome.Accepted { Swap: var swap }:
                invocation.NowRecorded();
                return new Answer(SwapView.Page(swap, new Names(invocation.Words, runbook.Current)), swap);
            case SwapOutcome.Refused { Refusal: var refusal }:
                return RefusalView.Answer(refusal, invocation.Words);
            default:
                throw new InvalidOperationException("A word on a swap is neither accepted nor refused.");
        }
    }
}

/// <summary>The card of a proposal; who has to answer is mentioned.</summary>
internal sealed class SwapCard(SwapStore swaps) : INoticeCard
{
    public string Template => SwapStore.CardTemplate;

    public async Task<NoticeCard?> ShowAsync(Notice notice, Names names, CancellationToken cancellationToken)
    {
        return await swaps.FindAsync(notice.Arguments.GetValueOrDefault("swap", ""), cancellationToken) is { } swap
            ? new NoticeCard(
                SwapView.Page(swap, names),
                swap.Ended is null && names.Runbook.People.TryGetValue(swap.With, out var other) ? [other] : []
            )
            : null;
    }
}
