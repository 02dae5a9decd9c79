using Glancy.Bot.Commands.Grammar;
using Glancy.Ops.Incidents;

namespace Glancy.Bot.Commands.Incidents;

/// <summary><c>glancy incident open sev1 "lookups fail"</c>; anybody on the roster may (C3, §5.1).</summary>
public sealed class IncidentOpenCommand(IncidentDesk desk, IncidentAnswers answers) : ICommand
{
    public static CommandSpec Spec { get; } = new("incident open", Topic.Act, Effect.Change, "5.1", [])
    {
        OnRoster = true,

        // Nobody thinks of quotation marks at such a moment.
        Arguments = [new("severity", ValueKind.Severity), new("title", ValueKind.Sentence, Many: true)],
        Aliases = ["事件 打开", "报事件"],
        Examples = ["incident open sev1 \"lookups fail everywhere\"", "incident open sev2 exports are late"],
    };

    public async Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(invocation);
        var title = string.Join(' ', invocation.Values.All("title"));
        return answers.Of(await desk.OpenAsync(invocation.Person, invocation.Values.Severity("severity"), title, cancellationToken), "incident.opened-now", invocation);
    }
}
