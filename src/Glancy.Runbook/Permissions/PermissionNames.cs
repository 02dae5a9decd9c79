namespace Glancy.Runbook.Permissions;

/// <summary>Every permission the product asks for, declared once; <c>permissions.yaml</c> has who holds it.</summary>
public static class PermissionNames
{
    public static PermissionName AlertSee { get; } = new("alert.see", PermissionKind.Read);

    /// <summary>Silencing an alert, and ending that.</summary>
    public static PermissionName AlertSilence { get; } = new("alert.silence", PermissionKind.Duty);

    /// <summary>Letting work go on after the database was restored.</summary>
    public static PermissionName AuditAcknowledge { get; } = new("audit.acknowledge", PermissionKind.Duty);

    public static PermissionName AuditSee { get; } = new("audit.see", PermissionKind.Read);

    /// <summary>Taking up again what a queue has given up, or dropping it.</summary>
    public static PermissionName DeadLetterHandle { get; } = new("deadletter.handle", PermissionKind.Duty);

    public static PermissionName DeadLetterSee { get; } = new("deadletter.see", PermissionKind.Read);

    /// <summary>The Primary by the roster.</summary>
    public static PermissionName HandoverAccept { get; } = new("handover.accept", PermissionKind.Concerned);

    public static PermissionName HandoverAdd { get; } = new("handover.add", PermissionKind.Word);

    /// <summary>Whoever accepted the handover, and the Primary by the roster.</summary>
    public static PermissionName HandoverClean { get; } = new("handover.clean", PermissionKind.Concerned);

    public static PermissionName HandoverDone { get; } = new("handover.done", PermissionKind.Word);

    public static PermissionName HandoverSee { get; } = new("handover.see", PermissionKind.Read);

    public static PermissionName HelpSee { get; } = new("help.see", PermissionKind.Read);

    public static PermissionName HookSee { get; } = new("hook.see", PermissionKind.Read);

    public static PermissionName IncidentAck { get; } = OnIncidents("incident.ack");

    public static PermissionName IncidentClose { get; } = OnIncidents("incident.close");

    public static PermissionName IncidentCommand { get; } = OnIncidents("incident.command");

    public static PermissionName IncidentNote { get; } = OnIncidents("incident.note");

    public static PermissionName IncidentOpen { get; } = OnIncidents("incident.open");

    public static PermissionName IncidentPin { get; } = OnIncidents("incident.pin");

    public static PermissionName IncidentReview { get; } = new("incident.review", PermissionKind.Duty);

    public static PermissionName IncidentSee { get; } = new("incident.see", PermissionKind.Read);

    public static PermissionName IncidentSeverity { get; } = OnIncidents("incident.severity");

    /// <summary>Letting a temporary change stand for good.</summary>
    public static PermissionName LeaseKeep { get; } = new("lease.keep", PermissionKind.Duty);

    /// <summary>Ending a lease that lies under another one.</summary>
    public static PermissionName LeaseRelease { get; } = new("lease.release", PermissionKind.Procedure);

    public static PermissionName LeaseSee { get; } = new("lease.see", PermissionKind.Read);

    public static PermissionName NoticeSee { get; } = new("notice.see", PermissionKind.Read);

    public static PermissionName PatrolSee { get; } = new("patrol.see", PermissionKind.Read);

    public static PermissionName PolicySee { get; } = new("policy.see", PermissionKind.Read);

    /// <summary>Drawing up a run, which changes nothing before it is confirmed.</summary>
    public static PermissionName ProcedureDraft { get; } = new("procedure.draft", PermissionKind.Word);

    public static PermissionName ReleaseFreeze { get; } = new("release.freeze", PermissionKind.Duty);

    public static PermissionName ReleaseSee { get; } = new("release.see", PermissionKind.Read);

    /// <summary>The other side of a swap.</summary>
    public static PermissionName RosterAccept { get; } = new("roster.accept", PermissionKind.Concerned);

