using System.Diagnostics;
using Glancy.Sandbox.Production;
using Glancy.Sandbox.Tests.Worlds;
using Glancy.Sandbox.Worlds;
using Npgsql;

namespace Glancy.Sandbox.Tests.Control;

/// <summary>The scripts as the bastion runs them: real processes, cause and effect.</summary>
public sealed class ToolsTests(WorldFixture fixture) : IClassFixture<WorldFixture>
{
    private static readonly string[] Promote = ["stage", "promote", "--env", "prod"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_rollback_script_switches_back_turns_basic_answers_on_and_is_counted_once()
    {
        var world = fixture.World;
        await world.ResetToPromotedAsync("REL-B3", Faults.BadRelease, Token);
        Assert.True(await ErrorsAsync() > 0.001);

        var (exit, output, _) = await RunAsync("ops/bin/rollback_stage.sh", "--batch", "REL-B3");

        Assert.Equal(0, exit);
        Assert.Equal(5, output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("glancy.lookup.force_basic=true", output, StringComparison.Ordinal);
        Assert.Contains(output, await File.ReadAllTextAsync(world.Bastion.ScriptLog, Token), StringComparison.Ordinal);
        var effect = Assert.Single(world.Effects.All);
        Assert.Equal(
            ("rollback_stage", "--batch REL-B3", true, "done"),
            (effect.Command, effect.Arguments, effect.Changed, effect.State)
        );
        Assert.Equal(world.Clock.Now, effect.World);
        var status = await RunAsync("bin/releasectl", "stage", "status", "--env", "prod");
        Assert.Contains("weight: 0\n", status.Output, StringComparison.Ordinal);
        Assert.Contains("state: rolled-back\n", status.Output, StringComparison.Ordinal);
        Assert.Equal(
            [
                "release.rollback REL-B3 REL-B3 active 15% -> REL-B3 rolled-back 0%",
                "flag.set glancy.lookup.force_basic false -> true",
                "dr.start DR-05  -> ",
            ],
            (await AuditAsync("rollback_stage")).TakeLast(3)
        );

        await world.JumpAsync(TimeSpan.FromMinutes(10), Token);
        Assert.True(await ErrorsAsync() < 0.001);

        await RunAsync("ops/bin/rollback_stage.sh", "--batch", "REL-B3");
        Assert.Equal([true, false], world.Effects.All.Select(e => e.Changed));
    }

    [Fact]
    public async Task Setting_a_flag_again_is_no_change_and_reads_are_no_effects()
    {
        await fixture.World.ResetToPromotedAsync("REL-B2", null, Token);
        var set = await RunAsync(
            "bin/configctl",
            "feature",
            "set",
            "glancy.regenerate.enabled",
            "false",
            "--env",
            "prod"
        );
        Assert.Equal((0, "glancy.regenerate.enabled=false\n", ""), set);
        await RunAsync("bin/configctl", "feature", "set", "glancy.regenerate.enabled", "false", "--env", "prod");
        var list = await RunAsync("bin/configctl", "feature", "list", "glancy.re*", "--env", "prod");
        Assert.Equal((0, "glancy.regenerate.enabled=false\n", ""), list);
        Assert.Equal([true, false], fixture.World.Effects.All.Select(e => e.Changed));
    }

    [Fact]
    public async Task A_snapshot_says_its_name_and_is_listed()
    {
        var taken = await RunAsync("bin/configctl", "snapshot", "create", "--env", "prod");
        Assert.Matches("^snapshot=cfg-[0-9]{8}-[0-9]{6}\n$", taken.Output);
        var listed = await RunAsync("bin/configctl", "snapshot", "list", "--recent", "--env", "prod");
        Assert.EndsWith(taken.Output["snapshot=".Length..], listed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Promoting_answers_with_the_status_and_moves_the_traffic()
    {
        var world = fixture.World;
        await world.ResetToPromotedAsync("REL-B3", null, Token);
        var promoted = await RunAsync("bin/releasectl", [.. Promote, "--batch", "REL-B4", "--weight", "50"]);
        Assert.Equal(0, promoted.Exit);
        Assert.StartsWith("batch: REL-B4\nweight: 50\n", promoted.Output, StringComparison.Ordinal);
        await world.JumpAsync(TimeSpan.FromMinutes(10), Token);
        var share = await world.Prometheus.QueryAsync(
            "sum(rate(requests_total{colour=\"green\"}[5m])) / sum(rate(requests_total[5m]))",
            world.Clock.Now,
            Token
        );
        Assert.InRange(share ?? 0, 0.49, 0.51);
    }

    [Theory]
    [InlineData("bin/releasectl", "stage", "promote", "--batch", "REL-B3", "--weight", "15")]
    [InlineData("bin/releasectl", "stage", "promote", "--env", "staging", "--batch", "REL-B3", "--weight", "15")]
    [InlineData("bin/releasectl", "stage", "promote", "--env", "prod", "--batch", "REL-B9", "--weight", "15")]
    [InlineData("bin/releasectl", "stage", "promote", "--env", "prod", "--batch", "REL-B3", "--weight", "101")]
    [InlineData("bin/releasectl", "stage", "promote", "--env", "prod", "--batch", "REL-B3", "--weight", "-1")]
    [InlineData("bin/releasectl", "stage", "demote", "--env", "prod")]
    [InlineData("bin/releasectl", "stage", "status", "--env", "prod", "--force")]
    [InlineData("bin/configctl", "feature", "set", "glancy.lookup.force_basic", "yes", "--env", "prod")]
    [InlineData("bin/configctl", "feature", "set", "glancy.no.such", "true", "--env", "prod")]
    [InlineData("bin/configctl", "feature", "set", "glancy.ratelimit.user_rpm", "0", "--env", "prod")]
    [InlineData("bin/configctl", "feature", "list")]
    [InlineData("ops/bin/rollback_stage.sh")]
    [InlineData("ops/bin/rollback_stage.sh", "--batch", "REL-B3; rm -rf /")]
    [InlineData("dr/bin/start.sh", "--plan", "DR-02", "--env", "prod")]
    public async Task Wrong_arguments_end_with_2_a_reason_and_no_effect(string script, params string[] arguments)
    {
        var before = fixture.World.Effects.All.Count;
        var (exit, output, errors) = await RunAsync(script, arguments);
        Assert.Equal(2, exit);
        Assert.Equal("", output);
        Assert.Contains("usage: ", errors, StringComparison.Ordinal);
        Assert.Equal(before, fixture.World.Effects.All.Count);
    }

    [Fact]
    public async Task A_script_that_fails_has_changed_nothing()
    {
        var world = fixture.World;
        await world.ResetToPromotedAsync("REL-B3", Faults.ScriptFails, Token);
        var (exit, output, _) = await RunAsync("ops/bin/rollback_stage.sh", "--batch", "REL-B3");
        Assert.Equal(1, exit);
        Assert.Contains("traffic is unchanged", output, StringComparison.Ordinal);
        var effect = Assert.Single(world.Effects.All);
        Assert.Equal((false, "failed"), (effect.Changed, effect.State));
        Assert.Equal(15, world.Look(m => m.Train.Weight));
    }

    [Fact]
    public async Task A_script_that_hangs_goes_on_when_the_fault_is_off()
    {
        var world = fixture.World;
        await world.ResetToPromotedAsync("REL-B3", Faults.ScriptHangs, Token);
        var running = RunAsync("ops/bin/rollback_stage.sh", "--batch", "REL-B3");
        await Deadline.UntilAsync(() => world.Effects.All.Count == 1);
        Assert.Equal(("running", false), (world.Effects.All[0].State, running.IsCompleted));
        world.FaultOff(Faults.ScriptHangs);
        Assert.Equal(0, (await running).Exit);
        Assert.Equal(0, world.Look(m => m.Train.Weight));
    }

    private async Task<double> ErrorsAsync() =>
        await fixture.World.Prometheus.QueryAsync(
            "sum(rate(requests_total{route=\"/lookup\",code=~\"5..\"}[5m])) / "
                + "sum(rate(requests_total{route=\"/lookup\"}[5m]))",
            fixture.World.Clock.Now,
            Token
        ) ?? double.NaN;

    private async Task<List<string>> AuditAsync(string source)
    {
        await using var product = NpgsqlDataSource.Create(fixture.World.Databases.ProductOps);
        await using var command = product.CreateCommand(
            """
            select action || ' ' || target || ' ' || coalesce("before", '') || ' -> ' || coalesce("after", '')
              from audit_events where source = $1 order by id
            """
        );
        command.Parameters.Add(new NpgsqlParameter { Value = source });
        await using var reader = await command.ExecuteReaderAsync(Token);
        var rows = new List<string>();
        while (await reader.ReadAsync(Token))
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }

    private async Task<(int Exit, string Output, string Errors)> RunAsync(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(fixture.World.Bastion.Folder, script))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process =
            Process.Start(start) ?? throw new InvalidOperationException("The script could not be started.");
        var errors = process.StandardError.ReadToEndAsync(Token);
        var output = await process.StandardOutput.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        return (process.ExitCode, output, await errors);
    }
}
