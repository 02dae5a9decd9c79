using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Runbook;
using Glancy.Ops.Slo;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Slo;

/// <summary>
/// <c>glancy slo</c>: what production promises, what it attains, and what is left of the error budget (A2, §0, §7.3).
/// </summary>
internal sealed class SloCommand(SloDesk desk, RunbookHolder runbook) : ICommand
{
    public static CommandSpec Spec { get; } =
        new("slo", Topic.See, Effect.Read, "7.3", PermissionNames.SloSee)
        {
            Aliases = ["错误预算", "目标", "sla"],
            Examples = ["slo"],
        };

    public async Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var names = new Names(invocation.Words, runbook.Current);
        var report = await desk.ReadAsync(cancellationToken);
        return new Answer(
            SloView.Page(report, names),
            SloData.Of(report, names.Words),
            report.AllUnknown ? ExitCode.Unknown : ExitCode.Done
        );
    }
}
