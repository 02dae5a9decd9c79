using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Refusals;
using Glancy.Ops.Kernel;
using Glancy.Ops.Procedures;
using Glancy.Ops.Runbook;

namespace Glancy.Bot.Commands.Procedures;

/// <summary>What a person hears after a word on a run: the refusal, the new plan, or the run going on.</summary>
internal sealed class RunOutcomeAnswers(RunFollower follower, RunbookHolder runbook)
{
    /// <summary>Says the word and follows what comes of it.</summary>
    public async Task<Answer> AnswerAsync(
        Invocation invocation,
        long id,
        Func<Task<RunOutcome>> say,
        CancellationToken cancellationToken
    )
    {
        var before = await follower.LastEventAsync(id, cancellationToken);
        switch (await say())
        {
            case RunOutcome.Refused { Run: { Ended: true } ended }
                when (await follower.BesideAsync(ended, cancellationToken)).Successor is { } successor:
                return RefusalView.Answer(
                    Replaced(ended, successor),
                    invocation.Words,
                    new Block.Actions([
                        new NextStep(
                            invocation.Words.Say("run.see-other", successor.Name),
                            $"glancy run show {successor.Name}"
                        ),
                    ])
                );
            case RunOutcome.Refused
            {
                Run: { Ended: true, ConfirmedAt: null, State: not RunState.Succeeded } alone,
                Refusal: { Code: "expired" or "already-ended" } refusal
            } when DraftLine.Again(runbook.Current, alone) is { } anew:
                return RefusalView.Answer(
                    refusal,
                    invocation.Words,
                    new Block.Paragraph(invocation.Words.Say("run.none-in-its-place", anew)),
                    new Block.Actions([new NextStep(invocation.Words["run.draft-anew"], anew)])
                );
            case RunOutcome.Refused refused:
                return RefusalView.Answer(refused.Refusal, invocation.Words);
            case RunOutcome.Replanned replanned:
                invocation.NowRecorded();
                var fresh = await follower.ShowAsync(replanned.New, invocation.Words, cancellationToken);
                var title = invocation.Words.Say("run.replanned", replanned.Old.Name, replanned.New.Name);
                return fresh with { Page = fresh.Page with { Title = title }, ExitCode = ExitCode.Refused };
            default:
                invocation.NowRecorded();
                return await follower.FollowAsync(
                    id,
                    before,
                    wait: !invocation.Values.Has("no-wait"),
                    invocation,
                    cancellationToken
                );
        }
    }

    // An old card's button, or a name that was printed earlier: the word was meant for what stands there now, which has
    // to be read first.
    private static Refusal Replaced(Run ended, Run successor) =>
        successor.Open
            ? new Refusal("replaced", "§4.4", ended.Name, ended.State.ToString(), successor.Name, successor.Plan.Code)
            : new Refusal(
                successor.Ended ? "replaced-done" : "replaced-going",
                "§4.4",
                ended.Name,
                ended.State.ToString(),
                successor.Name
            );
}
