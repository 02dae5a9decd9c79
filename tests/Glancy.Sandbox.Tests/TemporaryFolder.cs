using Glancy.Sandbox.Processes;

namespace Glancy.Sandbox.Tests;

/// <summary>A folder that goes with the test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = PrivateFolder.CreateTemporary("glancy-test");

    public string In(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => PrivateFolder.Delete(Path);
}
