using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Procedures;
using Glancy.Ops.Runbook;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Procedures;

/// <summary><c>glancy run list [--all]</c>: runs that have not ended, or all, newest first.</summary>
internal sealed class RunListCommand(RunStore runs, RunbookHolder runbook) : ICommand
{
    private const int Usually = 20;
    private const int Most = 200;

    public static CommandSpec Spec { get; } =
        new("run list", Topic.See, Effect.Read, "4.4", PermissionNames.RunSee)
        {
            Options = [new("all", Chinese: "全部"), new("limit", ValueKind.Number, Chinese: "条数")],
            Aliases = ["运行 列表", "列表", "runs"],
            Examples = ["run list", "run list --all --limit 50"],
        };

    public async Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var all = invocation.Values.Has("all");
        var found = await runs.ListAsync(
            openOnly: !all,
            Math.Min(invocation.Values.Number("limit") ?? Usually, Most),
            cancellationToken
        );
        var names = new Names(invocation.Words, runbook.Current);
        return new Answer(
            RunListView.Page(found, all, names),
            new RunsData([.. found.Select(r => RunData.Of(r, invocation.Words))])
        );
    }
}

/// <summary>Runs as data.</summary>
internal sealed record RunsData(IReadOnlyList<RunData> Runs);
