using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Ops.Roster;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Roster;

/// <summary>
/// <c>glancy roster swap chen --give 2025-04-19T07:00 --take 2025-04-20T19:00 --reason ...</c>: a proposal that the
/// other side accepts (C1, §1.1).
/// </summary>
internal sealed class RosterSwapCommand(SwapDesk desk, SwapAnswers answers) : ICommand
{
    public static CommandSpec Spec { get; } =
        new("roster swap", Topic.People, Effect.Change, "1.1", PermissionNames.RosterSwap)
        {
            Arguments = [new("person", ValueKind.Person)],
            Options =
            [
                new("give", ValueKind.Time, Required: true, Chinese: "给出"),
                new("reason", ValueKind.Sentence, Required: true, Chinese: "原因"),
                new("take", ValueKind.Time, Chinese: "换来"),
            ],
            Aliases = ["值班表 换班", "换班"],
            Examples = ["roster swap chen --give 2025-04-19T07:00 --take 2025-04-20T19:00 --reason \"a wedding\""],
        };

    public async Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var values = invocation.Values;
        var give =
            values.Time("give")
            ?? throw new InvalidOperationException("A required time is missing; the grammar should have said so.");
        return answers.Of(
            await desk.ProposeAsync(
                invocation.Person,
                values["person"],
                give,
                values.Time("take"),
                values["reason"],
                cancellationToken
            ),
            invocation
        );
    }
}
