namespace Glancy.Sandbox.Worlds;

/// <summary>A world that is used again.</summary>
internal static class WorldReset
{
    private static readonly TimeSpan Well = TimeSpan.FromMinutes(12);
    private static readonly TimeSpan Promoted = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan UntilRed = TimeSpan.FromMinutes(6);

    /// <summary>
    /// Back to a world as at the start, later: everything well for twelve minutes, then the batch promoted to 15 %, the
    /// fault on two minutes later, and six minutes after that its hook is red. The journal of effects begins anew.
    /// </summary>
    public static async Task ResetToPromotedAsync(
        this World world,
        string batch,
        string? fault,
        CancellationToken cancellationToken
    )
    {
        world.Look(m =>
        {
            m.Reset(world.Clock.Now);
            return true;
        });
        await world.JumpAsync(Well, cancellationToken);
        await world.TypeAsync(
            "mei",
            ["releasectl", "stage", "promote", "--env", "prod", "--batch", batch, "--weight", "15"],
            cancellationToken
        );
        await world.JumpAsync(Promoted, cancellationToken);
        if (fault is not null)
        {
            world.FaultOn(fault);
            await world.JumpAsync(UntilRed, cancellationToken);
        }

        world.Effects.Clear();
    }
}
