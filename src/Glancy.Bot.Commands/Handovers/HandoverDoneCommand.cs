using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Ops.Handovers;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Handovers;

/// <summary><c>glancy handover done F-3</c>: a follow-up is seen to and carries over no more (C5, §3.1).</summary>
internal sealed class HandoverDoneCommand(FollowUpDesk desk, HandoverAnswers answers) : ICommand
{
    public static CommandSpec Spec { get; } =
        new("handover done", Topic.People, Effect.Change, "3.1", PermissionNames.HandoverDone)
        {
            Arguments = [new("item")],
            Options = [new("outcome", ValueKind.Sentence, Chinese: "结果")],
            Aliases = ["交接 完成"],
            Examples = ["handover done F-3", "handover done F-3 --outcome \"opened at 23:04\""],
        };

    public async Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        return await answers.OfAsync(
            await desk.DoneAsync(
                invocation.Person,
                invocation.Values["item"],
                invocation.Values.Find("outcome") ?? "",
                cancellationToken
            ),
            "handover.done",
            invocation,
            cancellationToken
        );
    }
}
