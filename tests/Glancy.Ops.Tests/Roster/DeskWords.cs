using Glancy.Ops.Alerts;
using Glancy.Ops.BreakGlass;
using Glancy.Ops.Handovers;
using Glancy.Ops.Incidents;
using Glancy.Ops.Lives;
using Glancy.Ops.Releases;
using Glancy.Ops.Roster;
using Glancy.Ops.Tests.Handovers;
using Glancy.Ops.Tests.Incidents;
using Glancy.Ops.Tests.Procedures;
using Glancy.Ops.Watching;
using Glancy.Runbook.Escalation;
using Glancy.Runbook.People;

namespace Glancy.Ops.Tests.Roster;

/// <summary>
/// One word at a desk for each permission, said by whoever; what comes of it is the refusal's code, or empty where it
/// is taken. What is refused for another reason than the person has passed the question of the person.
/// </summary>
internal sealed class DeskWords(OpsHouse house, CancellationToken token)
{
    // Lin is Primary by day until Sunday, Chen by night.
    private static readonly DateTimeOffset Saturday = new(2025, 4, 19, 1, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Later = new(2025, 4, 28, 1, 0, 0, TimeSpan.Zero);

    private static readonly PinnedMessage Message = new("seen", "https://chat/1", null);

    private readonly RunWords runs = new(house, token);
    private Incident? incident;
    private int said;

    /// <summary>Codes that refuse the person.</summary>
    public static IReadOnlyList<string> Denials { get; } =
    [
        "not-on-call",
        "not-on-roster",
        "incident-not-on-roster",
        "takes-no-turns",
        "swap-no-turn",
        "swap-not-yours",
        "handover-not-yours",
    ];

    private string Id => incident?.Id ?? throw new InvalidOperationException("No incident was opened.");

    /// <summary>Whether what is at hand concerns the person, beside the roles.</summary>
    public static bool Concerns(string permission, string person) =>
        permission switch
        {
            "handover.accept" or "handover.clean" or "roster.accept" => person == "chen",
            "roster.swap" => person is "lin" or "wu",
            "roster.decline" => person is "lin" or "chen",
            "roster.take" => person is "lin" or "wu" or "chen" or "zhao",
            "roster.end" => person == "sun",
            _ => false,
        };

    public async Task BeginAsync(string permission)
    {
        if (IsOf("incident.", permission) || permission is "run.break-glass" or "handover.clean")
        {
            incident = await house.OpenAsync(Severity.Sev1, token, by: Cast.OnDuty("dba"));
        }

        if (IsOf("handover.", permission))
        {
            await house.GoAsync(token);
            house.AdvanceTo(HandoverHouse.Evening);
            await house.GoAsync(token);
        }

        if (permission == "handover.clean")
        {
            // With an incident open it is not clean by itself.
            await house.AcceptAsync("chen", token);
        }

        if (permission is "lease.keep" or "lease.release")
        {
            await runs.LeaseAsync();
        }
    }

    public async Task<string> SayAsync(string permission, Person person)
    {
        said++;
        return permission switch
        {
            "alert.silence" => Same(
                Code(await house.Get<AlertDesk>().SilenceAsync(person, 99, TimeSpan.FromHours(1), "known", token)),
                Code(await house.Get<AlertDesk>().UnsilenceAsync(person, 99, token))
            ),
            "audit.acknowledge" => (await house.Get<LifeDesk>().AcknowledgeAsync(person, "looked", token))?.Code ?? "",
            "deadletter.handle" => (await house.Get<DeadLetterDesk>().RetryAsync(person, "none-9", token))?.Code ?? "",
            "release.freeze" => (await house.Get<ReleaseDesk>().FreezeAsync(person, "careful", token))?.Code ?? "",
            "handover.add" => Code(await house.Get<FollowUpDesk>().AddAsync(person, $"see {said}", null, null, token)),
            "handover.done" => Code(await house.Get<FollowUpDesk>().DoneAsync(person, "F-1", "", token)),
            "handover.accept" => Code(await house.Get<HandoverDesk>().AcceptAsync(person, token)),
            "handover.clean" => Code(await house.Get<HandoverDesk>().CleanAsync(person, token)),
            "lease.keep" or "lease.release" => await runs.EndLeaseAsync(permission, person),
            _ when IsOf("incident.", permission) => Code(await OnIncidentAsync(permission, person)),
            _ when IsOf("roster.", permission) => await OnRosterAsync(permission, person),
            _ => await runs.SayAsync(permission, person),
        };
    }

    private Task<IncidentOutcome> OnIncidentAsync(string permission, Person person) =>
        permission switch
        {
            "incident.open" => house
                .Get<IncidentDesk>()
                .OpenAsync(person, Severity.Sev3, $"slow exports ({said})", token),
            "incident.close" => house.Get<IncidentDesk>().CloseAsync(person, Id, "over", null, token),
            "incident.review" => house.Get<BreakGlassReviews>().ReviewAsync(person, Id, "right call", token),
            "incident.ack" => house.Get<IncidentResponse>().AcknowledgeAsync(person, Id, AckWay.Said, token),
            "incident.severity" => house.Get<IncidentResponse>().RegradeAsync(person, Id, Severity.Sev1, "same", token),
            "incident.command" => house.Get<IncidentResponse>().CommandAsync(person, Id, null, "mine", token),
            "incident.note" => house.Get<IncidentResponse>().NoteAsync(person, Id, "seen", token),
            "incident.pin" => house.Get<IncidentResponse>().PinAsync(person, Id, Message, token),
            _ => throw new InvalidOperationException($"Nothing is said of {permission}."),
        };

    private async Task<string> OnRosterAsync(string permission, Person person)
    {
        var (desk, swaps) = (house.Get<RosterDesk>(), house.Get<SwapDesk>());
        switch (permission)
        {
            case "roster.give":
                return Code(await desk.GiveAsync(person, "dba", "dong", Later, Later.AddHours(said), "away", token));
            case "roster.take":
                // Time is looked at last: nobody takes what has ended.
                var taken = Code(await desk.TakeAsync(person, "primary", house.Now.AddHours(-1), "ill", token));
                return taken is "role-held-already" or "override-backwards" ? "" : taken;
            case "roster.end":
                var manager = house.Person(Cast.OnDuty("release-manager"));
                var given = await desk.GiveAsync(manager, "dba", "sun", Later, Later.AddHours(said), "away", token);
                return Code(await desk.EndAsync(person, ((RosterOutcome.Accepted)given).Override.Name, "back", token));
            case "roster.swap":
                var with = person.Id == "zhao" ? "chen" : "zhao";
                return Code(await swaps.ProposeAsync(person, with, Saturday, null, "a wedding", token));
            default:
                var lin = house.Person("lin");
                var proposed = await swaps.ProposeAsync(lin, "chen", Saturday, null, "a wedding", token);
                var name = ((SwapOutcome.Accepted)proposed).Swap.Name;
                return Code(
                    permission == "roster.accept"
                        ? await swaps.AcceptAsync(person, name, token)
                        : await swaps.DeclineAsync(person, name, token)
                );
        }
    }

    private static bool IsOf(string group, string permission) => permission.StartsWith(group, StringComparison.Ordinal);

    // A silence and its end are one permission.
    private static string Same(string code, string other) =>
        code == other ? code : throw new InvalidOperationException($"{code}, but {other}.");

    private static string Code(AlertOutcome outcome) => (outcome as AlertOutcome.Refused)?.Refusal.Code ?? "";

    private static string Code(IncidentOutcome outcome) => (outcome as IncidentOutcome.Refused)?.Refusal.Code ?? "";

    private static string Code(RosterOutcome outcome) => (outcome as RosterOutcome.Refused)?.Refusal.Code ?? "";

    private static string Code(SwapOutcome outcome) => (outcome as SwapOutcome.Refused)?.Refusal.Code ?? "";

    private static string Code(HandoverOutcome outcome) => (outcome as HandoverOutcome.Refused)?.Refusal.Code ?? "";

    private static string Code(FollowUpOutcome outcome) => (outcome as FollowUpOutcome.Refused)?.Refusal.Code ?? "";
}
