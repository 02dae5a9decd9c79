using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Ops.Incidents;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Incidents;

/// <summary>
/// <c>glancy incident pin "cache was cold" --link https://...</c>: a message for the timeline of the only open
/// incident, or of the one that is named (C3).
/// </summary>
internal sealed class IncidentPinCommand(IncidentResponse response, IncidentAnswers answers) : ICommand
{
    public static CommandSpec Spec { get; } =
        new("incident pin", Topic.Act, Effect.Change, "5.1", PermissionNames.IncidentPin)
        {
            Arguments = [new("words", ValueKind.Sentence, Many: true)],
            Options =
            [
                new("link", ValueKind.Sentence, Required: true, Chinese: "链接"),
                new("incident", ValueKind.Incident, Chinese: "事件"),
                new("said-by", ValueKind.Sentence, Chinese: "原话来自"),
            ],
            Aliases = ["事件 收录", "收录"],
            Examples =
            [
                "incident pin the cache was cold --link https://example.slack.com/archives/C1/p1745000000000100",
            ],
        };

    public async Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var values = invocation.Values;
        var message = new PinnedMessage(string.Join(' ', values.All("words")), values["link"], values.Find("said-by"));
        return answers.Of(
            await response.PinAsync(invocation.Person, values.Find("incident"), message, cancellationToken),
            "incident.pinned-now",
            invocation
        );
    }
}
