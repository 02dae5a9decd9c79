using Glancy.Runbook.Procedures;

namespace Glancy.Runbook;

/// <summary>Reads and checks everything under a runbook folder. Never throws for what is in the files.</summary>
public sealed class RunbookLoader(RunbookTerms terms)
{
    /// <summary>The kinds of steps that procedures are checked against.</summary>
    public ActionKinds Actions => terms.Actions;

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

        // Each section refers to what was declared before it, or says that it refers to something later.
        var reading = new RunbookReading(folder.Files, terms, allowList);
        var content = RunbookSections.All.Aggregate(
            new RunbookContent(folder.Version) { Targets = terms.Targets },
            (filled, section) => section.Read(reading, filled)
        );
        reading.ReferNow();
        reading.ReportUnused();

        var problems = folder
            .Problems.Concat(reading.Problems)
            .Where(p => !(reading.IsStored && p.Code is "unknown-field" or "unused-file"))
            .OrderBy(p => p.File, StringComparer.Ordinal)
            .ThenBy(p => p.Line)
            .ThenBy(p => p.Code, StringComparer.Ordinal)
            .ToList();
        return problems.Count > 0 ? new RunbookLoaded(null, problems) : new RunbookLoaded(content, []);
    }
}
