using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Refusals;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Kernel;
using Glancy.Ops.Patrols;
using Glancy.Ops.Runbook;
using Glancy.Runbook.Patrols;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Patrols;

/// <summary><c>glancy patrol run queues</c>: looks now, beside the set hours; nothing is kept of it (C6, §3).</summary>
internal sealed class PatrolRunCommand(PatrolReader reader, RunbookHolder runbook, TimeProvider clock) : ICommand
{
    public static CommandSpec Spec { get; } =
        new("patrol run", Topic.See, Effect.Read, "3", PermissionNames.PatrolSee)
        {
            Arguments = [new("patrol")],
            Aliases = ["巡检 执行"],
            Examples = ["patrol run queues"],
        };

    public async Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var (content, now, id) = (runbook.Current, clock.GetUtcNow(), invocation.Values["patrol"]);
        if (content.Patrols.FirstOrDefault(p => p.Id == id) is not { } patrol)
        {
            return RefusalView.Answer(
                new Refusal("unknown-patrol", "§3", id, string.Join(", ", content.Patrols.Select(p => p.Id))),
                invocation.Words
            );
        }

        var (result, lines) = await reader.LookAsync(patrol, now, cancellationToken);
        var run = new PatrolRun(patrol.Id, now, now, result, lines, 0, null);
        return new Answer(PatrolView.One(patrol, run, new Names(invocation.Words, content)), run);
    }
}
