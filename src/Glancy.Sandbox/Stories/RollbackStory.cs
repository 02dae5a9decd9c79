using Glancy.Sandbox.Worlds;

namespace Glancy.Sandbox.Stories;

/// <summary>A light turns red, the bot freezes and drafts, and one person's click rolls back (§4.4, spec B2).</summary>
public sealed class RollbackStory : IStory
{
    private static readonly string[] Transitions = ["after-effect:execute", "before-effect:execute", "after-effect:record"];

    public string Name => "rollback";

    public string About => "A light turns red; the bot freezes and drafts; one click of the Primary, Secondary or RM rolls back.";

    public Beginning Beginning => Beginning.BadRelease;

    public string? KillAt(long seed) => (seed & 1) == 0 ? null : Transitions[(int)(Math.Abs(seed / 2) % Transitions.Length)];

    public async Task PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stage);
        var run = await RedScene.PlayAsync(stage, cancellationToken);
        await RefusedScene.PlayAsync(stage, run, cancellationToken);
        var confirmed = await ConfirmScene.PlayAsync(stage, run, KillAt(stage.Seed), cancellationToken);
        stage.Transcript.Claim(confirmed.List("confirmations").Count == 1, "one person was enough, as the light was red", confirmed.List("confirmations").Count);
        await RecoveryScene.PlayAsync(stage, run, cancellationToken);
        await RecordsScene.PlayAsync(stage, run, stage.Cast.Second.Id, cancellationToken);
    }
}
