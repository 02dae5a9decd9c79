using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Ops.Procedures;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Procedures;

/// <summary>
/// <c>glancy run tick R-17 step --evidence ...</c>: says that a manual step is done, and how one can see it.
/// </summary>
internal sealed class RunTickCommand(RunDesk desk, RunOutcomeAnswers answers) : ICommand
{
    public static CommandSpec Spec { get; } =
        new("run tick", Topic.Act, Effect.Change, "4.4", PermissionNames.RunTick)
        {
            Arguments = [new("run", ValueKind.Run), new("step")],
            Options =
            [
                new("evidence", ValueKind.Sentence, Required: true, Chinese: "证据"),
                new("no-wait", Chinese: "不等"),
            ],
            Aliases = ["运行 完成", "完成", "tick"],
            Examples = ["run tick R-17 bridge --evidence \"bridge opened at 09:31\""],
        };

    public Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var run = invocation.Values.Run("run");
        return answers.AnswerAsync(
            invocation,
            run,
            () =>
                desk.TickAsync(
                    run,
                    invocation.Values["step"],
                    invocation.Values["evidence"],
                    invocation.Person,
                    cancellationToken
                ),
            cancellationToken
        );
    }
}
