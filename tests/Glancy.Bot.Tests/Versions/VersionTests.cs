using Glancy.Bot.Tests.Crash;
using Glancy.Sandbox.Production;
using Glancy.Sandbox.Worlds;
using static Glancy.Bot.Tests.Versions.VersionWorld;
using Person = Glancy.Bot.Tests.Crash.Terminal;

namespace Glancy.Bot.Tests.Versions;

/// <summary>
/// Rule 12 over real replicas: their own folders, one database, and people who look and confirm meanwhile.
/// </summary>
public sealed class VersionTests(VersionWorld house) : IClassFixture<VersionWorld>
{
    private static readonly (string, string, string) Looser = (
        "hooks/hk-03.yaml",
        "red: \">= 1.2 x\"",
        "red: \">= 1.4 x\""
    );

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_replicas_with_different_files_work_by_the_old_version_until_their_files_are_the_same()
    {
        var old = await house.AgreeAsync(Token);
        var activations = (await AuditAsync(house.A, "runbook-activate", Token)).Count;
        var loosened = (await AuditAsync(house.A, "runbook-loosened", Token)).Count;

        house.Put("b", Looser);
        await Wait.UntilAsync(
            async () => (await StatusAsync(house.A, Token)).GetProperty("split").GetBoolean(),
            "the split is seen",
            Token
        );

        Assert.Equal([old, old], [await InForceAsync(house.A, Token), await InForceAsync(house.B, Token)]);
        var said = await Person.SayAsync(house.A, "mei", ["runbook", "status"], Token);
        Assert.Contains($"version {old} stays in force in all of them", said.Out, StringComparison.Ordinal);
        Assert.Contains(
            "replicas have different files",
            (await Person.SayAsync(house.B, "mei", ["status"], Token)).Out,
            StringComparison.Ordinal
        );

        // One that is started anew with the other files works by the old version, too.
        await house.World.KillReplicaAsync("b");
        await house.StartAsync("b", Token);
        Assert.Equal(old, await InForceAsync(house.B, Token));
        await Wait.UntilAsync(async () => await NoticesAsync("runbook-split") == "1", "the split is told", Token);
        Assert.Equal(old, await InForceAsync(house.B, Token));

        var now = await house.AgreeAsync(Token, Looser);

        Assert.NotEqual(old, now);
        Assert.Equal(activations + 1, (await AuditAsync(house.B, "runbook-activate", Token)).Count);
        var events = await AuditAsync(house.B, "runbook-loosened", Token);
        Assert.Equal(loosened + 1, events.Count);
        Assert.Equal(
            ">= 1.2× -> >= 1.4×",
            events[0].GetProperty("detail").GetProperty("hooks/HK-03/burn/red").GetString()
        );
        Assert.Equal(
            "1",
            await house.BotAsync(
                $"select count(*) from glancy.notice where template = 'loosened' and arguments ->> 'version' = '{now}'",
                Token
            )
        );
        Assert.Equal("1", await NoticesAsync("runbook-split"));
        var status = await StatusAsync(house.A, Token);
        Assert.Equal(
            (false, now),
            (status.GetProperty("split").GetBoolean(), status.GetProperty("active").GetString())
        );
        Assert.Equal(0, (await Person.SayAsync(house.A, "mei", ["audit", "verify"], Token)).Exit);
    }

    [Fact]
    public async Task A_wrong_file_keeps_the_old_version_and_is_shown_with_its_line()
    {
        var old = await house.AgreeAsync(Token);
        var wrong = ("hooks/hk-03.yaml", "red: \">= 1.2 x\"", "red: \">= 0.7 x\"");
        house.Put("a", wrong);
        house.Put("b", wrong);
        await Wait.UntilAsync(
            async () =>
                await StatusAsync(house.B, Token) is var status
                && status.GetProperty("broken").GetBoolean()
                && !status.GetProperty("split").GetBoolean(),
            "both have seen it",
            Token
        );

        var said = (await Person.SayAsync(house.A, "mei", ["runbook", "status"], Token)).Out;
        Assert.Matches(@"a +hooks/hk-03\.yaml:\d+ +yellow", said);
        Assert.Contains(
            "wrong files; " + old,
            (await Person.SayAsync(house.A, "mei", ["status"], Token)).Out,
            StringComparison.Ordinal
        );

        await house.World.KillReplicaAsync("a");
        await house.StartAsync("a", Token);
        Assert.Equal([old, old], [await InForceAsync(house.A, Token), await InForceAsync(house.B, Token)]);
        Assert.Equal(old, await house.AgreeAsync(Token));
    }

    [Fact]
    public async Task A_run_in_the_middle_of_a_reload_ends_with_its_own_texts_and_a_draft_is_drawn_up_anew()
    {
        var old = await house.AgreeAsync(Token);
        await house.World.ResetToPromotedAsync("REL-B3", Faults.BadRelease, Token);
        var running = await DraftAsync();
        house.World.FaultOn(Faults.ScriptHangs);
        var confirmation = Person.SayAsync(
            house.A,
            "mei",
            ["run", "confirm", running.Name, running.Code, "--no-wait", "--json"],
            Token
        );
        await Wait.UntilAsync(
            () => house.World.Effects.All.Any(e => e.Command == "rollback_stage" && e.State == "running"),
            "the script runs",
            Token
        );
        var draft = await DraftAsync();

        var now = await house.AgreeAsync(
            Token,
            ("statements/close-rollback.sql", "set state = @ending", "set state = 'closed'"),
            (
                "commands.yaml",
                "text: ops/bin/rollback_stage.sh --batch",
                "text: ops/bin/rollback_stage.sh --quick --batch"
            )
        );

        await Wait.UntilAsync(async () => await StateAsync(draft.Name) == "Superseded", "the draft is void", Token);
        var fresh =
            "R-" + await house.BotAsync($"select superseded_by from glancy.run where id = {draft.Name[2..]}", Token);
        Assert.Equal(
            now,
            await house.BotAsync($"select runbook_version from glancy.run where id = {fresh[2..]}", Token)
        );
        Assert.Equal(
            "1",
            await house.BotAsync($"select count(*) from glancy.run where runbook_version = '{now}'", Token)
        );

        house.World.FaultOff(Faults.ScriptHangs);
        await Wait.UntilAsync(
            async () =>
            {
                if (await StateAsync(running.Name) is "Verifying")
                {
                    await house.World.JumpAsync(TimeSpan.FromMinutes(6), Token);
                }

                return await StateAsync(running.Name) is "Succeeded" or "Paused";
            },
            "the run has ended",
            Token
        );
        Assert.Equal("Succeeded", await StateAsync(running.Name));
        Assert.Equal(0, (await confirmation).Exit);
        Assert.Equal(
            old,
            await house.BotAsync($"select runbook_version from glancy.run where id = {running.Name[2..]}", Token)
        );
        Assert.Equal(
            "verified",
            await house.ProductAsync($"select state from release_batches where run = '{running.Name}'", Token)
        );
    }

    private async Task<(string Name, string Code)> DraftAsync()
    {
        var data = await DataAsync(
            house.A,
            Token,
            "rollback",
            "REL-B3",
            "--reason",
            "lookup errors rise",
            "--as",
            "gao"
        );
        return (data.GetProperty("run").GetString() ?? "", data.GetProperty("code").GetString() ?? "");
    }

    private Task<string> StateAsync(string run) =>
        house.BotAsync($"select state from glancy.run where id = {run[2..]}", Token);

    private Task<string> NoticesAsync(string template) =>
        house.BotAsync($"select count(*) from glancy.notice where template = '{template}'", Token);
}
