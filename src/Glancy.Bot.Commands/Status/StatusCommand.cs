using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Hooks;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Procedures;
using Glancy.Bot.Commands.Refusals;
using Glancy.Bot.Commands.Roster;
using Glancy.Bot.Commands.Runbook;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Connectors.Releasectl;
using Glancy.Ops.Handovers;
using Glancy.Ops.Hooks;
using Glancy.Ops.Hooks.Episodes;
using Glancy.Ops.Incidents;
using Glancy.Ops.Leases;
using Glancy.Ops.Procedures;
using Glancy.Ops.Releases;
using Glancy.Ops.Roster;
using Glancy.Ops.Runbook;
using Glancy.Ops.Runbook.Versions;
using Glancy.Ops.Watching;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Status;

/// <summary><c>glancy status</c>: one page for somebody who has just woken up (A4, §1.2, §3).</summary>
internal sealed class StatusCommand(OverviewReader reader, RunbookHolder runbook) : ICommand
{
    public static CommandSpec Spec { get; } =
        new("status", Topic.See, Effect.Read, "3", PermissionNames.StatusSee)
        {
            Aliases = ["状态"],
            Questions =
            [
                "现在什么情况",
                "怎么了",
                "出什么事了",
                "what is going on",
                "what's going on",
                "what is wrong",
            ],
            Examples = ["status"],
        };

    public async Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(invocation);
        var overview = await reader.ReadAsync(cancellationToken);
        return new Answer(
            StatusView.Page(overview, new Names(invocation.Words, runbook.Current)),
            StatusData.Of(overview, invocation.Words)
        );
    }
}

/// <summary>Everything on the page.</summary>
/// <param name="Unknown">Why the release status is unknown; null when it is known.</param>
public sealed record Overview(
    HookSnapshot Hooks,
    ReleaseStatus? Release,
    Glancy.Ops.Kernel.Refusal? Unknown,
    Freeze? Freeze,
    IReadOnlyList<Run> Runs,
    IReadOnlyList<RedLight> Red,
    IReadOnlyList<Lease> Leases,
    OnCall OnCall
)
{
    /// <summary>Uses of break-glass that nobody has reviewed.</summary>
    public IReadOnlyList<BreakGlassUse> Unreviewed { get; init; } = [];

    /// <summary>The newest; null where there was none.</summary>
    public Handover? Handover { get; init; }

    /// <summary>Roles that change hands before the shift ends, the first first.</summary>
    public IReadOnlyList<DutyChange> Changes { get; init; } = [];

    /// <summary>How much failed several times and is not tried any more.</summary>
    public int GivenUp { get; init; }

    /// <summary>Open ones, the gravest first.</summary>
    public IReadOnlyList<Incident> Incidents { get; init; } = [];

    /// <summary>How the runbook's versions stand; null where nobody asked.</summary>
    public VersionStatus? Versions { get; init; }
}

/// <summary>The page as data.</summary>
internal sealed record StatusData
{
    public required HooksData Hooks { get; init; }

    public required ReleaseStatus? Release { get; init; }

    public required RefusalData? Unknown { get; init; }

    public required Freeze? Freeze { get; init; }

    public required IReadOnlyList<RunData> Runs { get; init; }

    public required IReadOnlyList<Episode> Episodes { get; init; }

    public required IReadOnlyList<Lease> Leases { get; init; }

    public required string Shift { get; init; }

    public required IReadOnlyDictionary<string, IReadOnlyList<string>> OnCall { get; init; }

    public IReadOnlyList<Incident> Incidents { get; init; } = [];

    /// <summary>Everything that waits for a person; a red light that is nobody's among it.</summary>
    public IReadOnlyList<WaitingData> Waiting { get; init; } = [];

    /// <summary>Roles that change hands before the shift ends, the first first.</summary>
    public IReadOnlyList<DutyChange> Changes { get; init; } = [];

    /// <summary>How much failed several times and is not tried any more; null for nothing.</summary>
    public int? GivenUp { get; init; }

    /// <summary>How the runbook's versions stand; null where nobody asked.</summary>
    public RunbookStatusData? Runbook { get; init; }

    public static StatusData Of(Overview overview, Phrasebook words)
    {
        ArgumentNullException.ThrowIfNull(overview);
        return new StatusData
        {
            Hooks = HooksData.Of(overview.Hooks, words),
            Release = overview.Release,
            Unknown = overview.Unknown is { } unknown ? RefusalView.Data(unknown, words) : null,
            Freeze = overview.Freeze,
            Runs = [.. overview.Runs.Select(r => RunData.Of(r, words))],
            Episodes = [.. overview.Red.Select(l => l.Episode)],
            Leases = overview.Leases,
            Shift = overview.OnCall.Shift.Id,
            OnCall = OnCallData.Ids(overview.OnCall),
            Incidents = overview.Incidents,
            Waiting = Status.Waiting.Of(overview).Data(),
            Changes = overview.Changes,
            GivenUp = overview.GivenUp > 0 ? overview.GivenUp : null,
            Runbook = overview.Versions is { } versions ? RunbookStatusData.Of(versions, words) : null,
        };
    }
}
