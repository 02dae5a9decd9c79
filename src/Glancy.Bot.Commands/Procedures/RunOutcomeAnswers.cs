using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Refusals;
using Glancy.Ops.Procedures;

namespace Glancy.Bot.Commands.Procedures;

/// <summary>What a person hears after a word on a run: the refusal, the new plan, or the run going on.</summary>
public sealed class RunOutcomeAnswers(RunFollower follower)
{
    /// <summary>Says the word and follows what comes of it.</summary>
    public async Task<Answer> AnswerAsync(Invocation invocation, long id, Func<Task<RunOutcome>> say, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(invocation);
        ArgumentNullException.ThrowIfNull(say);
        var before = await follower.LastEventAsync(id, cancellationToken);
        switch (await say())
        {
            case RunOutcome.Refused refused:
                return RefusalView.Answer(refused.Refusal, invocation.Words);
            case RunOutcome.Replanned replanned:
                invocation.NowRecorded();
                var fresh = await follower.ShowAsync(replanned.New, invocation.Words, cancellationToken);
                var title = invocation.Words.Say("run.replanned", replanned.Old.Name, replanned.New.Name);
                return fresh with { Page = fresh.Page with { Title = title }, Ending = Ending.Refused };
            default:
                invocation.NowRecorded();
                return await follower.FollowAsync(id, before, wait: !invocation.Values.Has("no-wait"), invocation, cancellationToken);
        }
    }
}
