using Glancy.Sandbox.Processes;

namespace Glancy.Bot.Tests.Crash.Torture;

/// <summary>A folder for one report.</summary>
internal sealed class ReportFolder : IDisposable
{
    public string Path { get; } = PrivateFolder.CreateTemporary("glancy-torture-test");

    public string Page => System.IO.Path.Combine(Path, "report.md");

    public string Runs => System.IO.Path.Combine(Path, "runs.jsonl");

    public void Dispose() => PrivateFolder.Delete(Path);
}
