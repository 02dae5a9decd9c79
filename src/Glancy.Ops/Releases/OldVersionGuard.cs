using Glancy.Ops.Kernel;
using Glancy.Ops.Procedures.Ports;

namespace Glancy.Ops.Releases;

/// <summary>Nobody goes back to a version that is not kept any more (§2.2).</summary>
internal sealed class OldVersionGuard(OldVersion oldVersion) : IGuard
{
    public int Order => 50;

    /// <inheritdoc/>
    public async Task<Refusal?> RefusalAsync(GuardQuestion question, CancellationToken cancellationToken)
    {
        // A draft has looked already, and knows more (IWayBack); a step minds it when it moves the train.
        var minds =
            question.Moment != GuardMoment.Draft
            && (question.Effect is not { } effect || effect.Brings.Contains(TrainTarget.State));
        return minds ? await oldVersion.GoneAsync(question.Definition, question.Arguments, cancellationToken) : null;
    }
}
