using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Ops.Kernel.Audit;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Audit;

/// <summary>
/// <c>glancy audit verify</c>: walks the whole chain and compares it with the anchors on the bastion (rule 11).
/// </summary>
internal sealed class AuditVerifyCommand(AuditLog log) : ICommand
{
    public static CommandSpec Spec { get; } =
        new("audit verify", Topic.Records, Effect.Read, "8", PermissionNames.AuditSee)
        {
            Aliases = ["审计 核对"],
            Examples = ["audit verify"],
        };

    public async Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var verdict = await log.VerifyAsync(cancellationToken);
        var ending =
            !verdict.Intact ? ExitCode.Refused
            : verdict.AnchorsKnown ? ExitCode.Done
            : ExitCode.Unknown;
        return new Answer(AuditView.Verdict(verdict, invocation.Words), verdict, ending);
    }
}
