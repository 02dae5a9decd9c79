using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Refusals;
using Glancy.Ops.Procedures;

namespace Glancy.Bot.Commands.Procedures;

/// <summary><c>glancy rollback REL-B3 --reason ...</c>: drafts the full rollback and shows its plan; nothing is changed yet (B2, §4.4).</summary>
public sealed class RollbackCommand(Drafts drafts, RunFollower follower) : ICommand
{
    public static CommandSpec Spec { get; } = new("rollback", Topic.Act, Effect.Danger, "4.4", [])
    {
        Arguments = [new("batch", ValueKind.Batch)],
        Options = [new("reason", ValueKind.Sentence, Required: true, Chinese: "原因")],
        Aliases = ["回滚"],
        Examples = ["rollback REL-B3 --reason \"lookup errors rise\""],
    };

    public async Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(invocation);
        var reason = invocation.Values["reason"];
        var arguments = new Dictionary<string, string> { ["batch"] = invocation.Values["batch"], ["reason"] = reason };
        switch (await drafts.DraftAsync("rollback", arguments, invocation.Person, reason, cancellationToken))
        {
            case DraftOutcome.Drafted drafted:
                invocation.NowRecorded();
                return await follower.ShowAsync(drafted.Run, invocation.Words, cancellationToken);
            case DraftOutcome.Refused refused:
                return RefusalView.Answer(refused.Refusal, invocation.Words);
            default:
                throw new InvalidOperationException("A draft is neither drafted nor refused.");
        }
    }
}
