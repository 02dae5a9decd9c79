using Glancy.Ops.Kernel;
using Glancy.Ops.Procedures.Ports;
using Glancy.Ops.Releases.Actions;

namespace Glancy.Ops.Releases;

/// <summary>A thaw keeps to its terms (rule 6, §4.4).</summary>
internal sealed class ThawGuard(ThawPolicy thawPolicy) : IGuard
{
    public int Order => 30;

    /// <inheritdoc/>
    public async Task<Refusal?> RefusalAsync(GuardQuestion question, CancellationToken cancellationToken)
    {
        if (!question.Whole || question.Definition.Steps.All(step => step.Kind != ReleaseThaw.Spec.Kind))
        {
            return null;
        }

        var looked = await thawPolicy.LookAsync(question.Persons, question.Decision, cancellationToken);
        return looked.Has(out var standing, out var refusal) && standing is null
            ? new Refusal("not-frozen", "§4.4")
            : refusal;
    }
}
