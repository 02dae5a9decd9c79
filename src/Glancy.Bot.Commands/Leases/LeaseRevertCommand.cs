using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Procedures;
using Glancy.Bot.Commands.Refusals;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Leases;
using Glancy.Ops.Runbook;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Leases;

/// <summary>
/// <c>glancy lease revert L-3 --reason ...</c>: drafts the return of the old value; with <c>--keep</c> it stays as it
/// is (rule 7).
/// </summary>
internal sealed class LeaseRevertCommand(LeaseDesk desk, RunFollower follower, RunbookHolder runbook) : ICommand
{
    public static CommandSpec Spec { get; } =
        new("lease revert", Topic.Act, Effect.Danger, "7.2", PermissionNames.ProcedureDraft)
        {
            Drafts = true,
            Arguments = [new("lease", ValueKind.Lease)],
            Options =
            [
                new("reason", ValueKind.Sentence, Required: true, Chinese: "原因"),
                new("keep", Chinese: "保留") { Permission = PermissionNames.LeaseKeep },
            ],
            Aliases = ["临时变更 撤销", "恢复开关"],
            Examples = ["lease revert L-3 --reason \"lookups are well again\""],
        };

    public async Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var id = LeaseName.TryParse(invocation.Values["lease"], out var number) ? number : 0;
        var reason = invocation.Values["reason"];
        var outcome = invocation.Values.Has("keep")
            ? await desk.KeepAsync(id, invocation.Person, reason, cancellationToken)
            : await desk.RevertAsync(id, invocation.Person, reason, cancellationToken);
        switch (outcome)
        {
            case LeaseOutcome.Drafted drafted:
                invocation.NowRecorded();
                return await follower.ShowAsync(drafted.Run, invocation.Words, cancellationToken);
            case LeaseOutcome.Waits waits:
                return await follower.WaitsAsync(waits.Run, invocation.Words, cancellationToken);
            case LeaseOutcome.Ended ended:
                invocation.NowRecorded();
                return new Answer(
                    Page(ended.Lease, new Names(invocation.Words, runbook.Current)),
                    LeaseData.Of(ended.Lease, null)
                );
            case LeaseOutcome.Refused refused:
                return RefusalView.Answer(refused.Refusal, invocation.Words);
            default:
                throw new InvalidOperationException("A lease is neither drafted nor ended nor refused.");
        }
    }

    /// <summary>What ended without a run.</summary>
    public static Page Page(Lease lease, Names names)
    {
        var words = names.Words;
        return new Page(
            lease.End == LeaseEnd.Kept
                ? words.Say("lease.ended-kept", lease.Name, lease.Says)
                : words.Say("lease.ended-released", lease.Name, names.Controlled(lease.Target)),
            []
        );
    }
}
