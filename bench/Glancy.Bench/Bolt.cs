using System.Diagnostics;
using System.Net;
using Glancy.Sandbox.Processes;

namespace Glancy.Bench;

/// <summary>Slack's own framework in node, installed from the lock file in <c>neighbours/</c>.</summary>
internal sealed class Bolt(Process node) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    public static async Task<Bolt> StartAsync(string folder, int port, string secret)
    {
        Directory.CreateDirectory(folder);
        foreach (var name in (string[])["package.json", "package-lock.json", "bolt.mjs"])
        {
            File.Copy(
                Path.Combine(Bench.Root(), "bench/Glancy.Bench/neighbours", name),
                Path.Combine(folder, name),
                overwrite: true
            );
        }

        using var limit = new CancellationTokenSource(Patience);
        using var npm = Run(folder, "npm", [], "ci", "--no-audit", "--no-fund", "--ignore-scripts");
        var output = npm.StandardOutput.ReadToEndAsync(limit.Token);
        var errors = await npm.StandardError.ReadToEndAsync(limit.Token);
        await npm.WaitForExitAsync(limit.Token);
        if (npm.ExitCode != 0)
        {
            throw new InvalidOperationException($"npm ci failed:\n{await output}\n{errors}");
        }

        var node = Run(
            folder,
            "node",
            new()
            {
                ["SLACK_SECRET"] = secret,
                ["SLACK_PORT"] = $"{port}",
                ["NODE_ENV"] = "production",
            },
            "bolt.mjs"
        );
        node.OutputDataReceived += (_, _) => { };
        node.ErrorDataReceived += (_, line) => Console.Error.WriteLine(line.Data);
        node.BeginOutputReadLine();
        node.BeginErrorReadLine();
        var at = new IPEndPoint(IPAddress.Loopback, port);
        while (!await Knock.IsListenedToAsync(at))
        {
            await Task.Delay(Look, limit.Token);
        }

        return new Bolt(node);
    }

    public async ValueTask DisposeAsync()
    {
        node.StandardInput.Close();
        await node.WaitForExitAsync();
        node.Dispose();
    }

    private static Process Run(
        string folder,
        string program,
        Dictionary<string, string> environment,
        params string[] arguments
    )
    {
        var start = new ProcessStartInfo(Programs.Find(program, "nodejs"), arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
    }
}
