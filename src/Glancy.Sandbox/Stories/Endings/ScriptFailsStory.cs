using Glancy.Sandbox.Production;
using Glancy.Sandbox.Worlds;

namespace Glancy.Sandbox.Stories.Endings;

/// <summary>The script fails before it has changed anything: retry, skip with a reason, or abort.</summary>
internal sealed class ScriptFailsStory : IStory
{
    private static readonly string[] WaysOn = ["run retry ", "run skip ", "run abort "];

    public string Name => "rollback";

    public string? Variant => Faults.ScriptFails;

    public string About => "The rollback script fails.";

    public Beginning Beginning => Beginning.BadRelease;

    public async Task PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        var (told, cast) = (stage.Transcript, stage.Cast);
        var run = await RedScene.PlayAsync(stage, WayBack.Full, cancellationToken);
        told.Scene("The script fails");
        stage.World.FaultOn(Faults.ScriptFails);
        await Ending.PausedAsync(
            stage,
            await Ending.ConfirmAsync(stage, cast.Second, run, cancellationToken),
            "failed",
            cancellationToken
        );
        var shown = await stage.SayAsync(cast.First, cancellationToken, "run", "show", run);
        told.Claim(
            WaysOn.All(way => shown.Words.Contains(way + run, StringComparison.Ordinal)),
            "three ways on: retry, skip with a reason, abort",
            shown.Exit
        );

        told.Scene("It is tried again");
        stage.World.FaultOff(Faults.ScriptFails);
        var outsider = await stage.SayAsync(cast.Outsider, cancellationToken, "run", "retry", run, "--no-wait");
        told.Claim(outsider.Exit == 1, "olga may not", outsider.Exit);
        await stage.SayAsync(cast.First, cancellationToken, "run", "retry", run, "--no-wait");
        var data = await Ending.VerifiedAsync(stage, run, cancellationToken);
        told.Need(
            data.Text("state") == "succeeded",
            $"{run} goes on to the end",
            $"{data.Text("state")} {data.Text("pause")} {data.Text("outcome", "words")}"
        );
        told.Claim(
            stage.World.Look(m => m.Train.Weight) == 0,
            "the traffic is back on the old version",
            stage.World.Look(m => m.Train.Weight)
        );
        await Ending.WholeAsync(stage, cancellationToken);
    }
}
