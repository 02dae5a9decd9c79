using Glancy.Sandbox.Worlds;

namespace Glancy.Sandbox.Stories;

/// <summary>
/// A light turns red, the bot freezes and drafts the way back that the ladder asks for, and one person's click takes it
/// (§4.1, §4.4, spec B2).
/// </summary>
internal sealed class RollbackStory(WayBack way, string? variant) : IStory
{
    private string[] Transitions => ["after-effect:" + way.Step, "before-effect:" + way.Step, "after-effect:record"];

    public string Name => "rollback";

    public string? Variant => variant;

    public string About =>
        way == WayBack.Full
            ? "A light turns red; the bot freezes and drafts; one click of the Primary, Secondary or RM rolls back; "
                + "then everything goes back to normal."
            : "The same one rung down the ladder, with Free paused.";

    public Beginning Beginning => way == WayBack.Full ? Beginning.BadRelease : Beginning.Overload;

    public string? KillAt(long seed) =>
        (seed & 1) == 0 ? null : Transitions[(int)(Math.Abs(seed / 2) % Transitions.Length)];

    public async Task PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        var run = await RedScene.PlayAsync(stage, way, cancellationToken);
        await RefusedScene.PlayAsync(stage, way, run, cancellationToken);
        var confirmed = await ConfirmScene.PlayAsync(stage, way, run, KillAt(stage.Seed), cancellationToken);
        stage.Transcript.Claim(
            confirmed.List("confirmations").Count == 1,
            "one person was enough, as the light was red",
            confirmed.List("confirmations").Count
        );
        await RecoveryScene.PlayAsync(stage, way, run, cancellationToken);
        await RecordsScene.PlayAsync(stage, way, run, stage.Cast.Second.Id, cancellationToken);
        await BackScene.PlayAsync(stage, way, run, cancellationToken);
    }
}
