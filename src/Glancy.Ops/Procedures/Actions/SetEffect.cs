namespace Glancy.Ops.Procedures.Actions;

/// <summary>A command on the bastion that sets one controlled state; done only when the state is then seen to have the value (§2.3).</summary>
public sealed class SetEffect(BastionEffect effect, ControlledState states)
{
    /// <inheritdoc cref="BastionEffect.ApplyAsync"/>
    public async Task<StepResult> ApplyAsync(
        StepExecution execution, string command, IReadOnlyDictionary<string, string> parameters, string state, string value, CancellationToken cancellationToken)
    {
        var result = await effect.ApplyAsync(execution, command, parameters, cancellationToken);
        if (result is not StepResult.Done done)
        {
            return result;
        }

        var observed = await states.ReadAsync([state], cancellationToken);
        if (observed.Unknown is { } unknown)
        {
            return new StepResult.Unknown(unknown, done.Evidence);
        }

        return observed.Values[state] == value
            ? done
            : new StepResult.Failed(new Refusal("drift", "§2.3", state, value, observed.Values[state]), done.Evidence);
    }
}
