using Glancy.Bot.Commands.Refusals;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Incidents;
using Glancy.Ops.Incidents.Outcalls;
using Glancy.Ops.Procedures;

namespace Glancy.Bot.Commands.Incidents;

/// <summary>An incident as data.</summary>
/// <param name="InTheWay">Why it cannot be closed now.</param>
internal sealed record IncidentData(
    Incident Incident,
    IReadOnlyList<BreakGlassUse> BreakGlass,
    IReadOnlyList<RefusalData> InTheWay
)
{
    /// <summary>Who is called when; null for an incident from before there were clocks.</summary>
    public IncidentClock? Clock { get; init; }

    /// <summary>The last call; null when nobody was called.</summary>
    public IncidentEvent? LastCall { get; init; }

    /// <summary>What could not be told outside.</summary>
    public IReadOnlyList<Undelivered> Undelivered { get; init; } = [];

    /// <summary>What happened; null where only the incident was asked for.</summary>
    public Timeline? Timeline { get; init; }

    public static IncidentData Of(IncidentDetails details, Phrasebook words)
    {
        return new IncidentData(
            details.Incident,
            details.BreakGlass,
            [.. details.InTheWay.Select(r => RefusalView.Data(r, words))]
        )
        {
            Clock = details.Clock,
            LastCall = details.LastCall,
            Undelivered = details.Undelivered,
        };
    }
}
