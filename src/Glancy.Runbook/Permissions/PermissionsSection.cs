using Glancy.Runbook.Differences;

namespace Glancy.Runbook.Permissions;

/// <summary><c>permissions.yaml</c>: who may do what (§1.1).</summary>
internal sealed class PermissionsSection : IRunbookSection
{
    public int Order => 70;

    public IReadOnlyDictionary<string, string> Declares { get; } = new Dictionary<string, string>();

    public IReadOnlyList<string> Codes { get; } = ["missing-permission", "unknown-permission"];

    public RunbookContent Read(RunbookReading reading, RunbookContent content)
    {
        // A version that was stored by a build without them is still read: runs go on by it.
        var shipped = reading.IsStored && !reading.Holds(PermissionsFile.Name);
        return content with { Permissions = shipped ? ShippedPermissions.Read() : PermissionsFile.Read(reading) };
    }

    public void Differ(Changes changes, RunbookContent before, RunbookContent after)
    {
        PermissionDiff.Add(changes, before.Permissions, after.Permissions);
    }
}
