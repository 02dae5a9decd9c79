using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Ops.Roster;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Roster;

/// <summary><c>glancy roster accept S-1</c>: the other side of a swap says yes (C1, §1.1).</summary>
internal sealed class RosterAcceptCommand(SwapDesk desk, SwapAnswers answers) : ICommand
{
    public static CommandSpec Spec { get; } =
        new("roster accept", Topic.People, Effect.Change, "1.1", PermissionNames.RosterAccept)
        {
            Arguments = [new("swap")],
            Aliases = ["值班表 同意换班"],
            Examples = ["roster accept S-1"],
        };

    public async Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        return answers.Of(
            await desk.AcceptAsync(invocation.Person, invocation.Values["swap"], cancellationToken),
            invocation
        );
    }
}
