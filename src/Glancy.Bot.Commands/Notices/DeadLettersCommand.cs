using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Watching;

namespace Glancy.Bot.Commands.Notices;

/// <summary><c>glancy deadletters</c>: what failed several times and was given up, newest first.</summary>
public sealed class DeadLettersCommand(DeadLetterDesk desk) : ICommand
{
    private const int Most = 50;

    public static CommandSpec Spec { get; } = new("deadletters", Topic.See, Effect.Read, "", [])
    {
        Aliases = ["死信"],
        Examples = ["deadletters"],
    };

    public async Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(invocation);
        var letters = await desk.ListAsync(Most, cancellationToken);
        return new Answer(DeadLettersView.Page(letters, invocation.Words), new DeadLettersData(letters));
    }
}

/// <summary>What was given up, as data.</summary>
public sealed record DeadLettersData(IReadOnlyList<DeadLetter> DeadLetters);
