using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Ops.Roster;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Roster;

/// <summary><c>glancy roster decline S-1</c>: either side of a swap says no (C1, §1.1).</summary>
internal sealed class RosterDeclineCommand(SwapDesk desk, SwapAnswers answers) : ICommand
{
    public static CommandSpec Spec { get; } =
        new("roster decline", Topic.People, Effect.Change, "1.1", PermissionNames.RosterDecline)
        {
            Arguments = [new("swap")],
            Aliases = ["值班表 不换"],
            Examples = ["roster decline S-1"],
        };

    public async Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        return answers.Of(
            await desk.DeclineAsync(invocation.Person, invocation.Values["swap"], cancellationToken),
            invocation
        );
    }
}
