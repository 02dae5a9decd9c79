using Glancy.Sandbox.Production;
using Glancy.Sandbox.Worlds;

namespace Glancy.Sandbox.Stories.Endings;

/// <summary>
/// The hook recovers before the click: then it takes two persons, or the release manager puts the draft away (rules 5
/// and 6).
/// </summary>
internal sealed class HookRecoversStory : IStory
{
    private static readonly string[] Thaw = ["release", "thaw", "--reason", "it was the supplier, and is over"];

    public string Name => "rollback";

    public string? Variant => "hook-recovers";

    public string About => "The light is green again before anybody confirms.";

    public Beginning Beginning => Beginning.BadRelease;

    public async Task PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        var (told, cast) = (stage.Transcript, stage.Cast);
        var manager = cast.Second with { Id = "mei" };
        var run = await RedScene.PlayAsync(stage, WayBack.Full, cancellationToken);
        told.Scene("The hook recovers before the click");
        stage.World.FaultOff(Faults.BadRelease);
        var red = true;
        for (var minutes = 0; minutes < 20 && red; minutes++)
        {
            await stage.PassAsync(TimeSpan.FromMinutes(1), cancellationToken);
            red = (await stage.DataAsync(cast.First, cancellationToken, "hk"))
                .List("hooks")
                .Any(h => h.Text("light") == "red");
        }

        told.Need(!red, "no light is red any more");
        var data = await Ending.ConfirmAsync(stage, cast.First, run, cancellationToken);
        told.Need(
            data.Text("state") == "awaitingSecond",
            "one click is not enough now: it waits for a second person",
            data.Text("state")
        );
        told.Claim(
            stage.World.Effects.All.Count == 0,
            "nothing has been done to production",
            stage.World.Effects.All.Count
        );

        told.Scene("The release manager puts it away");
        var secondary = await stage.SayAsync(
            cast.Second with
            {
                Id = "wu",
            },
            cancellationToken,
            "run",
            "dismiss",
            run,
            "--reason",
            "recovered by itself"
        );
        told.Claim(secondary.Exit == 1, "wu may not: that is the release manager's", secondary.Exit);
        await stage.SayAsync(manager, cancellationToken, "run", "dismiss", run, "--reason", "recovered by itself");
        data = await stage.DataAsync(cast.First, cancellationToken, "run", "show", run);
        told.Need(
            data.Text("state") == "aborted" && data.Text("outcome", "refused") == "dismissed",
            $"{run} is dismissed",
            data.Text("outcome")
        );
        var status = await stage.DataAsync(cast.First, cancellationToken, "status");
        told.Claim(status.Has("freeze"), "the train is still frozen", status.Text("freeze"));
        var asked = await stage.SayAsync(manager, cancellationToken, Thaw);
        told.Need(asked.Exit == 0, "no rollback has happened, so the release manager may thaw at once", asked.Exit);
        var thaw = (await stage.DataAsync(manager, cancellationToken, "run", "list"))
            .List("runs")
            .With("procedure", "thaw");
        await Ending.ConfirmAsync(stage, manager, thaw.Text("run"), cancellationToken);
        data = await Ending.VerifiedAsync(stage, thaw.Text("run"), cancellationToken);
        told.Need(
            data.Text("state") == "succeeded",
            "and does",
            $"{data.Text("state")} {data.Text("outcome", "words")}"
        );
        status = await stage.DataAsync(cast.First, cancellationToken, "status");
        told.Claim(!status.Has("freeze") && status.List("leases").Count == 0, "no freeze and no lease is left");
        told.Claim(
            stage.World.Look(m => m.Train.Weight) == WayBack.Full.Weight && stage.Switches() == stage.SwitchesBefore,
            "production is as it was",
            stage.World.Look(m => m.Train.Weight)
        );
        await Ending.WholeAsync(stage, cancellationToken);
    }
}
