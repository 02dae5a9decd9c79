using Glancy.Ops.Procedures.Ports;

namespace Glancy.Ops.Hooks;

/// <summary>Looks at one hook now.</summary>
internal sealed class HookLight(HookSnapshots hooks) : IHookLight
{
    /// <inheritdoc/>
    public async Task<bool> IsRedAsync(string hook, CancellationToken cancellationToken) =>
        (await hooks.TakeAsync(cancellationToken)).Find(hook) is { RedUnexplained: true };
}
