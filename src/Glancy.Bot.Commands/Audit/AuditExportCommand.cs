using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Ops.Kernel.Audit;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Audit;

/// <summary>
/// <c>glancy audit export &gt; file</c>: every event, oldest first, one JSON document a line, exactly as it is hashed.
/// </summary>
internal sealed class AuditExportCommand(AuditLog log) : ICommand
{
    public static CommandSpec Spec { get; } =
        new("audit export", Topic.Records, Effect.Read, "8", PermissionNames.AuditSee)
        {
            Aliases = ["审计 导出"],
            Examples = ["audit export"],
        };

    public async Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(invocation.Gone, cancellationToken);
        var count = 0L;
        await foreach (var line in log.ExportAsync(either.Token))
        {
            await invocation.Replies.RawAsync(line, invocation.Gone);
            count++;
        }

        await invocation.Replies.NoteAsync(
            invocation.Words.Say("audit.exported", Text.FromInt64(count)),
            invocation.Gone
        );
        return Answer.Shown();
    }
}
