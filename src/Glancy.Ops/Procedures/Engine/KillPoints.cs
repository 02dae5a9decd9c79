namespace Glancy.Ops.Procedures.Engine;

/// <summary>Named instants of a run at which the crash harness may kill the process; does nothing in production.</summary>
public interface IKillPoints
{
    /// <summary>Called at the instant; does not return when the process is to die here.</summary>
    void Reach(string transition);
}

/// <summary>No process dies.</summary>
public sealed class NoKillPoints : IKillPoints
{
    public void Reach(string transition)
    {
    }
}

/// <summary>
/// Dies by SIGKILL when a file names the transition. Taking the file away is atomic, so of several replicas exactly one dies.
/// Composed in only where the environment is not prod.
/// </summary>
public sealed class KillFile(string path) : IKillPoints
{
    public void Reach(string transition)
    {
        try
        {
            if (!File.Exists(path) || File.ReadAllText(path).Trim() != transition)
            {
                return;
            }

            File.Move(path, $"{path}.{Environment.ProcessId}");
        }
        catch (IOException)
        {
            // Another replica was faster.
            return;
        }

        using var self = System.Diagnostics.Process.GetCurrentProcess();
        self.Kill();
        new ManualResetEventSlim(false).Wait();
    }
}
