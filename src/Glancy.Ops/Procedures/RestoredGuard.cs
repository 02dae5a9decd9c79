using Glancy.Ops.Kernel;
using Glancy.Ops.Lives;
using Glancy.Ops.Procedures.Ports;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Procedures;

/// <summary>
/// While nobody knows what a restored database has lost, only what takes risk away is done (rule 11).
/// </summary>
internal sealed class RestoredGuard(LifeStore lives, ActionKinds kinds) : IGuard
{
    public int Order => 10;

    /// <inheritdoc/>
    public async Task<Refusal?> RefusalAsync(GuardQuestion question, CancellationToken cancellationToken)
    {
        var definition = question.Definition;
        var adds =
            !definition.Mitigation || definition.AddsRisk || definition.Steps.Any(step => kinds[step.Kind].AddsRisk);
        return question.Whole && adds && await lives.CurrentAsync(cancellationToken) is { Open: true } life
            ? new Refusal("database-restored", "§8", life.Beyond.Count > 0 ? life.Beyond[^1].Split(':')[0] : "")
            : null;
    }
}
