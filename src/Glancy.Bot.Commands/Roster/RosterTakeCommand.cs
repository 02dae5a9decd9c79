using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Ops.Roster;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Roster;

/// <summary>
/// <c>glancy roster take primary --reason ...</c>: "I take over now", until the shift's end (C1, §1.1).
/// </summary>
internal sealed class RosterTakeCommand(RosterDesk desk, OnCallAnswers answers) : ICommand
{
    public static CommandSpec Spec { get; } =
        new("roster take", Topic.People, Effect.Change, "1.1", PermissionNames.RosterTake)
        {
            Arguments = [new("role", ValueKind.Role)],
            Options =
            [
                new("reason", ValueKind.Sentence, Required: true, Chinese: "原因"),
                new("until", ValueKind.Time, Chinese: "至"),
            ],
            Aliases = ["值班表 接管", "接管"],
            Examples = ["roster take primary --reason \"lin cannot be reached\""],
        };

    public async Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var values = invocation.Values;
        return await answers.OfAsync(
            await desk.TakeAsync(
                invocation.Person,
                values["role"],
                values.Time("until"),
                values["reason"],
                cancellationToken
            ),
            "oncall.taken",
            invocation,
            cancellationToken
        );
    }
}
