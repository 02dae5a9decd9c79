using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Patrols;
using Glancy.Ops.Runbook;
using Glancy.Runbook.Patrols;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Patrols;

/// <summary><c>glancy patrol list</c>: what is looked at by itself, when, and how it ended last (C6, §3).</summary>
internal sealed class PatrolListCommand(PatrolStore patrols, RunbookHolder runbook, TimeProvider clock) : ICommand
{
    public static CommandSpec Spec { get; } =
        new("patrol list", Topic.See, Effect.Read, "3", PermissionNames.PatrolSee)
        {
            Aliases = ["巡检 列表", "巡检"],
            Examples = ["patrol list"],
        };

    public async Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var newest = await patrols.NewestAsync(cancellationToken);
        return new Answer(
            PatrolView.List(
                runbook.Current.Patrols,
                newest,
                clock.GetUtcNow(),
                new Names(invocation.Words, runbook.Current)
            ),
            new PatrolListData([.. newest.Values])
        );
    }
}

/// <summary>The newest of each patrol as data.</summary>
internal sealed record PatrolListData(IReadOnlyList<PatrolRun> Patrols);
