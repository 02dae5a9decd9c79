using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Notices;

namespace Glancy.Bot.Commands.Incidents;

/// <summary>What somebody who is called for an incident can do right there.</summary>
internal static class IncidentCallSteps
{
    private static readonly HashSet<string> Calls = new(StringComparer.Ordinal)
    {
        "page-incident",
        "page-incident-nobody",
        "direct-incident",
    };

    /// <summary>Empty for a notice that is no such call, or one that somebody has taken.</summary>
    public static IReadOnlyList<NextStep> Of(Notice notice, Phrasebook words)
    {
        return
            Calls.Contains(notice.Template)
            && notice.Handled is null
            && notice.Arguments.GetValueOrDefault("incident") is { } id
            ?
            [
                new NextStep(words["incident.do-ack"], $"glancy incident ack {id}") { Weight = Weight.Expected },
                new NextStep(words["incident.do-show"], $"glancy incident show {id}"),
            ]
            : [];
    }
}
