using Glancy.Sandbox.Production;
using Glancy.Sandbox.Worlds;

namespace Glancy.Sandbox.Stories.Endings;

/// <summary>
/// The script hangs past its deadline of ten minutes: whether it took effect is unknown, and a person finds out.
/// </summary>
internal sealed class ScriptHangsStory : IStory
{
    public string Name => "rollback";

    public string? Variant => Faults.ScriptHangs;

    public string About => "The rollback script hangs.";

    public Beginning Beginning => Beginning.BadRelease;

    public async Task PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        var (told, cast) = (stage.Transcript, stage.Cast);
        var run = await RedScene.PlayAsync(stage, WayBack.Full, cancellationToken);
        told.Scene("The script hangs");
        stage.World.FaultOn(Faults.ScriptHangs);
        var code = (await stage.DataAsync(cast.Second, cancellationToken, "run", "show", run)).Text("code");
        using var away = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var confirming = stage.SayBesideAsync(cast.Second, away.Token, "run", "confirm", run, code, "--no-wait");
        told.Need(
            await Stage.BecomesAsync(
                () => Task.FromResult(stage.World.Effects.All.Any(e => e.Command == "rollback_stage")),
                cancellationToken
            ),
            "the script was started"
        );

        // Nobody who waits for the script is ready for the next stride, so the clock is put forward at once.
        await stage.World.JumpAsync(TimeSpan.FromMinutes(11), cancellationToken);
        await confirming;
        await Ending.PausedAsync(
            stage,
            await Ending.StandsAsync(stage, run, cancellationToken),
            "unknown",
            cancellationToken
        );
        told.Claim(
            stage.World.Look(m => m.Train.Weight) == WayBack.Full.Weight,
            "the traffic has not moved",
            stage.World.Look(m => m.Train.Weight)
        );

        told.Scene("It goes on");
        stage.World.FaultOff(Faults.ScriptHangs);
        told.Need(
            await Stage.BecomesAsync(
                () => Task.FromResult(stage.World.Look(m => m.Train.Weight) == 0),
                cancellationToken
            ),
            "the script ends behind our back, and the traffic moves"
        );
        await stage.SayAsync(cast.First, cancellationToken, "run", "retry", run, "--no-wait");
        var data = await Ending.VerifiedAsync(stage, run, cancellationToken);
        told.Need(
            data.Text("state") == "succeeded",
            "tried again at a person's word, it goes on to the end",
            $"{data.Text("state")} {data.Text("pause")} {data.Text("outcome", "words")}"
        );
        told.Claim(
            stage.World.Look(m => m.Train.Weight == 0 && m.Flags.IsOn(Flags.ForceBasic)),
            "the traffic is back on the old version, and the switch is on, whichever attempt did it",
            stage.World.Look(m => m.Train.Describe())
        );
        await Ending.WholeAsync(stage, cancellationToken);
    }
}
