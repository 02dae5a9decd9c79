using Glancy.Runbook.Alerts;
using Glancy.Runbook.Commands;
using Glancy.Runbook.Escalation;
using Glancy.Runbook.Flags;
using Glancy.Runbook.Hooks;
using Glancy.Runbook.Masking;
using Glancy.Runbook.Patrols;
using Glancy.Runbook.People;
using Glancy.Runbook.Permissions;
using Glancy.Runbook.Procedures;
using Glancy.Runbook.Releases;
using Glancy.Runbook.Roster;
using Glancy.Runbook.Slo;
using Glancy.Runbook.Yaml;

namespace Glancy.Runbook;

/// <summary>Reads and checks everything under a runbook folder. Never throws for what is in the files.</summary>
public sealed class RunbookLoader(
    ActionKinds actions,
    TargetKinds targets,
    ArgumentSources sources,
    ReservedVerbs reserved
)
{
    /// <summary>The kinds of steps that procedures are checked against.</summary>
    public ActionKinds Actions => actions;

    /// <summary>
    /// Loads the folder as a whole. All problems of all files are found in one pass; with any problem there is no
    /// content. Beside the folder, <c>../bastion/commands.conf</c> is compared with the commands when it is there.
    /// </summary>
    public RunbookLoaded Load(string directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        return Load(RunbookFolder.Read(directory), AllowList(directory));
    }

    /// <summary>Where the bastion's allow-list lies beside a runbook folder.</summary>
    public static string AllowList(string directory) => Path.Combine(directory, "..", "bastion", "commands.conf");

    /// <summary>Checks files that have been read already.</summary>
    /// <param name="allowList">The bastion's allow-list to compare with; null for files that were compared when they
    /// lay on a disk.</param>
    public RunbookLoaded Load(RunbookFolder folder, string? allowList)
    {
        if (folder.Files.Count == 0 && folder.Problems.Count > 0)
        {
            return new RunbookLoaded(null, folder.Problems);
        }

        var reading = new RunbookReading(folder.Files);

        // What is stored was checked by the build that stored it, perhaps an older one: what that one knew and this one
        // does not is no problem, since runs that were drafted from it have to go on.
        var stored = allowList is null;

        // Each file refers to what was declared before it, or says that it refers to something later.
        var source = SourceFile.Read(reading);
        var dashboards = DashboardsFile.Read(reading);
        var hooks = HookFiles.Read(reading);
        var (flags, leases) = FlagsFile.Read(reading);
        var commands = CommandsFile.Read(reading, targets);
        if (allowList is not null)
        {
            BastionCommands.Compare(reading, commands, allowList);
        }

        var roles = RolesFile.Read(reading);
        var permissions =
            stored && !reading.Holds(PermissionsFile.Name) ? ShippedPermissions.Read() : PermissionsFile.Read(reading);
        var masking = MaskingFile.Read(reading);
        var people = PeopleFile.Read(reading);
        var roster = RosterFile.Read(reading, [.. roles.Values], [.. people.Values]);
        var escalation = EscalationFile.Read(reading);
        var ladder = LadderFile.Read(reading, hooks, flags);
        var slo = SloFile.Read(reading, hooks);
        var alerts = AlertFiles.Read(reading, hooks);
        var statements = StatementFiles.Read(reading);
        var patrols = PatrolsFile.Read(reading);
        var verbs = new VerbFields(reading, reserved);
        verbs.ReadShared();
        var procedures = ProcedureFiles.Read(
            reading,
            new ProcedureSurroundings(actions, sources, commands, flags, statements),
            verbs
        );
        verbs.Check(procedures);
        AlertFiles.CheckActs(reading, alerts, procedures, stored ? null : verbs.All);
        reading.ReferNow();
        reading.ReportUnused();

        var problems = folder
            .Problems.Concat(reading.Problems)
            .Where(p => !(stored && p.Code is "unknown-field" or "unused-file"))
            .OrderBy(p => p.File, StringComparer.Ordinal)
            .ThenBy(p => p.Line)
            .ThenBy(p => p.Code, StringComparer.Ordinal)
            .ToList();
        if (problems.Count > 0)
        {
            return new RunbookLoaded(null, problems);
        }

        var content = new RunbookContent(
            folder.Version,
            hooks,
            ladder,
            roles,
            people,
            roster,
            commands,
            flags,
            dashboards,
            procedures
        )
        {
            Statements = statements,
            Leases = leases,
            Source = source,
            Slo = slo,
            Alerts = alerts,
            Masking = masking,
            Patrols = patrols,
            Escalation = escalation,
            Targets = targets,
            Verbs = verbs.All,
            Permissions = permissions,
        };
        return new RunbookLoaded(content, []);
    }
}
