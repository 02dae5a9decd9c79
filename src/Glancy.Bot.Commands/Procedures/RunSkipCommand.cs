using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Ops.Procedures;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Procedures;

/// <summary>
/// <c>glancy run skip R-17 verify-hooks --reason ...</c>: leaves a step out; an expectation needs a second person (rule
/// 10).
/// </summary>
internal sealed class RunSkipCommand(RunDesk desk, RunOutcomeAnswers answers) : ICommand
{
    public static CommandSpec Spec { get; } =
        new("run skip", Topic.Act, Effect.Danger, "4.4", PermissionNames.RunSkip)
        {
            Arguments = [new("run", ValueKind.Run), new("step")],
            Options =
            [
                new("reason", ValueKind.Sentence, Required: true, Chinese: "原因"),
                new("no-wait", Chinese: "不等"),
            ],
            Aliases = ["运行 跳过", "跳过", "skip"],
            Examples = ["run skip R-17 verify-hooks --reason \"dashboard is down\""],
        };

    public Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var run = invocation.Values.Run("run");
        return answers.AnswerAsync(
            invocation,
            run,
            () =>
                desk.SkipAsync(
                    run,
                    invocation.Values["step"],
                    invocation.Values["reason"],
                    invocation.Person,
                    cancellationToken
                ),
            cancellationToken
        );
    }
}
