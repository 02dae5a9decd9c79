using System.Diagnostics;
using System.Globalization;

namespace Glancy.Sandbox.Processes;

/// <summary>How to start a service.</summary>
/// <param name="Name">What people call it in messages.</param>
/// <param name="Command">Program (full path) and arguments.</param>
/// <param name="Log">File that takes both its outputs, appended.</param>
/// <param name="Environment">Added to ours.</param>
internal sealed record ServiceCommand(
    string Name,
    IReadOnlyList<string> Command,
    string Log,
    string? WorkingDirectory = null,
    IReadOnlyDictionary<string, string>? Environment = null
);

/// <summary>
/// A process we started: in a session of its own (Ctrl-C in the terminal reaches only us, and we stop things in order),
/// with a guard beside it that kills it when we die without having stopped it.
/// </summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly Process guard;
    private readonly string log;

    private ServiceProcess(ProcessIdentity identity, Process process, Process guard, string log)
    {
        Identity = identity;
        this.process = process;
        this.guard = guard;
        this.log = log;
    }

    public ProcessIdentity Identity { get; }

    public bool HasExited => process.HasExited;

    /// <summary>Null while it lives; 128 and the signal's number when a signal ended it.</summary>
    public int? ExitCode => process.HasExited ? process.ExitCode : null;

    /// <summary>Starts it; whether it serves yet is the caller's to ask.</summary>
    /// <exception cref="InvalidOperationException">It could not be started.</exception>
    public static ServiceProcess Start(ServiceCommand command)
    {
        // setsid and the shell both become the program by exec, so that the pid we know is the program's.
        var start = new ProcessStartInfo(Programs.Find("setsid", "util-linux"))
        {
            WorkingDirectory = command.WorkingDirectory ?? "/",
        };
        foreach (
            var word in (string[])
                [
                    "/bin/sh",
                    "-c",
                    "log=$1; shift; exec \"$@\" >>\"$log\" 2>&1 </dev/null",
                    "sh",
                    command.Log,
                    .. command.Command,
                ]
        )
        {
            start.ArgumentList.Add(word);
        }

        foreach (var (name, value) in command.Environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        var process =
            Process.Start(start) ?? throw new InvalidOperationException($"{command.Name} could not be started.");
        // One that ended at once is nobody's number any more; waiting for it tells its last words.
        var identity =
            ProcessIdentity.Of(command.Name, process.Id) ?? new ProcessIdentity(command.Name, process.Id, 0, "");
        return new ServiceProcess(identity, process, StartGuard(identity), command.Log);
    }

    /// <summary>Polls until <paramref name="ready"/> says so.</summary>
    /// <exception cref="InvalidOperationException">The process ended, or the deadline passed; the message carries the
    /// log's tail.</exception>
    public async Task WaitReadyAsync(
        Func<CancellationToken, Task<bool>> ready,
        TimeSpan deadline,
        CancellationToken cancellationToken
    )
    {
        var watch = Stopwatch.StartNew();
        while (!await ready(cancellationToken))
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException(
                    $"{Identity.Name} ended with {process.ExitCode} before it was ready.\n{LogTail()}"
                );
            }

            if (watch.Elapsed > deadline)
            {
                throw new InvalidOperationException(
                    $"{Identity.Name} was not ready within {deadline.TotalSeconds:0} s.\n{LogTail()}"
                );
            }

            await Task.Delay(20, cancellationToken);
        }
    }

    /// <summary>Signals, waits, and kills after the grace period. Returns at once when it has already ended.</summary>
    public async Task StopAsync(int signal, TimeSpan grace)
    {
        if (!process.HasExited)
        {
            _ = Libc.Kill(process.Id, signal);
            using var patience = new CancellationTokenSource(grace);
            try
            {
                await process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }

        await DismissGuardAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(Libc.Sigkill, TimeSpan.FromSeconds(5));
        process.Dispose();
        guard.Dispose();
    }

    /// <summary>The last lines it wrote.</summary>
    public string LogTail() => File.Exists(log) ? string.Join('\n', File.ReadLines(log).TakeLast(15)) : "";

    // Reading ends when our side of the pipe closes: with "done" when we stopped the process, with nothing when we
    // died.
    private static Process StartGuard(ProcessIdentity identity)
    {
        const string Script = """
            read -r word
            [ "$word" = done ] && exit 0
            started=$(sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d ' ' -f 20)
            [ "$started" = "$2" ] && kill -KILL "$1"
            """;
        var start = new ProcessStartInfo(Programs.Find("setsid", "util-linux"))
        {
            RedirectStandardInput = true,
            WorkingDirectory = "/",
        };
        foreach (
            var word in (string[])
                [
                    "/bin/sh",
                    "-c",
                    Script,
                    "glancy-guard",
                    identity.Pid.ToString(CultureInfo.InvariantCulture),
                    identity.StartTicks.ToString(CultureInfo.InvariantCulture),
                ]
        )
        {
            start.ArgumentList.Add(word);
        }

        return Process.Start(start)
            ?? throw new InvalidOperationException($"The guard of {identity.Name} could not be started.");
    }

    private async Task DismissGuardAsync()
    {
        if (guard.HasExited)
        {
            return;
        }

        try
        {
            await guard.StandardInput.WriteLineAsync("done");
            guard.StandardInput.Close();
            await guard.WaitForExitAsync();
        }
        catch (IOException)
        {
            // The guard went first: nothing left to dismiss.
        }
    }
}
