using Glancy.Ops.Kernel;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Procedures.Ports;

/// <summary>When a guard is asked.</summary>
public enum GuardMoment
{
    Draft,

    /// <summary>At each confirmation, and when somebody asks whether he might confirm.</summary>
    Confirmation,

    /// <summary>
    /// At a confirmation of what has run out of its time: why it had to end, where there is more to say than that.
    /// </summary>
    Late,

    Start,

    /// <summary>Before a step's effect.</summary>
    Step,
}

/// <summary>What wants to go ahead.</summary>
/// <param name="Persons">Those who stand behind it so far.</param>
/// <param name="Decision">The decision that the question belongs to.</param>
public sealed record GuardQuestion(
    GuardMoment Moment,
    Procedure Definition,
    IReadOnlyDictionary<string, string> Arguments,
    IReadOnlyList<string> Persons,
    Decision Decision
)
{
    /// <summary>What the step is about to do; null at any other moment.</summary>
    public GuardedEffect? Effect { get; init; }

    /// <summary>Whether the whole of it is asked about: a step that adds no risk was allowed with the start.</summary>
    public bool Whole =>
        Moment is GuardMoment.Draft or GuardMoment.Confirmation or GuardMoment.Start || Effect is { AddsRisk: true };
}

/// <summary>An effect that is about to begin.</summary>
/// <param name="AddsRisk">It does more than take risk away or close a record.</param>
/// <param name="Brings">The states that it changes.</param>
public sealed record GuardedEffect(bool AddsRisk, IReadOnlyCollection<string> Brings);

/// <summary>
/// Something that forbids procedures at times, whoever wants them (rules 6, 9). The same guards are asked at the draft,
/// at each confirmation, at the start, before an effect, and by <c>policy can</c>.
/// </summary>
public interface IGuard
{
    /// <summary>Whose refusal is told where several refuse: the lowest one's.</summary>
    int Order { get; }

    /// <summary>Null when it does not stand in the way.</summary>
    Task<Refusal?> RefusalAsync(GuardQuestion question, CancellationToken cancellationToken);
}
