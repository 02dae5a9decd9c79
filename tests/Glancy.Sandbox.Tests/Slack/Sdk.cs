using System.Diagnostics;
using System.Runtime.CompilerServices;
using Glancy.Sandbox.Processes;
using Glancy.Sandbox.Slack;

namespace Glancy.Sandbox.Tests.Slack;

/// <summary>
/// Slack's own SDKs in node, installed from the lock file in <c>conformance/</c>, and a workspace before them on the
/// machine's clock.
/// </summary>
public sealed class Sdk : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private SandboxSlack? slack;
    private Process? app;

    public SandboxSlack Slack => slack ?? throw new InvalidOperationException("not started");

    public Workspace Workspace => Slack.Workspace;

    public async ValueTask InitializeAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        await InstallAsync(limit.Token);
        slack = await SandboxSlack.StartAsync(
            Path.Combine(Repository.Root, "runbook", "people.yaml"),
            TimeProvider.System,
            TimeProvider.System.GetUtcNow,
            limit.Token
        );
        app = Start(
            "node",
            new()
            {
                ["SLACK_SECRET"] = slack.SigningSecret,
                ["SLACK_PORT"] = slack.Settings("a")["Slack__Listen"].Split(':')[1],
            },
            "app.mjs"
        );
        var said = await app.StandardOutput.ReadLineAsync(limit.Token);
        Assert.True(said == "listening", said is null ? await app.StandardError.ReadToEndAsync(limit.Token) : said);
    }

    /// <summary>Runs a scenario of <c>webapi.mjs</c> to its end.</summary>
    /// <param name="trigger">For the scenario that opens a view.</param>
    public async Task WebApiAsync(string scenario, string trigger, CancellationToken cancellationToken)
    {
        using var node = Start("node", new() { ["SLACK_TRIGGER"] = trigger }, "webapi.mjs", scenario);
        var output = node.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = await node.StandardError.ReadToEndAsync(cancellationToken);
        await node.WaitForExitAsync(cancellationToken);
        Assert.True(node.ExitCode == 0, $"{await output}\n{error}");
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
        {
            app.StandardInput.Close();
            await app.WaitForExitAsync();
            app.Dispose();
        }

        if (slack is not null)
        {
            await slack.DisposeAsync();
        }
    }

    // npm writes its own copy of the lock last; while it is there and newer, everything is.
    private static async Task InstallAsync(CancellationToken cancellationToken)
    {
        var done = new FileInfo(Path.Combine(Folder(), "node_modules/.package-lock.json"));
        if (
            done.Exists
            && done.LastWriteTimeUtc >= File.GetLastWriteTimeUtc(Path.Combine(Folder(), "package-lock.json"))
        )
        {
            return;
        }

        using var npm = Run("npm", [], "ci", "--no-audit", "--no-fund", "--ignore-scripts");
        var output = npm.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = npm.StandardError.ReadToEndAsync(cancellationToken);
        await npm.WaitForExitAsync(cancellationToken);
        Assert.True(npm.ExitCode == 0, $"npm ci failed:\n{await output}\n{await error}");
    }

    private Process Start(string program, Dictionary<string, string> environment, params string[] arguments)
    {
        environment["SLACK_API"] = Slack.Api.AbsoluteUri;
        environment["SLACK_TOKEN"] = Slack.BotToken;
        environment["SLACK_CHANNEL"] = Team.OpsChannel;
        environment["SLACK_PERSON"] = SlackHouse.Lin;
        return Run(program, environment, arguments);
    }

    private static Process Run(string program, Dictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(Programs.Find(program, "nodejs"), arguments)
        {
            WorkingDirectory = Folder(),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
    }

    private static string Folder([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here) ?? "", "conformance");
}
