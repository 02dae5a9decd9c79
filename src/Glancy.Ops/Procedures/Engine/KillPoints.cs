namespace Glancy.Ops.Procedures.Engine;

/// <summary>
/// Named instants of a run at which the crash harness may kill the process; does nothing in production.
/// </summary>
public interface IKillPoints
{
    /// <summary>Called at the instant; does not return when the process is to die here.</summary>
    void Reach(string transition);
}

/// <summary>No process dies.</summary>
internal sealed class NoKillPoints : IKillPoints
{
    public void Reach(string transition) { }
}

/// <summary>
/// Dies by SIGKILL when a file names the transition; with the word <c>hold</c> behind it, stays there instead until the
/// file that bears its process number is gone. Taking the order away is atomic, so of several replicas exactly one
/// obeys it, and none of its threads gets past another instant while it dies. When there is a file with
/// <c>.reached</c> at the end of its name, every transition is noted there. Composed in only where the environment is
/// not prod.
/// </summary>
internal sealed class KillFile(string path) : IKillPoints
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);

    private readonly string reached = path + ".reached";
    private readonly string taken = $"{path}.{Environment.ProcessId}";
    private readonly Lock gate = new();
    private volatile bool dying;

    public void Reach(string transition)
    {
        try
        {
            Note(transition);
            if (!IsMeant(transition, out var hold))
            {
                return;
            }

            if (hold)
            {
                Hold();
                return;
            }
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

    // One thread obeys. Of the others none may do in the meantime what a process that died here would not have done.
    private bool IsMeant(string transition, out bool hold)
    {
        hold = false;
        var ordered = File.Exists(path);
        if (!ordered && !dying)
        {
            return false;
        }

        lock (gate)
        {
            if (dying)
            {
                new ManualResetEventSlim(false).Wait();
            }

            if (File.ReadAllText(path).Trim().Split(' ') is not [var wanted, .. var options] || wanted != transition)
            {
                return false;
            }

            hold = options is ["hold"];
            dying = !hold;
            try
            {
                File.Move(path, taken);
            }
            catch (IOException)
            {
                dying = false;
                throw;
            }

            return true;
        }
    }

    private void Note(string transition)
    {
        if (File.Exists(reached))
        {
            lock (gate)
            {
                File.AppendAllText(reached, transition + "\n");
            }
        }
    }

    private void Hold()
    {
        using var never = new ManualResetEventSlim(false);
        while (File.Exists(taken))
        {
            never.Wait(Look);
        }
    }
}
