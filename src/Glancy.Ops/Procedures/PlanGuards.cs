using Glancy.Ops.Kernel;
using Glancy.Ops.Procedures.Ports;

namespace Glancy.Ops.Procedures;

/// <summary>All that may forbid a procedure, asked in their order; the first refusal is told.</summary>
public sealed class PlanGuards(IEnumerable<IGuard> all)
{
    private readonly IGuard[] guards = [.. all.OrderBy(g => g.Order)];

    /// <summary>Null when nothing stands in the way.</summary>
    public async Task<Refusal?> RefusalAsync(GuardQuestion question, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        foreach (var guard in guards)
        {
            if (await guard.RefusalAsync(question, cancellationToken) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    /// <inheritdoc cref="RefusalAsync(GuardQuestion, CancellationToken)"/>
    /// <param name="besides">Whose confirmation is being looked at; null for nobody.</param>
    public Task<Refusal?> RefusalAsync(
        GuardMoment moment,
        Run run,
        string? besides,
        Decision decision,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(run);
        IEnumerable<string> persons = run.Confirmations.Select(c => c.Person);
        return RefusalAsync(
            new GuardQuestion(
                moment,
                run.Definition,
                run.Arguments,
                [.. besides is null ? persons : persons.Append(besides)],
                decision
            ),
            cancellationToken
        );
    }
}
