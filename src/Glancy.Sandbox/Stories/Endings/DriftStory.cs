using Glancy.Sandbox.Production;
using Glancy.Sandbox.Worlds;

namespace Glancy.Sandbox.Stories.Endings;

/// <summary>
/// Somebody changes things by hand: before the first effect the plan is drawn up anew, after it the run stops (rule 3).
/// </summary>
internal sealed class DriftStory : IStory
{
    public string Name => "rollback";

    public string? Variant => "drift";

    public string About => "Somebody changes things by hand, before and during the run.";

    public Beginning Beginning => Beginning.BadRelease;

    // As long as the dead replica's lease lasts, somebody has time to interfere.
    public TimeSpan RowLease => TimeSpan.FromSeconds(15);

    public async Task PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        var (told, cast) = (stage.Transcript, stage.Cast);
        var run = await RedScene.PlayAsync(stage, WayBack.Full, cancellationToken);
        told.Scene("By hand, before the click");
        await ByHandAsync(
            stage,
            cancellationToken,
            "configctl",
            "feature",
            "set",
            Flags.ForceBasic,
            "true",
            "--env",
            "prod"
        );
        var code = (await stage.DataAsync(cast.Second, cancellationToken, "run", "show", run)).Text("code");
        var answer = await stage.SayAsync(cast.Second, cancellationToken, "run", "confirm", run, code, "--no-wait");
        told.Claim(answer.Exit == 1, "the plan that was shown is not confirmed any more", answer.Exit);
        var old = await stage.DataAsync(cast.Second, cancellationToken, "run", "show", run);
        var fresh = (await stage.DataAsync(cast.Second, cancellationToken, "run", "list"))
            .List("runs")
            .With("procedure", WayBack.Full.Procedure);
        told.Need(
            old.Text("state") == "superseded" && fresh.Text("state") == "draft" && fresh.Text("run") != run,
            $"{run} is superseded by a new draft",
            old.Text("state")
        );
        told.Claim(Ending.ByBot(stage).Count == 0, "the bot has done nothing to production", Ending.ByBot(stage).Count);

        told.Scene("By hand, during the run");
        run = fresh.Text("run");
        await File.WriteAllTextAsync(stage.KillFile, "after-effect:snapshot", cancellationToken);

        // Whoever confirms may be looking through the other replica, and then sees how it goes on.
        var confirming = stage.SayBesideAsync(
            cast.Second,
            cancellationToken,
            "run",
            "confirm",
            run,
            fresh.Text("code"),
            "--no-wait"
        );
        told.Need(
            await Stage.BecomesAsync(
                () => Task.FromResult(stage.World.Replicas.Any(r => !r.IsAlive)),
                cancellationToken
            ),
            "the replica at work dies after the first effect"
        );
        File.Delete(stage.KillFile);
        await ByHandAsync(
            stage,
            cancellationToken,
            "releasectl",
            "stage",
            "promote",
            "--env",
            "prod",
            "--batch",
            "REL-B5",
            "--weight",
            "60"
        );
        await confirming;
        var data = await Ending.StandsAsync(stage, run, cancellationToken);
        await Ending.PausedAsync(stage, data, "drift", cancellationToken);
        told.Claim(
            stage.World.Look(m => m.Train.Weight) == 60,
            "what was set by hand is not overwritten",
            stage.World.Look(m => m.Train.Weight)
        );
        told.Claim(stage.World.Effects.All.All(e => e.Command != "rollback_stage"), "the script was not started");

        await stage.SayAsync(
            cast.First,
            cancellationToken,
            "run",
            "abort",
            run,
            "--reason",
            "han is at it by hand",
            "--no-wait"
        );
        await Stage.BecomesAsync(
            async () =>
                (data = await stage.DataAsync(cast.First, cancellationToken, "run", "show", run)).Text("state")
                == "aborted",
            cancellationToken
        );
        told.Need(data.Text("state") == "aborted", "a person ends it", data.Text("state"));
        await Ending.WholeAsync(stage, cancellationToken);
    }

    private static async Task ByHandAsync(Stage stage, CancellationToken cancellationToken, params string[] argv)
    {
        var reply = await stage.World.TypeAsync("han", argv, cancellationToken);
        stage.Transcript.Happens($"han types at the bastion: {string.Join(' ', argv)}");
        stage.Transcript.Need(reply.Exit == 0, "production takes it", reply.Text);
    }
}
