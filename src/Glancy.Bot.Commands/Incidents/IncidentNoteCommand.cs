using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Ops.Incidents;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Incidents;

/// <summary><c>glancy incident note INC-2025-0418-01 "cache was cold"</c>: a line for the timeline (C3).</summary>
internal sealed class IncidentNoteCommand(IncidentResponse response, IncidentAnswers answers) : ICommand
{
    public static CommandSpec Spec { get; } =
        new("incident note", Topic.Act, Effect.Change, "8", PermissionNames.IncidentNote)
        {
            Arguments = [new("incident", ValueKind.Incident), new("note", ValueKind.Sentence, Many: true)],
            Aliases = ["事件 记录", "记录"],
            Examples =
            [
                "incident note INC-2025-0418-01 \"the cache was cold after the switch\"",
                "incident note INC-2025-0418-01 doubao answers again",
            ],
        };

    public async Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var note = string.Join(' ', invocation.Values.All("note"));
        return answers.Of(
            await response.NoteAsync(invocation.Person, invocation.Values["incident"], note, cancellationToken),
            "incident.noted-now",
            invocation
        );
    }
}
