using Glancy.Ops.BreakGlass;
using Glancy.Ops.Incidents;
using Glancy.Ops.Notices;
using Glancy.Ops.Procedures;
using Glancy.Ops.Tests.Procedures;
using Glancy.Runbook.Escalation;

namespace Glancy.Ops.Tests.Incidents;

/// <summary>What tests of incidents say again and again.</summary>
internal static class IncidentHouse
{
    private static int opened;

    public static async Task<Incident> OpenAsync(
        this OpsHouse house,
        Severity severity,
        CancellationToken cancellationToken,
        string by = "wu",
        string? title = null
    )
    {
        // The same words within a minute are one incident.
        var outcome = await house
            .Get<IncidentDesk>()
            .OpenAsync(
                house.Person(by),
                severity,
                title ?? $"lookups fail ({Interlocked.Increment(ref opened)})",
                cancellationToken
            );
        return Assert.IsType<IncidentOutcome.Accepted>(outcome).Details.Incident;
    }

    public static Task<IncidentOutcome> CloseAsync(
        this OpsHouse house,
        Incident incident,
        CancellationToken cancellationToken,
        string by = "lin"
    ) => house.Get<IncidentDesk>().CloseAsync(house.Person(by), incident.Id, "over", "a test", cancellationToken);

    public static Task<IncidentOutcome> ReviewAsync(
        this OpsHouse house,
        Incident incident,
        string by,
        CancellationToken cancellationToken
    ) => house.Get<BreakGlassReviews>().ReviewAsync(house.Person(by), incident.Id, "right call", cancellationToken);

    public static Task<IncidentOutcome> AcknowledgeAsync(
        this OpsHouse house,
        Incident incident,
        string by,
        CancellationToken cancellationToken
    ) => house.Get<IncidentResponse>().AcknowledgeAsync(house.Person(by), incident.Id, AckWay.Said, cancellationToken);

    public static Task<IncidentOutcome> RegradeAsync(
        this OpsHouse house,
        Incident incident,
        Severity severity,
        CancellationToken cancellationToken,
        string by = "lin"
    ) =>
        house
            .Get<IncidentResponse>()
            .RegradeAsync(house.Person(by), incident.Id, severity, "as it looks now", cancellationToken);

    /// <summary>One round of the clocks.</summary>
    public static Task EscalateAsync(this OpsHouse house, CancellationToken cancellationToken) =>
        house.Get<Escalation>().GoAsync(cancellationToken);

    public static Task<IReadOnlyList<Notice>> NoticesAsync(this OpsHouse house, CancellationToken cancellationToken) =>
        house.Get<NoticeBoard>().ListAsync(0, 1000, cancellationToken);

    /// <summary>Who was called in the channel, call by call.</summary>
    public static async Task<IReadOnlyList<string>> CalledAsync(
        this OpsHouse house,
        CancellationToken cancellationToken
    ) =>
        [
            .. (await house.NoticesAsync(cancellationToken))
                .Where(n => n.Template == "page-incident")
                .Select(n => n.Arguments["to"]),
        ];

    public static Task<RunOutcome> BreakGlassAsync(
        this OpsHouse house,
        Run run,
        string person,
        CancellationToken cancellationToken,
        string reason = "nobody else answers"
    ) => house.Get<RunDesk>().ConfirmAsync(run.Id, run.Plan.Code, house.Person(person), reason, cancellationToken);

    public static string Code(this RunOutcome outcome) => Assert.IsType<RunOutcome.Refused>(outcome).Refusal.Code;

    public static string Code(this IncidentOutcome outcome) =>
        Assert.IsType<IncidentOutcome.Refused>(outcome).Refusal.Code;
}
