using Glancy.Ops.Incidents;
using Glancy.Ops.Procedures;
using Glancy.Ops.Tests.Procedures;

namespace Glancy.Ops.Tests.Incidents;

/// <summary>What tests of incidents say again and again.</summary>
internal static class IncidentHouse
{
    public static async Task<Incident> OpenAsync(this OpsHouse house, Severity severity, CancellationToken cancellationToken, string by = "wu")
    {
        var outcome = await house.Get<IncidentDesk>().OpenAsync(house.Person(by), severity, "lookups fail", cancellationToken);
        return Assert.IsType<IncidentOutcome.Accepted>(outcome).Details.Incident;
    }

    public static Task<IncidentOutcome> CloseAsync(this OpsHouse house, Incident incident, CancellationToken cancellationToken, string by = "lin") =>
        house.Get<IncidentDesk>().CloseAsync(house.Person(by), incident.Id, "over", cancellationToken);

    public static Task<IncidentOutcome> ReviewAsync(this OpsHouse house, Incident incident, string by, CancellationToken cancellationToken) =>
        house.Get<IncidentDesk>().ReviewAsync(house.Person(by), incident.Id, "right call", cancellationToken);

    public static Task<RunOutcome> BreakGlassAsync(this OpsHouse house, Run run, string person, CancellationToken cancellationToken, string reason = "nobody else answers") =>
        house.Get<RunDesk>().ConfirmAsync(run.Id, run.Plan.Code, house.Person(person), reason, cancellationToken);

    public static string Code(this RunOutcome outcome) => Assert.IsType<RunOutcome.Refused>(outcome).Refusal.Code;

    public static string Code(this IncidentOutcome outcome) => Assert.IsType<IncidentOutcome.Refused>(outcome).Refusal.Code;
}
