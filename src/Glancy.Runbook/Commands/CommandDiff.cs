using Glancy.Runbook.Differences;
using Glancy.Runbook.Procedures;

namespace Glancy.Runbook.Commands;

/// <summary>Commands of the bastion: another text has to be read by somebody.</summary>
internal static class CommandDiff
{
    public static void Add(Changes changes, string where, CommandTemplate before, CommandTemplate after)
    {
        changes.Altered(where + "/text", before.Text, after.Text);
        changes.Altered(where + "/read_only", before.ReadOnly, after.ReadOnly);
        changes.Altered(where + "/parser", before.Parser, after.Parser);
        changes.LessIsTighter(where + "/deadline", before.Deadline, after.Deadline);
        changes.Altered(where + "/changes", before.Changes, after.Changes);
        changes.Plain(where + "/section", before.Section, after.Section);
    }
}
