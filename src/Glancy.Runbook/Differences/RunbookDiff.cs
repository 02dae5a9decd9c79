namespace Glancy.Runbook.Differences;

/// <summary>
/// What differs between two versions, and which of it is looser (rule 12). Pure; comments and order are no difference.
/// </summary>
public static class RunbookDiff
{
    public static IReadOnlyList<RunbookChange> Between(RunbookContent before, RunbookContent after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var changes = new Changes();
        foreach (var section in RunbookSections.All)
        {
            section.Differ(changes, before, after);
        }

        return changes.Found;
    }
}
