using System.Diagnostics;
using Glancy.Sandbox.Bastion;
using Glancy.Sandbox.Processes;

namespace Glancy.Sandbox.Tests.Setup;

/// <summary>What a run of the wrapper came to.</summary>
/// <param name="Log">What was done to the machine, one line each, as the stand-ins wrote it down.</param>
internal sealed record WrapperRun(int Exit, string Out, string Errors, IReadOnlyList<string> Log);

/// <summary>
/// A machine of which only the wrapper knows: an emptied PATH with the system's own small tools, and stand-ins for apt,
/// sudo, the SDK and whatever apt installs. Nothing outside its folder is touched.
/// </summary>
internal sealed class FreshMachine : IDisposable
{
    private static readonly string[] Tools =
    [
        "bash",
        "sh",
        "cat",
        "grep",
        "sed",
        "awk",
        "sort",
        "head",
        "tail",
        "tr",
        "find",
        "mktemp",
        "rm",
        "mkdir",
        "cp",
        "mv",
        "chmod",
        "touch",
        "basename",
        "dirname",
        "true",
        "env",
        "tee",
        "ln",
        "setsid",
        "setpriv",
    ];

    private readonly TemporaryFolder folder = new();

    public FreshMachine()
    {
        Directory.CreateDirectory(Bin);
        Directory.CreateDirectory(Path.Combine(Root, "src"));
        Directory.CreateDirectory(Path.Combine(folder.Path, "candidates"));
        foreach (var empty in new[] { "usr/sbin", "etc/systemd/system" })
        {
            Directory.CreateDirectory(InSystem(empty));
        }

        foreach (var tool in Tools)
        {
            File.CreateSymbolicLink(Path.Combine(Bin, tool), Programs.Find(tool, tool));
        }

        Copy("glancy");
        foreach (
            var part in Directory.GetFiles(
                Path.Combine(RepositoryRoot.Find(), "scripts"),
                "*",
                SearchOption.AllDirectories
            )
        )
        {
            Copy(Path.GetRelativePath(RepositoryRoot.Find(), part));
        }

        File.WriteAllText(Path.Combine(Root, "Directory.Packages.props"), "<Project/>");
        foreach (
            var standIn in Directory.GetFiles(Path.Combine(Repository.Root, "tests/Glancy.Sandbox.Tests/Setup/machine"))
        )
        {
            Program(Path.GetFileName(standIn), File.ReadAllText(standIn));
        }

        Offer(
            ("postgresql", "15+248+deb12u2"),
            ("prometheus", "2.42.0+ds-5"),
            ("prometheus-alertmanager", "0.25.0-1"),
            ("nodejs", "18.20.4+dfsg-1"),
            ("npm", "9.2.0"),
            ("chromium", "136.0")
        );
        Directory.CreateDirectory(InSystem("usr/share/zoneinfo/Asia"));
        File.WriteAllText(InSystem("usr/share/zoneinfo/Asia/Shanghai"), "");
    }

    public string Root => Path.Combine(folder.Path, "root");

    private string Bin => Path.Combine(folder.Path, "bin");

    /// <summary>Variables of the next runs, beside PATH.</summary>
    public Dictionary<string, string> Variables { get; } = new() { ["LANG"] = "en_US.UTF-8" };

    public string InSystem(string path) => Path.Combine(folder.Path, "system", path);

    /// <summary>What apt has to offer.</summary>
    public void Offer(params (string Package, string Version)[] offers)
    {
        foreach (var (package, version) in offers)
        {
            File.WriteAllText(Path.Combine(folder.Path, "candidates", package), version);
        }
    }

    public void OfferNothing(string package) => File.Delete(Path.Combine(folder.Path, "candidates", package));

    /// <summary>Puts a program on PATH that says this when asked for its version.</summary>
    public void Has(string program, string version) => Program(program, $"#!/bin/sh\necho '{version}'\n");

    public void Lacks(string program) => File.Delete(Path.Combine(Bin, program));

    /// <summary>Everything that a verb wants, as apt would have put it there.</summary>
    public async Task SetUpAsync(string verb)
    {
        var run = await RunAsync("setup", verb, "--yes");
        Assert.True(run.Exit == 0, run.Errors);
    }

    /// <summary>Runs the wrapper without a terminal.</summary>
    public Task<WrapperRun> RunAsync(params string[] words) =>
        StartAsync([Path.Combine(Bin, "bash"), Path.Combine(Root, "glancy"), .. words], "");

    /// <summary>Runs the wrapper at a terminal, where somebody types this.</summary>
    public Task<WrapperRun> RunAtTerminalAsync(string typed, params string[] words) =>
        StartAsync(
            [
                Programs.Find("script", "bsdutils"),
                "--quiet",
                "--return",
                "--echo",
                "never",
                "--command",
                string.Join(' ', new[] { Path.Combine(Bin, "bash"), Path.Combine(Root, "glancy") }.Concat(words)),
                "/dev/null",
            ],
            typed
        );

    public void Dispose() => folder.Dispose();

    private async Task<WrapperRun> StartAsync(IReadOnlyList<string> command, string typed)
    {
        var log = Path.Combine(folder.Path, "log");
        await File.WriteAllTextAsync(log, "", TestContext.Current.CancellationToken);
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Root,
        };
        start.Environment.Clear();
        foreach (
            var (name, value) in Variables.Concat([
                new("PATH", Bin),
                new("HOME", folder.Path),
                new("MACHINE", folder.Path),
                new("GLANCY_SYSTEM", Path.Combine(folder.Path, "system")),
                new("SHELL", "/bin/sh"),
            ])
        )
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException("The wrapper did not start.");
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardInput.WriteAsync(typed);
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new WrapperRun(
            process.ExitCode,
            await output,
            await errors,
            await File.ReadAllLinesAsync(log, TestContext.Current.CancellationToken)
        );
    }

    private void Copy(string relative)
    {
        var target = Path.Combine(Root, relative);
        Directory.CreateDirectory(Path.GetDirectoryName(target) ?? Root);
        File.Copy(Path.Combine(RepositoryRoot.Find(), relative), target);
    }

    private void Program(string name, string text)
    {
        var path = Path.Combine(Bin, name);
        File.Delete(path);
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, (UnixFileMode)Convert.ToInt32("755", 8));
    }
}