    /// <summary>Either side of a swap.</summary>
    public static PermissionName RosterDecline { get; } = new("roster.decline", PermissionKind.Concerned);

    /// <summary>Beside the roles, whoever holds a role by the override.</summary>
    public static PermissionName RosterEnd { get; } = new("roster.end", PermissionKind.ConcernedOrDuty);

    public static PermissionName RosterGive { get; } = new("roster.give", PermissionKind.Duty);

    public static PermissionName RosterSee { get; } = new("roster.see", PermissionKind.Read);

    /// <summary>Whoever has the turn that is given.</summary>
    public static PermissionName RosterSwap { get; } = new("roster.swap", PermissionKind.Concerned);

    /// <summary>Beside the roles, whoever takes turns in the role.</summary>
    public static PermissionName RosterTake { get; } = new("roster.take", PermissionKind.ConcernedOrDuty);

    /// <summary>Whoever asked for a draft withdraws it without.</summary>
    public static PermissionName RunAbort { get; } = new("run.abort", PermissionKind.Procedure);

    /// <summary>Confirming alone while a Sev-1 is open.</summary>
    public static PermissionName RunBreakGlass { get; } = new("run.break-glass", PermissionKind.Duty);

    public static PermissionName RunConfirm { get; } = new("run.confirm", PermissionKind.Procedure);

    /// <summary>Beside the roles, whoever may confirm a draft behind which nobody on duty stands.</summary>
    public static PermissionName RunDismiss { get; } = new("run.dismiss", PermissionKind.ConcernedOrDuty);

    public static PermissionName RunRetry { get; } = new("run.retry", PermissionKind.Procedure);

    /// <summary>Being the second person of a dangerous run, whatever the role.</summary>
    public static PermissionName RunSecond { get; } = new("run.second", PermissionKind.Word);

    public static PermissionName RunSee { get; } = new("run.see", PermissionKind.Read);

    public static PermissionName RunSkip { get; } = new("run.skip", PermissionKind.Procedure);

    public static PermissionName RunTick { get; } = new("run.tick", PermissionKind.Procedure);

    public static PermissionName RunbookSee { get; } = new("runbook.see", PermissionKind.Read);

    public static PermissionName SloSee { get; } = new("slo.see", PermissionKind.Read);

    public static PermissionName SopSee { get; } = new("sop.see", PermissionKind.Read);

    public static PermissionName StatusSee { get; } = new("status.see", PermissionKind.Read);

    /// <summary>By their ids.</summary>
    public static IReadOnlyDictionary<string, PermissionName> All { get; } =
        new[]
        {
            AlertSee,
            AlertSilence,
            AuditAcknowledge,
            AuditSee,
            DeadLetterHandle,
            DeadLetterSee,
            HandoverAccept,
            HandoverAdd,
            HandoverClean,
            HandoverDone,
            HandoverSee,
            HelpSee,
            HookSee,
            IncidentAck,
            IncidentClose,
            IncidentCommand,
            IncidentNote,
            IncidentOpen,
            IncidentPin,
            IncidentReview,
            IncidentSee,
            IncidentSeverity,
            LeaseKeep,
            LeaseRelease,
            LeaseSee,
            NoticeSee,
            PatrolSee,
            PolicySee,
            ProcedureDraft,
            ReleaseFreeze,
            ReleaseSee,
            RosterAccept,
            RosterDecline,
            RosterEnd,
            RosterGive,
            RosterSee,
            RosterSwap,
            RosterTake,
            RunAbort,
            RunBreakGlass,
            RunConfirm,
            RunDismiss,
            RunRetry,
            RunSecond,
            RunSee,
            RunSkip,
            RunTick,
            RunbookSee,
            SloSee,
            SopSee,
            StatusSee,
        }.ToDictionary(name => name.Id, StringComparer.Ordinal);

    private static PermissionName OnIncidents(string id) =>
        new(id, PermissionKind.Word) { OffRoster = "incident-not-on-roster" };
}
