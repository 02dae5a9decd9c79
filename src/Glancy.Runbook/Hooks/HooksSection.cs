using Glancy.Runbook.Differences;

namespace Glancy.Runbook.Hooks;

/// <summary><c>hooks/*.yaml</c>: the guard hooks and signals of §4.2 and §4.3.</summary>
internal sealed class HooksSection : IRunbookSection
{
    public int Order => 30;

    public IReadOnlyDictionary<string, string> Declares { get; } =
        new Dictionary<string, string> { ["hooks"] = References.Hook };

    public IReadOnlyList<string> Codes { get; } =
    [
        "unit-mismatch",
        "yellow-beyond-red",
        "red-beyond-urgent",
        "recovered-beyond-red",
        "recovered-beyond-yellow",
        "segment-not-in-query",
        "limit-names-the-bad-side",
    ];

    public RunbookContent Read(RunbookReading reading, RunbookContent content) =>
        content with
        {
            Hooks = HookFiles.Read(reading),
        };

    public void Differ(Changes changes, RunbookContent before, RunbookContent after)
    {
        HookDiff.Add(changes, before.Hooks, after.Hooks);
    }
}
