using System.Diagnostics;
using Glancy.Ops.Connectors.Bastion;
using Glancy.Sandbox.Bastion;
using Glancy.Sandbox.Processes;
using static Glancy.Ops.Tests.Connectors.Bastion.BastionFixture;
using ServerOptions = Glancy.Sandbox.Bastion.BastionOptions;

namespace Glancy.Ops.Tests.Connectors.Bastion;

/// <summary>The agent and the allow-list as they are installed.</summary>
public sealed class ShippedAgentTests(BastionFixture bastion) : IClassFixture<BastionFixture>
{
    private static readonly string Folder = BastionFixture.Shipped();

    [Fact]
    public async Task The_agent_is_clean_under_shellcheck()
    {
        var (exit, output) = await RunAsync("shellcheck", Path.Combine(Folder, "glancy-agent"));
        Assert.True(exit == 0, output);
    }

    [Fact]
    public async Task The_allow_list_says_what_a_person_would_type()
    {
        var folder = Path.Combine(bastion.Server.Folder, "shipped");
        await using var server = await BastionServer.StartAsync(new ServerOptions(folder, Folder), Token);
        foreach (
            var program in (string[])["bin/releasectl", "bin/configctl", "ops/bin/rollback_stage.sh", "dr/bin/start.sh"]
        )
        {
            var path = Path.Combine(folder, program);
            Directory.CreateDirectory(Path.GetDirectoryName(path) ?? folder);
            await File.WriteAllTextAsync(path, "#!/bin/bash\necho \"${0##*/} $*\"\n", Token);
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        await File.WriteAllTextAsync(server.ScriptLog, "rolled back\n", Token);
        var client = bastion.Client(options =>
            (options.Port, options.KeyFile, options.HostKey) = (server.Port, server.KeyFile, server.HostKeyFingerprint)
        );

        (string Id, string[] Parameters, string Typed)[] effects =
        [
            (
                "releasectl.stage.promote",
                ["batch", "REL-B3", "weight", "15"],
                "releasectl stage promote --env prod --batch REL-B3 --weight 15"
            ),
            (
                "configctl.feature.set",
                ["flag", "glancy.lookup.force_basic", "value", "true"],
                "configctl feature set glancy.lookup.force_basic true --env prod"
            ),
            ("configctl.snapshot.create", [], "configctl snapshot create --env prod"),
            ("rollback_stage", ["batch", "REL-B3"], "rollback_stage.sh --batch REL-B3"),
            ("dr.start", ["plan", "DR-05"], "start.sh --plan DR-05 --env prod"),
        ];
        foreach (var (id, parameters, typed) in effects)
        {
            var key = $"R-1/{id}/1";
            Assert.NotEqual(
                BastionState.Refused,
                Answered(await client.StartAsync(new BastionStart(key, "R-1", 1, id, Pairs(parameters)), Token)).State
            );
            Assert.True((await EndAsync(client, key)).Succeeded);
            Assert.Equal(
                typed + "\n",
                Assert.IsType<BastionOutput.Piece>(await client.OutputAsync(key, 0, Token)).Text
            );
        }

        (string Id, string[] Parameters, string Printed)[] reads =
        [
            ("releasectl.stage.status", [], "releasectl stage status --env prod\n"),
            ("configctl.feature.list", ["glob", "glancy.*"], "configctl feature list glancy.* --env prod\n"),
            (
                "configctl.feature.list",
                ["glob", "glancy.lookup.force_basic"],
                "configctl feature list glancy.lookup.force_basic --env prod\n"
            ),
            ("configctl.snapshot.list", [], "configctl snapshot list --recent --env prod\n"),
            ("rollback_stage.log", [], "rolled back\n"),
        ];
        foreach (var (id, parameters, printed) in reads)
        {
            Assert.Equal(new BastionReading.Read(0, printed), await client.ReadAsync(id, Pairs(parameters), Token));
        }

        foreach (
            var (id, parameters) in ((string, string[])[])
                [
                    ("releasectl.stage.promote", ["batch", "REL-B6", "weight", "15"]),
                    ("releasectl.stage.promote", ["batch", "REL-B3", "weight", "101"]),
                    ("releasectl.stage.promote", ["batch", "REL-B3", "weight", "015"]),
                    ("configctl.feature.set", ["flag", "other.flag", "value", "true"]),
                    ("configctl.feature.set", ["flag", "glancy.a", "value", "a b"]),
                    ("rollback_stage", ["batch", "REL-B3 --force"]),
                    ("dr.start", ["plan", "DR-02"]),
                ]
        )
        {
            Assert.Equal(
                BastionReason.BadParameter,
                Answered(
                    await client.StartAsync(new BastionStart("R-2/no/1", "R-2", 1, id, Pairs(parameters)), Token)
                ).ReasonCode
            );
        }

        var (exit, output) = await RunAsync(Path.Combine(folder, "glancy-agent"), "--check");
        Assert.True(exit == 0, output);
    }

    [Theory]
    [InlineData("effect = run\n", "neither")]
    [InlineData("[a]\nrun = true\n", "effect")]
    [InlineData("[a]\neffect = write\nrun = true\n", "effect")]
    [InlineData("[a]\neffect = run\n", "run is missing")]
    [InlineData("[a]\neffect = run\nrun = true\nshell = yes\n", "unknown name")]
    [InlineData("[a]\neffect = run\nrun = true\n[a]\n", "section twice")]
    [InlineData("[a]\neffect = run\neffect = read\nrun = true\n", "name twice")]
    [InlineData("[a]\neffect = run\nrun = true {x}\n", "undeclared")]
    [InlineData("[a]\neffect = run\nrun = true {x\n", "brace")]
    [InlineData("[a]\neffect = run\nrun = {x}\nparam.x = a\n", "program")]
    [InlineData("[a]\neffect = run\nrun = true {x}\nparam.x = (a\n", "expression")]
    [InlineData("[a]\neffect = run\nrun = no-such-program\n", "not installed")]
    [InlineData("[a]\neffect = run\nrun = ../bin/true\n", "..")]
    [InlineData("[a]\neffect = run\nrun = true\ntimeout = 0\n", "timeout")]
    [InlineData("[a]\neffect = run\nrun = true\ntimeout = 1h\n", "timeout")]
    public async Task A_wrong_allow_list_is_named_by_the_check_and_carries_out_nothing(string commands, string named)
    {
        var folder = PrivateFolder.CreateTemporary("glancy-check");
        try
        {
            var agent = Path.Combine(folder, "glancy-agent");
            File.Copy(Path.Combine(Folder, "glancy-agent"), agent);
            await File.WriteAllTextAsync(
                Path.Combine(folder, "agent.conf"),
                $"[agent]\nstate = {folder}/state\npath = /usr/bin:/bin\ncwd = {folder}\n",
                Token
            );
            await File.WriteAllTextAsync(Path.Combine(folder, "commands.conf"), commands, Token);
            var (exit, output) = await RunAsync(agent, "--check");
            Assert.Equal(1, exit);
            Assert.Contains(named, output, StringComparison.Ordinal);
        }
        finally
        {
            PrivateFolder.Delete(folder);
        }
    }

    [Fact]
    public async Task Pruning_forgets_old_keys_and_no_running_one()
    {
        var client = bastion.Client();
        var old = Start(bastion.NewRun(), "note", "word", "old");
        var recent = Start(bastion.NewRun(), "note", "word", "recent");
        var running = Start(bastion.NewRun(), "hold", "name", "ancient");
        foreach (var start in (BastionStart[])[old, recent, running])
        {
            await client.StartAsync(start, Token);
        }

        await EndAsync(client, old.Key);
        await EndAsync(client, recent.Key);
        foreach (var key in (string[])[old.Key, running.Key])
        {
            Directory.SetLastWriteTimeUtc(bastion.KeyFolder(key), DateTime.UnixEpoch);
        }

        var (exit, output) = await RunAsync(Path.Combine(bastion.Server.Folder, "glancy-agent"), "--prune", "30");

        Assert.True(exit == 0, output);
        Assert.Equal(BastionState.Absent, Answered(await client.StatusAsync(old.Key, Token)).State);
        Assert.Equal(BastionState.Exited, Answered(await client.StatusAsync(recent.Key, Token)).State);
        Assert.Equal(BastionState.Running, Answered(await client.StatusAsync(running.Key, Token)).State);
        bastion.Release("ancient");
    }

    private static Dictionary<string, string> Pairs(string[] words) =>
        words.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);

    private static async Task<(int ExitCode, string Output)> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process =
            Process.Start(start) ?? throw new InvalidOperationException($"{program} could not be started.");
        var error = process.StandardError.ReadToEndAsync(Token);
        var output = await process.StandardOutput.ReadToEndAsync(Token) + await error;
        await process.WaitForExitAsync(Token);
        return (process.ExitCode, output);
    }
}
