using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Refusals;
using Glancy.Ops.Kernel;
using Glancy.Ops.Procedures;
using Glancy.Ops.Releases;
using Glancy.Ops.Runbook;
using Glancy.Runbook.Releases;

namespace Glancy.Bot.Commands.Procedures;

/// <summary><c>glancy rollback REL-B3 --reason ...</c>: drafts a rollback and shows its plan; nothing is changed yet (B2, §4.1, §4.4).</summary>
public sealed class RollbackCommand(Drafts drafts, RunFollower follower, RunbookHolder runbook) : ICommand
{
    public static CommandSpec Spec { get; } = new("rollback", Topic.Act, Effect.Danger, "4.4", [])
    {
        Drafts = true,
        Arguments = [new("batch", ValueKind.Batch)],
        Options = [new("reason", ValueKind.Sentence, Required: true, Chinese: "原因"), new("way", ValueKind.Word, Chinese: "方式", Choices: ["full", "one-rung"])],
        Aliases = ["回滚"],
        Examples = ["rollback REL-B3 --reason \"lookup errors rise\"", "rollback REL-B3 --way one-rung --reason \"too much for the new pool\""],
    };

    public async Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(invocation);
        var said = invocation.Values.Find("way") ?? "full";
        if (Way(said) is not { } way)
        {
            return RefusalView.Answer(new Refusal("bad-way", "§4.1", said), invocation.Words);
        }

        var reason = invocation.Values["reason"];
        var (procedure, arguments, none) = RollbackWays.Of(runbook.Current, invocation.Values["batch"], way, reason);
        return none is not null
            ? RefusalView.Answer(none, invocation.Words)
            : await follower.DraftedAsync(await drafts.DraftAsync(procedure, arguments, invocation.Person, reason, cancellationToken), invocation, cancellationToken);
    }

    private static RollbackWay? Way(string said) => said switch
    {
        "full" => RollbackWay.Full,
        "one-rung" => RollbackWay.OneRung,
        _ => null,
    };
}
