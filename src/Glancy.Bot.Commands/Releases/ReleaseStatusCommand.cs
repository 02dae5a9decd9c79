using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Releases;
using Glancy.Ops.Runbook;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Releases;

/// <summary>
/// <c>glancy release status</c>: the batch, the next rung's gates one by one, the freeze and who did what (A3, §4.1).
/// </summary>
internal sealed class ReleaseStatusCommand(ReleaseReader train, RunbookHolder runbook) : ICommand
{
    public static CommandSpec Spec { get; } =
        new("release status", Topic.See, Effect.Read, "4.1", PermissionNames.ReleaseSee)
        {
            Aliases = ["发布 状态", "放量 状态"],
            Questions = ["放到哪了", "现在放到哪了", "where is the train"],
            Examples = ["release status"],
        };

    public async Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var view = await train.ReadAsync(cancellationToken);
        var names = new Names(invocation.Words, runbook.Current);
        return new Answer(
            ReleaseStatusView.Page(view, names),
            ReleaseData.Of(view, names),
            view.Status is null ? ExitCode.Unknown : ExitCode.Done
        );
    }
}
