using Glancy.Bot.Commands.Grammar;
using Glancy.Ops.Procedures;

namespace Glancy.Bot.Commands.Procedures;

/// <summary><c>glancy run confirm R-17 3f2a9c</c>: confirms exactly the plan that was shown, then follows it (rules 3, 5).</summary>
public sealed class RunConfirmCommand(RunDesk desk, RunOutcomeAnswers answers) : ICommand
{
    public static CommandSpec Spec { get; } = new("run confirm", Topic.Act, Effect.Danger, "4.4", [])
    {
        Arguments = [new("run", ValueKind.Run), new("code")],
        Options = [new("no-wait", Chinese: "不等")],
        Aliases = ["运行 确认", "确认", "confirm"],
        Examples = ["run confirm R-17 3f2a9c"],
    };

    public Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(invocation);
        var run = invocation.Values.Run("run");
        return answers.AnswerAsync(
            invocation,
            run,
            () => desk.ConfirmAsync(run, invocation.Values["code"], invocation.Person, cancellationToken),
            cancellationToken);
    }
}
