using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Ops.Procedures;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Procedures;

/// <summary>
/// <c>glancy run abort R-17 --reason ...</c>: interrupts waits, lets the effect in flight finish, says what is left
/// (rule 10).
/// </summary>
internal sealed class RunAbortCommand(RunDesk desk, RunOutcomeAnswers answers) : ICommand
{
    public static CommandSpec Spec { get; } =
        new("run abort", Topic.Act, Effect.Change, "4.4", PermissionNames.RunAbort)
        {
            Arguments = [new("run", ValueKind.Run)],
            Options =
            [
                new("reason", ValueKind.Sentence, Required: true, Chinese: "原因"),
                new("no-wait", Chinese: "不等"),
            ],
            Aliases = ["运行 中止", "中止", "abort"],
            Examples = ["run abort R-17 --reason \"wrong batch\""],
        };

    public Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var run = invocation.Values.Run("run");
        return answers.AnswerAsync(
            invocation,
            run,
            () => desk.AbortAsync(run, invocation.Person, invocation.Values["reason"], cancellationToken),
            cancellationToken
        );
    }
}
