using System.Globalization;
using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Refusals;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Handovers;
using Glancy.Ops.Kernel;
using Glancy.Ops.Roster;
using Glancy.Ops.Runbook;

namespace Glancy.Bot.Commands.Handovers;

/// <summary>What a person hears of a handover: how things stand, or why nothing changed.</summary>
internal sealed class HandoverAnswers(
    HandoverStore handovers,
    HandoverReader reader,
    FollowUpStore followUps,
    DutyRoster roster,
    RunbookHolder runbook,
    TimeProvider clock
)
{
    private static readonly TimeSpan Instant = TimeSpan.FromMicroseconds(1);

    /// <summary>What would be handed over if the shift changed now.</summary>
    public async Task<Answer> NowAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var shift = await roster.PlannedAsync(clock.GetUtcNow(), cancellationToken);
        var facts = await reader.ReadAsync(shift.ShiftEnd, cancellationToken);
        var current = await handovers.GetAsync(shift.ShiftStart, cancellationToken);
        return new Answer(
            HandoverView.Preview(facts, current, shift, new Names(invocation.Words, runbook.Current)),
            new HandoverData(current, facts, [])
        );
    }

    /// <summary>The handover into the shift of an instant, as it was opened.</summary>
    public async Task<Answer> AtAsync(DateTimeOffset at, Invocation invocation, CancellationToken cancellationToken)
    {
        return await handovers.NewestAsync(at + Instant, cancellationToken) is { Facts: { } facts } handover
            ? new Answer(
                await PageAsync(handover, facts, invocation.Words, cancellationToken),
                new HandoverData(handover, null, [])
            )
            : RefusalView.Answer(
                new Refusal("no-handover-then", "§3.1", at.ToString("O", CultureInfo.InvariantCulture)),
                invocation.Words
            );
    }

    /// <summary>The handover with what is left of it, or everything that stands in the way.</summary>
    public async Task<Answer> OfAsync(
        HandoverOutcome outcome,
        Invocation invocation,
        CancellationToken cancellationToken
    )
    {
        var words = invocation.Words;
        switch (outcome)
        {
            case HandoverOutcome.Accepted { Handover: { Facts: { } facts } handover, InTheWay: var reasons }:
                invocation.NowRecorded();
                var page = await PageAsync(handover, facts, words, cancellationToken);
                return new Answer(
                    reasons.Count == 0
                        ? page
                        : page with
                        {
                            Blocks =
                            [
                                new Block.Heading(words["handover.not-clean"]),
                                HandoverView.InTheWay(reasons, words),
                                .. page.Blocks,
                            ],
                        },
                    new HandoverData(handover, null, Data(reasons, words))
                );
            case HandoverOutcome.Refused { Refusal: var refusal, Reasons: var reasons }:
                Block[] more = reasons.Count == 0 ? [] : [HandoverView.InTheWay(reasons, words)];
                var answer = RefusalView.Answer(refusal, words, more);
                return answer with
                {
                    Data = RefusalView.Data(refusal, words) with
                    {
                        Reasons = reasons.Count == 0 ? null : Data(reasons, words),
                    },
                };
            default:
                throw new InvalidOperationException("A word on a handover is neither accepted nor refused.");
        }
    }

    /// <param name="done">The key of the sentence that says what has just been done.</param>
    public async Task<Answer> OfAsync(
        FollowUpOutcome outcome,
        string done,
        Invocation invocation,
        CancellationToken cancellationToken
    )
    {
        switch (outcome)
        {
            case FollowUpOutcome.Accepted { FollowUp: var item }:
                invocation.NowRecorded();
                var open = await followUps.OpenAsync(cancellationToken);
                var page = HandoverView.FollowUps(
                    invocation.Words.Say(done, item.Name, item.Words),
                    open,
                    clock.GetUtcNow(),
                    new Names(invocation.Words, runbook.Current)
                );
                return new Answer(page, new FollowUpData(item, open));
            case FollowUpOutcome.Refused { Refusal: var refusal }:
                return RefusalView.Answer(refusal, invocation.Words);
            default:
                throw new InvalidOperationException("A word on a follow-up is neither accepted nor refused.");
        }
    }

    private async Task<Page> PageAsync(
        Handover handover,
        HandoverFacts facts,
        Phrasebook words,
        CancellationToken cancellationToken
    ) =>
        HandoverView.Page(
            handover,
            facts,
            (await handovers.NewestAsync(handover.Boundary, cancellationToken))?.Facts,
            new Names(words, runbook.Current)
        );

    private static IReadOnlyList<RefusalData> Data(IReadOnlyList<Refusal> reasons, Phrasebook words) =>
        [.. reasons.Select(r => RefusalView.Data(r, words))];
}

/// <summary>A handover as data.</summary>
/// <param name="Now">How things stand now, where that was asked for.</param>
internal sealed record HandoverData(Handover? Handover, HandoverFacts? Now, IReadOnlyList<RefusalData> InTheWay);

/// <summary>A follow-up as data, with all that are open.</summary>
internal sealed record FollowUpData(FollowUp FollowUp, IReadOnlyList<FollowUp> Open);
