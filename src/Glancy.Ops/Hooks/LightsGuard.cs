using Glancy.Ops.Kernel;
using Glancy.Ops.Procedures.Ports;

namespace Glancy.Ops.Hooks;

/// <summary>Nothing adds risk while a hook is red or unknown (rule 9).</summary>
internal sealed class LightsGuard(HookSnapshots hooks) : IGuard
{
    public int Order => 40;

    /// <inheritdoc/>
    public async Task<Refusal?> RefusalAsync(GuardQuestion question, CancellationToken cancellationToken)
    {
        if (!question.Whole || !question.Definition.AddsRisk)
        {
            return null;
        }

        var bad = (await hooks.OfAsync(question.Decision, cancellationToken))
            .Hooks.Where(h => h.RiskForbidden)
            .ToList();
        return bad.Count == 0
            ? null
            : new Refusal("lights-forbid", "§4.4", string.Join(", ", bad.Select(h => $"{h.Hook.Id} {h.Light}")));
    }
}
