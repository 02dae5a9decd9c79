using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Ops.Procedures;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Procedures;

/// <summary>
/// <c>glancy run retry R-17</c>: a new attempt at the step that paused the run; only a person makes one (rule 1).
/// </summary>
internal sealed class RunRetryCommand(RunDesk desk, RunOutcomeAnswers answers) : ICommand
{
    public static CommandSpec Spec { get; } =
        new("run retry", Topic.Act, Effect.Danger, "4.4", PermissionNames.RunRetry)
        {
            Arguments = [new("run", ValueKind.Run)],
            Options = [new("no-wait", Chinese: "不等")],
            Aliases = ["运行 重试", "重试", "retry"],
            Examples = ["run retry R-17"],
        };

    public Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var run = invocation.Values.Run("run");
        return answers.AnswerAsync(
            invocation,
            run,
            () => desk.RetryAsync(run, invocation.Person, cancellationToken),
            cancellationToken
        );
    }
}
