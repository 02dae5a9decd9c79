using System.Diagnostics;

namespace Glancy.Sandbox.Processes;

/// <summary>Runs a program to its end.</summary>
internal static class ToolRun
{
    /// <summary>Standard output.</summary>
    /// <exception cref="InvalidOperationException">It ended with something else than 0; the message carries its
    /// errors.</exception>
    public static async Task<string> RunAsync(IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(command[0])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        foreach (var word in command.Skip(1))
        {
            start.ArgumentList.Add(word);
        }

        using var process =
            Process.Start(start) ?? throw new InvalidOperationException($"{command[0]} could not be started.");
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException(
                $"{Path.GetFileName(command[0])} ended with {process.ExitCode}: {await errors}"
            );
    }
}
