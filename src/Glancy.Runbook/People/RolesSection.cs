using Glancy.Runbook.Differences;

namespace Glancy.Runbook.People;

/// <summary><c>roles.yaml</c>: who answers for what (§1.1).</summary>
internal sealed class RolesSection : IRunbookSection
{
    public int Order => 60;

    public IReadOnlyDictionary<string, string> Declares { get; } =
        new Dictionary<string, string> { ["roles.yaml"] = References.Role };

    public IReadOnlyList<string> Codes { get; } = ["role-cycle", "role-without-holder", "standing-by-shift"];

    public RunbookContent Read(RunbookReading reading, RunbookContent content) =>
        content with
        {
            Roles = RolesFile.Read(reading),
        };

    public void Differ(Changes changes, RunbookContent before, RunbookContent after)
    {
        PeopleDiff.AddRoles(changes, before, after);
    }
}
