using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Ops.Roster;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Roster;

/// <summary>
/// <c>glancy roster give primary wu --until ... --reason ...</c>: an override by a release manager, now or later (C1,
/// §1.1).
/// </summary>
internal sealed class RosterGiveCommand(RosterDesk desk, OnCallAnswers answers) : ICommand
{
    public static CommandSpec Spec { get; } =
        new("roster give", Topic.People, Effect.Change, "1.1", PermissionNames.RosterGive)
        {
            Arguments = [new("role", ValueKind.Role), new("person", ValueKind.Person)],
            Options =
            [
                new("until", ValueKind.Time, Required: true, Chinese: "至"),
                new("reason", ValueKind.Sentence, Required: true, Chinese: "原因"),
                new("from", ValueKind.Time, Chinese: "自"),
            ],
            Aliases = ["值班表 指派"],
            Examples = ["roster give primary wu --until 2025-04-18T19:00 --reason \"lin is ill\""],
        };

    public async Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var values = invocation.Values;
        var until =
            values.Time("until")
            ?? throw new InvalidOperationException("A required time is missing; the grammar should have said so.");
        return await answers.OfAsync(
            await desk.GiveAsync(
                invocation.Person,
                values["role"],
                values["person"],
                values.Time("from"),
                until,
                values["reason"],
                cancellationToken
            ),
            "oncall.given",
            invocation,
            cancellationToken
        );
    }
}
