using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Ops.Roster;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Roster;

/// <summary>
/// <c>glancy roster end O-3 --reason ...</c>: an override ends before its time, and the roster counts again (C1, §1.1).
/// </summary>
internal sealed class RosterEndCommand(RosterDesk desk, OnCallAnswers answers) : ICommand
{
    public static CommandSpec Spec { get; } =
        new("roster end", Topic.People, Effect.Change, "1.1", PermissionNames.RosterEnd)
        {
            Arguments = [new("override")],
            Options = [new("reason", ValueKind.Sentence, Required: true, Chinese: "原因")],
            Aliases = ["值班表 交还"],
            Examples = ["roster end O-3 --reason \"lin is back\""],
        };

    public async Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        return await answers.OfAsync(
            await desk.EndAsync(
                invocation.Person,
                invocation.Values["override"],
                invocation.Values["reason"],
                cancellationToken
            ),
            "oncall.ended",
            invocation,
            cancellationToken
        );
    }
}
