using Glancy.Ops.Procedures.Ports;

namespace Glancy.Ops.Hooks;

/// <summary>Looks at one hook, as a decision sees it.</summary>
internal sealed class HookLight(HookSnapshots hooks) : IHookLight
{
    /// <inheritdoc/>
    public async Task<bool> IsRedAsync(string hook, Decision decision, CancellationToken cancellationToken) =>
        (await hooks.OfAsync(decision, cancellationToken)).Find(hook) is { RedUnexplained: true };
}
