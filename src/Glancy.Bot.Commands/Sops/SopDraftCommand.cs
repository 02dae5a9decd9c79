using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Procedures;
using Glancy.Bot.Commands.Refusals;
using Glancy.Ops.Kernel;
using Glancy.Ops.Procedures;
using Glancy.Ops.Runbook;
using Glancy.Runbook.Alerts;

namespace Glancy.Bot.Commands.Sops;

/// <summary>
/// <c>glancy sop draft cost-level-1 --reason ...</c>: drafts a procedure that does what an SOP of §5.2 says; nothing is changed yet (B12). Procedures
/// with commands of their own are not among them.
/// </summary>
public sealed class SopDraftCommand(Drafts drafts, RunFollower follower, RunbookHolder runbook) : ICommand
{
    public static CommandSpec Spec { get; } = new("sop draft", Topic.Act, Effect.Danger, "5.2", [])
    {
        Drafts = true,
        Arguments = [new("sop-procedure")],
        Options = [new(SopAct.Reason, ValueKind.Sentence, Required: true, Chinese: "原因")],
        Aliases = ["预案 起草", "起草 预案"],
        Examples = ["sop draft cost-level-1 --reason \"cost burns at 0.9x\""],
    };

    public async Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(invocation);
        var (procedure, reason) = (invocation.Values["sop-procedure"].ToLowerInvariant(), invocation.Values[SopAct.Reason]);
        var known = runbook.Current.Alerts.Procedures.Order(StringComparer.Ordinal).ToList();
        if (!known.Contains(procedure))
        {
            return RefusalView.Answer(new Refusal("not-of-a-sop", "§5.2", procedure, string.Join(", ", known)), invocation.Words);
        }

        var drafted = await drafts.DraftAsync(procedure, new Dictionary<string, string> { [SopAct.Reason] = reason }, invocation.Person, reason, cancellationToken);
        return await follower.DraftedAsync(drafted, invocation, cancellationToken);
    }
}
