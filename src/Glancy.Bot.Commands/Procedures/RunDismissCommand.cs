using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Ops.Procedures;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Procedures;

/// <summary><c>glancy run dismiss R-17 --reason ...</c>: puts a draft away; the release manager's (rule 6).</summary>
internal sealed class RunDismissCommand(RunDesk desk, RunOutcomeAnswers answers) : ICommand
{
    public static CommandSpec Spec { get; } =
        new("run dismiss", Topic.Act, Effect.Change, "4.4", PermissionNames.RunDismiss)
        {
            Arguments = [new("run", ValueKind.Run)],
            Options = [new("reason", ValueKind.Sentence, Required: true, Chinese: "原因")],
            Aliases = ["运行 撤销", "撤销", "dismiss"],
            Examples = ["run dismiss R-17 --reason \"recovered\""],
        };

    public Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var run = invocation.Values.Run("run");
        return answers.AnswerAsync(
            invocation,
            run,
            () => desk.DismissAsync(run, invocation.Values["reason"], invocation.Person, cancellationToken),
            cancellationToken
        );
    }
}
