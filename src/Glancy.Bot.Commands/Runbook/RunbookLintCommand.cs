using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Refusals;
using Glancy.Ops;
using Glancy.Ops.Kernel;
using Glancy.Ops.Runbook;
using Glancy.Runbook;
using Glancy.Runbook.Permissions;
using Microsoft.Extensions.Options;

namespace Glancy.Bot.Commands.Runbook;

/// <summary>
/// <c>glancy runbook lint [folder] [--source &lt;file&gt;]</c>: every problem of every file with its line (D), and
/// whether the written runbook is still the one the data was compared with (§8). Without either, what lies on the
/// replica's disk; a folder or file of the asker's own is read by the terminal itself, never by a replica.
/// </summary>
public sealed class RunbookLintCommand(RunbookLoader loader, RunbookHolder holder, IOptions<GlancyOptions> options)
    : ICommand
{
    public static CommandSpec Spec { get; } =
        new("runbook lint", Topic.Records, Effect.Read, "8", PermissionNames.RunbookSee)
        {
            Arguments = [new("folder", ValueKind.Sentence, Required: false)],
            Options = [new("source", ValueKind.Sentence, Chinese: "原文")],
            Aliases = ["手册 检查"],
            Examples = ["runbook lint", "runbook lint ./runbook", "runbook lint ./runbook --source ./runbook.zh.md"],
        };

    /// <summary>The folder a terminal reads when only a source is given: where a repository has it.</summary>
    public const string OwnFolder = "runbook";

    public Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(invocation);
        return Task.FromResult(
            invocation.Values.Find("folder") is null && invocation.Values.Find("source") is null
                ? RunbookLint.Answer(loader.Load(options.Value.Runbook), holder.Current.Version, invocation.Words)
                : RefusalView.Answer(new Refusal("own-folder-only-here", ""), invocation.Words)
        );
    }
}
