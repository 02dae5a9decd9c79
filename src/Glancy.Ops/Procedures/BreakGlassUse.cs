using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Roster;
using Glancy.Runbook;
using Glancy.Runbook.Permissions;

namespace Glancy.Ops.Procedures;

/// <summary>One person confirmed a run alone, or without its role, because a Sev-1 was open (rule 5).</summary>
/// <param name="RunId">The run that was confirmed.</param>
/// <param name="Role">The role the person held.</param>
/// <param name="Waived"><see cref="SecondPerson"/>, <see cref="ProcedureRole"/> or both.</param>
/// <param name="Review">Null until somebody else has reviewed it; the incident stays open until then.</param>
public sealed record BreakGlassUse(
    long RunId,
    string Incident,
    string Person,
    string Role,
    IReadOnlyList<string> Waived,
    string Reason,
    DateTimeOffset At,
    BreakGlassReview? Review
)
{
    /// <summary>The second person was waived.</summary>
    public const string SecondPerson = "second-person";

    /// <summary>The procedure's own role was waived.</summary>
    public const string ProcedureRole = "role";

    /// <summary>The row <c>glancy.break_glass b</c> of <c>glancy.run r</c> as a JSON document of this shape.</summary>
    internal const string AsJson = """
        json_build_object('runId', b.run_id, 'incident', r.incident_id, 'person', b.person, 'role', b.role,
          'waived', b.waived,
          'reason', b.reason, 'at', b.at, 'review', case when b.reviewed_at is not null then
          json_build_object('person', b.reviewed_by, 'role', b.review_role, 'note', b.review_note,
            'at', b.reviewed_at) end)
        """;

    /// <summary>
    /// The confirmations that a start goes by, and in which roles: after break-glass only the one that broke it.
    /// </summary>
    public static (IReadOnlyList<Confirmation> Confirmations, IReadOnlyList<string> Roles) Counting(
        Run run,
        RunbookContent runbook
    )
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.BreakGlass is { } use
            ? (
                [.. run.Confirmations.Where(c => c.Person == use.Person)],
                PermissionRule.Wanted(runbook, PermissionNames.RunBreakGlass)
            )
            : (run.Confirmations, run.Definition.Roles);
    }

    /// <summary>The audit's line: instead of a confirmation like any other.</summary>
    public AuditEntry Entry(Run run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return new AuditEntry(Person, "run-break-glass", run.Definition.Id)
        {
            Role = Role,
            Run = run.Name,
            Incident = Incident,
            After = RunState.Confirmed.ToString(),
            Detail = new Dictionary<string, string>
            {
                ["plan"] = run.Plan.Hash,
                ["reason"] = Reason,
                ["waived"] = string.Join(", ", Waived),
            },
        };
    }
}

/// <summary>Somebody else looked at it afterwards.</summary>
/// <param name="Role">The role in which.</param>
public sealed record BreakGlassReview(string Person, string Role, string Note, DateTimeOffset At);
