using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Refusals;
using Glancy.Ops.Handovers;
using Glancy.Ops.Incidents;
using Glancy.Ops.Kernel;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Handovers;

/// <summary>
/// <c>glancy handover add open regenerate again at 23:00</c>: something to see to after the shift; anybody may add it
/// (C5, §3.1). One link makes one.
/// </summary>
internal sealed class HandoverAddCommand(FollowUpDesk desk, HandoverAnswers answers) : ICommand
{
    public static CommandSpec Spec { get; } =
        new("handover add", Topic.People, Effect.Change, "3.1", PermissionNames.HandoverAdd)
        {
            Arguments = [new("follow-up", ValueKind.Sentence, Many: true)],
            Options = [new("link", ValueKind.Sentence, Chinese: "链接")],
            Aliases = ["交接 添加", "待办"],
            Examples = ["handover add open regenerate again at 23:00"],
        };

    public async Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var words = string.Join(' ', invocation.Values.All("follow-up"));
        var link = invocation.Values.Find("link");
        return link is not null && !PinnedMessage.IsLink(link)
            ? RefusalView.Answer(new Refusal("bad-link", "§3.1", link), invocation.Words)
            : await answers.OfAsync(
                await desk.AddAsync(
                    invocation.Person,
                    words,
                    link,
                    link is null ? null : PinnedMessage.SourceOf(link),
                    cancellationToken
                ),
                "handover.added",
                invocation,
                cancellationToken
            );
    }
}
