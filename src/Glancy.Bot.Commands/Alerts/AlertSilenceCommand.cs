using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Refusals;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Alerts;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Alerts;

/// <summary>
/// <c>glancy alert silence A-3 --for 2h --reason ...</c>: Alertmanager tells nothing of the group for that long (C4).
/// </summary>
internal sealed class AlertSilenceCommand(AlertDesk desk, AlertAnswers answers) : ICommand
{
    public static CommandSpec Spec { get; } =
        new("alert silence", Topic.Act, Effect.Change, "5.2", PermissionNames.AlertSilence)
        {
            Arguments = [new("alert", ValueKind.Alert)],
            Options =
            [
                new("for", ValueKind.Span, Required: true, Chinese: "时长"),
                new("reason", ValueKind.Sentence, Required: true, Chinese: "原因"),
            ],
            Aliases = ["告警 静默"],
            Examples = ["alert silence A-3 --for 2h --reason \"known, the fix is on its way\""],
        };

    public async Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        _ = AlertName.TryParse(invocation.Values["alert"], out var id);
        _ = TimeText.TryReadSpan(invocation.Values["for"], out var length);
        var outcome = await desk.SilenceAsync(
            invocation.Person,
            id,
            length,
            invocation.Values["reason"],
            cancellationToken
        );
        return await answers.OfAsync(outcome, "alert.silenced-now", invocation, cancellationToken);
    }
}

/// <summary>What a person hears after a word on an alert: the group as it stands, or why not.</summary>
internal sealed class AlertAnswers(AlertReader reader, Ops.Runbook.RunbookHolder runbook)
{
    private const int Few = 20;

    /// <param name="done">The key of the sentence that says what has just been done.</param>
    public async Task<Answer> OfAsync(
        AlertOutcome outcome,
        string done,
        Invocation invocation,
        CancellationToken cancellationToken
    )
    {
        switch (outcome)
        {
            case AlertOutcome.Refused refused:
                return RefusalView.Answer(refused.Refusal, invocation.Words);
            case AlertOutcome.Accepted { Group: var group }:
                invocation.NowRecorded();
                var details =
                    await reader.ReadAsync(group.Id, Few, cancellationToken) ?? new AlertDetails(group, [], null, null);
                var page = AlertView.Page(details, Few, new Names(invocation.Words, runbook.Current));
                return new Answer(page with { Title = invocation.Words.Say(done, group.Name) }, AlertData.Of(details));
            default:
                throw new InvalidOperationException("A word on an alert is neither accepted nor refused.");
        }
    }
}
