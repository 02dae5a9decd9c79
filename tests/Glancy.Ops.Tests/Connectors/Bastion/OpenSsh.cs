using System.Diagnostics;

namespace Glancy.Ops.Tests.Connectors.Bastion;

/// <summary>The stock <c>ssh</c> client with the bot's key, for what our own client would never send.</summary>
internal static class OpenSsh
{
    public static async Task<(int ExitCode, string Output)> RunAsync(
        BastionFixture bastion,
        IEnumerable<string> options,
        IEnumerable<string> command,
        string input,
        CancellationToken cancellationToken
    )
    {
        var start = new ProcessStartInfo("ssh")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] common =
        [
            "-T",
            "-F",
            "/dev/null",
            "-p",
            $"{bastion.Server.Port}",
            "-i",
            bastion.Server.KeyFile,
            "-o",
            "StrictHostKeyChecking=no",
            "-o",
            "UserKnownHostsFile=/dev/null",
            "-o",
            "IdentitiesOnly=yes",
            "-o",
            "BatchMode=yes",
            "-o",
            "LogLevel=ERROR",
        ];
        foreach (var word in (string[])[.. common, .. options, $"{bastion.Server.User}@127.0.0.1", .. command])
        {
            start.ArgumentList.Add(word);
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException("ssh could not be started.");
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            await process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It was turned away before it had read its input.
        }

        await process.WaitForExitAsync(cancellationToken);
        await error;
        return (process.ExitCode, await output);
    }
}
