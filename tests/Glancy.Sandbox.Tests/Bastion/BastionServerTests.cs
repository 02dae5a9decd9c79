using System.Diagnostics;
using Glancy.Sandbox.Bastion;
using Glancy.Sandbox.Processes;

namespace Glancy.Sandbox.Tests.Bastion;

public sealed class BastionServerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_key_speaks_to_the_agent_and_to_nothing_else()
    {
        using var folder = new TemporaryFolder();
        await using var bastion = await StartAsync(folder, "echo \"agent $1 asked for: $SSH_ORIGINAL_COMMAND\"; cat");
        using var client = Connect(bastion, "cat /etc/passwd");
        await client.StandardInput.WriteAsync("hello");
        client.StandardInput.Close();
        Assert.Equal("agent  asked for: cat /etc/passwd\nhello", await client.StandardOutput.ReadToEndAsync(Token));
    }

    [Fact]
    public async Task The_fingerprint_is_the_one_ssh_keygen_prints()
    {
        using var folder = new TemporaryFolder();
        await using var bastion = await StartAsync(folder, "exit 0");
        var printed = await ToolRun.RunAsync(
            ["/usr/bin/ssh-keygen", "-lf", Path.Combine(bastion.Folder, "ssh", "host_key.pub")],
            Token
        );
        Assert.Equal(bastion.HostKeyFingerprint, printed.Split(' ')[1]);
    }

    [Fact]
    public async Task A_cut_connection_ends_for_the_caller_while_the_command_in_its_own_session_goes_on()
    {
        using var folder = new TemporaryFolder();
        var (started, release, finished) = (folder.In("started"), folder.In("release"), folder.In("finished"));
        await using var bastion = await StartAsync(
            folder,
            $"setsid sh -c 'touch {started}; while [ ! -e {release} ]; do sleep 0.05; done; touch {finished}' "
                + $"</dev/null >/dev/null 2>&1 & cat"
        );
        using var client = Connect(bastion, "glancy-agent");
        await Deadline.UntilAsync(() => File.Exists(started));

        Assert.True(await bastion.CutConnectionsAsync(Token) > 0);

        await client.WaitForExitAsync(Token);
        Assert.Equal(255, client.ExitCode);
        await File.WriteAllTextAsync(release, "", Token);
        await Deadline.UntilAsync(() => File.Exists(finished));
        using var again = Connect(bastion, "glancy-agent");
        again.StandardInput.Close();
        await again.WaitForExitAsync(Token);
        Assert.Equal(0, again.ExitCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("env -i PATH=\"${0%/*}:/usr/bin:/bin\"")]
    public async Task Commands_left_behind_end_with_the_bastion(string environment)
    {
        using var folder = new TemporaryFolder();
        var pidFile = folder.In("pid");
        var bastion = await StartAsync(
            folder,
            $"{environment} setsid sh -c 'echo $$ > {pidFile}.new; mv {pidFile}.new {pidFile}; exec sleep 600' "
                + $"</dev/null >/dev/null 2>&1 & exit 0"
        );
        using var client = Connect(bastion, "glancy-agent");
        await client.WaitForExitAsync(Token);
        await Deadline.UntilAsync(() => File.Exists(pidFile));
        var command = ProcessIdentity.Of("sleep", int.Parse(await File.ReadAllTextAsync(pidFile, Token), null));
        Assert.NotNull(command);

        await bastion.DisposeAsync();

        await Deadline.UntilAsync(() => !command.IsAlive);
    }

    private static async Task<BastionServer> StartAsync(TemporaryFolder folder, string agent)
    {
        var source = Directory.CreateDirectory(folder.In("source")).FullName;
        await File.WriteAllTextAsync(Path.Combine(source, "glancy-agent"), $"#!/bin/bash\n{agent}\n", Token);
        await File.WriteAllTextAsync(Path.Combine(source, "commands.conf"), "", Token);
        return await BastionServer.StartAsync(new BastionOptions(folder.In("bastion"), source), Token);
    }

    private static Process Connect(BastionServer bastion, string command)
    {
        var start = new ProcessStartInfo("ssh") { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (
            var word in (string[])
                [
                    "-p",
                    $"{bastion.Port}",
                    "-i",
                    bastion.KeyFile,
                    "-o",
                    "StrictHostKeyChecking=no",
                    "-o",
                    "UserKnownHostsFile=/dev/null",
                    "-o",
                    "LogLevel=ERROR",
                    "-o",
                    "BatchMode=yes",
                    "-F",
                    "/dev/null",
                    $"{bastion.User}@127.0.0.1",
                    command,
                ]
        )
        {
            start.ArgumentList.Add(word);
        }

        return Process.Start(start) ?? throw new InvalidOperationException("ssh could not be started.");
    }
}
