using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Refusals;
using Glancy.Ops.Kernel;
using Glancy.Ops.Procedures;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Procedures;

/// <summary><c>glancy run show R-17 [--follow]</c>: the plan or the run in full.</summary>
internal sealed class RunShowCommand(RunStore runs, RunFollower follower) : ICommand
{
    public static CommandSpec Spec { get; } =
        new("run show", Topic.See, Effect.Read, "4.4", PermissionNames.RunSee)
        {
            Arguments = [new("run", ValueKind.Run)],
            Options = [new("follow", Chinese: "跟随"), new("no-wait", Chinese: "不等")],
            Aliases = ["运行 查看", "查看"],
            Examples = ["run show R-17", "run show R-17 --follow"],
        };

    public async Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var id = invocation.Values.Run("run");
        if (invocation.Values.Has("follow"))
        {
            return await follower.FollowAsync(
                id,
                0,
                wait: !invocation.Values.Has("no-wait"),
                invocation,
                cancellationToken
            );
        }

        return await runs.GetAsync(id, cancellationToken) is { } run
            ? await follower.ShowAsync(run, invocation.Words, cancellationToken)
            : RefusalView.Answer(new Refusal("unknown-run", "", RunName.Of(id)), invocation.Words);
    }
}
