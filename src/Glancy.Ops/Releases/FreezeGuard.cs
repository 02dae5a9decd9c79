using Glancy.Ops.Kernel;
using Glancy.Ops.Procedures.Ports;

namespace Glancy.Ops.Releases;

/// <summary>While the train is frozen only what takes risk away is done (rule 6).</summary>
internal sealed class FreezeGuard(FreezeStore freezes) : IGuard
{
    public int Order => 20;

    /// <inheritdoc/>
    public async Task<Refusal?> RefusalAsync(GuardQuestion question, CancellationToken cancellationToken)
    {
        return
            question.Whole && !question.Definition.Mitigation && await freezes.GetAsync(cancellationToken) is { } freeze
            ? new Refusal("frozen", "§4.4", question.Definition.Id, freeze.By, freeze.Reason)
            : null;
    }
}
