using Glancy.Runbook.Alerts;
using Glancy.Runbook.Escalation;
using Glancy.Runbook.Flags;
using Glancy.Runbook.Hooks;
using Glancy.Runbook.Masking;
using Glancy.Runbook.Patrols;
using Glancy.Runbook.People;
using Glancy.Runbook.Permissions;
using Glancy.Runbook.Procedures;
using Glancy.Runbook.Releases;
using Glancy.Runbook.Slo;

namespace Glancy.Runbook;

/// <summary>
/// The runbook as data: everything under <c>runbook/</c>, validated as a whole. Immutable; a reload makes a new one.
/// </summary>
/// <param name="Version">First 12 hex digits of the SHA-256 over all files in path order.</param>
public sealed record RunbookContent(string Version)
{
    /// <summary>HK-01..06 and the named signals, in the order they are shown.</summary>
    public IReadOnlyList<Hook> Hooks { get; init; } = [];

    /// <summary>The rungs REL-B0..B5 (§4.1).</summary>
    public Ladder Ladder { get; init; } = new([], TimeSpan.Zero);

    /// <summary>Roles by id (§1.1).</summary>
    public IReadOnlyDictionary<string, Role> Roles { get; init; } = new Dictionary<string, Role>();

    /// <summary>Persons by id: one person is one person everywhere.</summary>
    public IReadOnlyDictionary<string, Person> People { get; init; } = new Dictionary<string, Person>();

    /// <summary>Shifts, rotation and overrides (§1.1, §1.2).</summary>
    public RosterBook Roster { get; init; } = RosterBook.Empty;

    /// <summary>Bastion command templates by id (§2.3).</summary>
    public IReadOnlyDictionary<string, CommandTemplate> Commands { get; init; } =
        new Dictionary<string, CommandTemplate>();

    /// <summary>Feature flags the runbook knows, by name (§2.3).</summary>
    public IReadOnlyDictionary<string, Flag> Flags { get; init; } = new Dictionary<string, Flag>();

    /// <summary>Links of §7.1 by id.</summary>
    public IReadOnlyDictionary<string, Dashboard> Dashboards { get; init; } = new Dictionary<string, Dashboard>();

    /// <summary>Procedures by id.</summary>
    public IReadOnlyDictionary<string, Procedure> Procedures { get; init; } = new Dictionary<string, Procedure>();

    /// <summary>The SQL of <c>runbook/statements/</c> by file name without its ending.</summary>
    public IReadOnlyDictionary<string, string> Statements { get; init; } = new Dictionary<string, string>();

    /// <summary>What holds for every temporary change (rule 7).</summary>
    public LeaseRules Leases { get; init; } = new(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30));

    /// <summary>The promises of §0 and the error budget of §7.3.</summary>
    public SloBook Slo { get; init; } = SloBook.Empty;

    /// <summary>The SOPs of §5.2, and the rules for cards and silences.</summary>
    public AlertBook Alerts { get; init; } = AlertBook.Empty;

    /// <summary>Who is called for an incident, and how long after each other (§1.2, §5.1).</summary>
    public EscalationRules Escalation { get; init; } = new([], []);

    /// <summary>Who may do what, by the permission's id (§1.1); what is not here nobody may.</summary>
    public IReadOnlyDictionary<string, PermissionTerms> Permissions { get; init; } =
        new Dictionary<string, PermissionTerms>();

    /// <summary>What text from outside must not show, in the order in which it is applied.</summary>
    public IReadOnlyList<MaskRule> Masking { get; init; } = [];

    /// <summary>What is looked at by itself, and when (§3).</summary>
    public IReadOnlyList<Patrol> Patrols { get; init; } = [];

    /// <summary>What people say to draft procedures.</summary>
    public IReadOnlyList<Verb> Verbs { get; init; } = [];

    /// <summary>The kinds of state that its commands and steps change.</summary>
    public TargetKinds Targets { get; init; } = TargetKinds.None;

    /// <summary>The written runbook this data implements.</summary>
    public RunbookSource Source { get; init; } = new("", "", default, new HashSet<string>());
}

/// <summary>A dashboard of §7.1.</summary>
public sealed record Dashboard(string Id, Words Name, Uri Url);
