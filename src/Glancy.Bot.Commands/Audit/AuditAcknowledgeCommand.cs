using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Refusals;
using Glancy.Ops.Lives;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Audit;

/// <summary>
/// <c>glancy audit acknowledge --reason ...</c>: somebody has looked at what a restored database lost, and work may go
/// on (rule 11).
/// </summary>
internal sealed class AuditAcknowledgeCommand(LifeDesk desk) : ICommand
{
    public static CommandSpec Spec { get; } =
        new("audit acknowledge", Topic.Act, Effect.Change, "8", PermissionNames.AuditAcknowledge)
        {
            Options = [new("reason", ValueKind.Sentence, Required: true, Chinese: "原因")],
            Aliases = ["审计 确认"],
            Examples =
            [
                "audit acknowledge --reason \"restored from the backup of 02:00; runs since then looked through on "
                    + "the bastion\"",
            ],
        };

    public async Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        if (
            await desk.AcknowledgeAsync(invocation.Person, invocation.Values["reason"], cancellationToken) is
            { } refusal
        )
        {
            return RefusalView.Answer(refusal, invocation.Words);
        }

        invocation.NowRecorded();
        return new Answer(
            new Page(
                invocation.Words["audit.acknowledged"],
                [new Block.Paragraph(invocation.Words["audit.acknowledged-means"])]
            ),
            new AcknowledgedData(true)
        );
    }
}

/// <summary>The acknowledgement as data.</summary>
internal sealed record AcknowledgedData(bool Acknowledged);
