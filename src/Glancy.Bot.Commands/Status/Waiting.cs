using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Handovers;
using Glancy.Ops.Incidents;
using Glancy.Ops.Procedures;
using Glancy.Ops.Watching;

namespace Glancy.Bot.Commands.Status;

/// <summary>Everything that waits for a person, whatever it is: silence is not one of the ways to say it.</summary>
/// <param name="Runs">Drafts, and runs that have stopped; a manual step among them.</param>
/// <param name="Lights">Red lights that are nobody's.</param>
/// <param name="Incidents">Open, and acknowledged by nobody.</param>
/// <param name="Reviews">Uses of break-glass that nobody has reviewed.</param>
/// <param name="Handover">A handover that nobody has accepted; null for none.</param>
internal sealed record Waiting(
    IReadOnlyList<Run> Runs,
    IReadOnlyList<RedLight> Lights,
    IReadOnlyList<Incident> Incidents,
    IReadOnlyList<BreakGlassUse> Reviews,
    Handover? Handover
)
{
    public int Count => Runs.Count + Lights.Count + Incidents.Count + Reviews.Count + (Handover is null ? 0 : 1);

    public static Waiting Of(Overview overview)
    {
        return new Waiting(
            [.. overview.Runs.Where(r => r.Open || r.Pause is not null)],
            [.. overview.Red.Where(l => l.Nobodys)],
            [.. overview.Incidents.Where(i => i.Acknowledged is null)],
            overview.Unreviewed,
            overview.Handover is { Accepted: null, Facts: not null } handover ? handover : null
        );
    }

    /// <summary>Each in a few words, the most pressing first.</summary>
    public IReadOnlyList<Text> Items(Names names)
    {
        var words = names.Words;
        return
        [
            .. Lights.Select(l => words.Say("status.waits-light", l.Episode.Hook)),
            .. Incidents.Select(i => words.Say("status.waits-incident", i.Id, i.Level)),
            .. Runs.Select(r => words.Say("status.waits-run", r.Name, RunWords.State(r.State, r.Pause, words))),
            .. Reviews.Select(u => words.Say("status.waits-review", RunName.Of(u.RunId))),
            .. Handover is { } handover
                ? [words.Say("status.waits-handover", TimeText.Moment(handover.Boundary))]
                : Array.Empty<Text>(),
        ];
    }

    /// <summary>As data: what it is, and its name.</summary>
    public IReadOnlyList<WaitingData> Data() =>
        [
            .. Lights.Select(l => new WaitingData("light", l.Episode.Hook)),
            .. Incidents.Select(i => new WaitingData("incident", i.Id)),
            .. Runs.Select(r => new WaitingData("run", r.Name)),
            .. Reviews.Select(u => new WaitingData("review", RunName.Of(u.RunId))),
            .. Handover is { } handover
                ?
                [
                    new WaitingData(
                        "handover",
                        handover.Boundary.ToString("O", System.Globalization.CultureInfo.InvariantCulture)
                    ),
                ]
                : Array.Empty<WaitingData>(),
        ];
}

/// <param name="Kind"><c>light</c>, <c>incident</c>, <c>run</c>, <c>review</c> or <c>handover</c>.</param>
internal sealed record WaitingData(string Kind, string Name);
