using Glancy.Ops.Lives;
using Glancy.Ops.Procedures.Ports;

namespace Glancy.Ops.Procedures.Engine;

/// <summary>
/// The world as it stands before a step: controlled state, and the life of the database that keys are made in.
/// </summary>
internal sealed class StepWorld(ControlledState states, LifeStore lives)
{
    public Task<StatesObserved> ReadAsync(IReadOnlyList<string> touched, CancellationToken cancellationToken) =>
        states.ReadAsync(touched, cancellationToken);

    public async Task<string> LifeAsync(CancellationToken cancellationToken) =>
        (await lives.CurrentAsync(cancellationToken)).Id;
}
