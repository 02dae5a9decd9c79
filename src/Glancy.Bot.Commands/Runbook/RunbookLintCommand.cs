using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Refusals;
using Glancy.Ops;
using Glancy.Ops.Runbook;
using Microsoft.Extensions.Options;

namespace Glancy.Bot.Commands.Runbook;

/// <summary>
/// <c>glancy runbook lint [folder]</c>: every problem of every file with its line (D). Without a folder, what lies on the
/// replica's disk; a folder of the asker's own is read by the terminal itself, never by a replica.
/// </summary>
public sealed class RunbookLintCommand(RunbookHolder holder, IOptions<GlancyOptions> options) : ICommand
{
    public static CommandSpec Spec { get; } = new("runbook lint", Topic.Records, Effect.Read, "8", [])
    {
        Arguments = [new("folder", ValueKind.Sentence, Required: false)],
        Aliases = ["手册 检查"],
        Examples = ["runbook lint", "runbook lint ./runbook"],
    };

    public Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(invocation);
        return Task.FromResult(invocation.Values.Find("folder") is null
            ? RunbookLint.Answer(RunbookLoader.Load(options.Value.Runbook), holder.Current.Version, invocation.Words)
            : RefusalView.Answer(new Refusal("own-folder-only-here", ""), invocation.Words));
    }
}
