using Glancy.Bot.Commands.Grammar;
using Glancy.Ops.Handovers;

namespace Glancy.Bot.Commands.Handovers;

/// <summary><c>glancy handover add open regenerate again at 23:00</c>: something to see to after the shift; anybody may add it (C5, §3.1).</summary>
public sealed class HandoverAddCommand(FollowUpDesk desk, HandoverAnswers answers) : ICommand
{
    public static CommandSpec Spec { get; } = new("handover add", Topic.People, Effect.Change, "3.1", [])
    {
        Arguments = [new("follow-up", ValueKind.Sentence, Many: true)],
        Aliases = ["交接 添加", "待办"],
        Examples = ["handover add open regenerate again at 23:00"],
    };

    public async Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(invocation);
        var words = string.Join(' ', invocation.Values.All("follow-up"));
        return await answers.OfAsync(await desk.AddAsync(invocation.Person, words, null, null, cancellationToken), "handover.added", invocation, cancellationToken);
    }
}
