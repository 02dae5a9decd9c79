using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Refusals;
using Glancy.Ops.Kernel;
using Glancy.Ops.Procedures;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Procedures;

/// <summary>
/// <c>glancy run confirm R-17 3f2a9c</c>: confirms exactly the plan that was shown, then follows it; alone by
/// <c>--break-glass</c> (rules 3, 5).
/// </summary>
internal sealed class RunConfirmCommand(RunDesk desk, RunOutcomeAnswers answers) : ICommand
{
    public static CommandSpec Spec { get; } =
        new("run confirm", Topic.Act, Effect.Danger, "4.4", PermissionNames.RunConfirm)
        {
            Arguments = [new("run", ValueKind.Run), new("code")],
            Options =
            [
                new("break-glass", Chinese: "紧急授权"),
                new("reason", ValueKind.Sentence, Chinese: "原因"),
                new("no-wait", Chinese: "不等"),
            ],
            Aliases = ["运行 确认", "确认", "confirm"],
            Examples =
            [
                "run confirm R-17 3f2a9c",
                "run confirm R-17 3f2a9c --break-glass --reason \"nobody else answers\"",
            ],
        };

    public async Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var alone = invocation.Values.Has("break-glass");
        if (!alone && invocation.Values.Has("reason"))
        {
            return RefusalView.Answer(new Refusal("reason-alone", ""), invocation.Words);
        }

        var run = invocation.Values.Run("run");
        return await answers.AnswerAsync(
            invocation,
            run,
            () => ConfirmAsync(run, alone, invocation, cancellationToken),
            cancellationToken
        );
    }

    private async Task<RunOutcome> ConfirmAsync(
        long run,
        bool alone,
        Invocation invocation,
        CancellationToken cancellationToken
    )
    {
        var reason = alone ? invocation.Values.Find("reason") ?? "" : null;
        var outcome = await desk.ConfirmAsync(
            run,
            invocation.Values["code"],
            invocation.Person,
            reason,
            cancellationToken
        );
        if (alone && outcome is RunOutcome.Accepted { Run.BreakGlass: null })
        {
            invocation.NowRecorded();
            await invocation.Replies.NoteAsync(invocation.Words["break-glass.not-needed"], invocation.Gone);
        }

        return outcome;
    }
}
