using Glancy.Ops.Kernel;
using Glancy.Ops.Procedures.Actions;
using Glancy.Ops.Runbook.Versions;
using Glancy.Runbook;
using Glancy.Runbook.Procedures;
using Microsoft.Extensions.Logging;

namespace Glancy.Ops.Procedures.Engine;

/// <summary>The class of a step's kind at work on it; what it throws is a result as well.</summary>
internal sealed partial class StepActions(
    ActionBook actions,
    ActionKinds kinds,
    RunParameters parameters,
    RunbookVersions versions,
    ILogger<StepActions> logger
)
{
    /// <summary>
    /// What the step is going to do. What was confirmed is what runs: commands, statements and flags are those of the
    /// run's own version (rule 12).
    /// </summary>
    public async Task<(RunbookContent Runbook, StepIntent Intent)> DescribeAsync(
        RunClaim claim,
        Run run,
        StepDefinition definition,
        RunStep step,
        CancellationToken cancellationToken
    )
    {
        LogStep(run.Name, step.Id, step.State, claim.Epoch);
        var runbook = await versions.OfAsync(run.RunbookVersion, run.Name, cancellationToken);
        return (runbook, actions[definition.Kind].Describe(new StepArguments(definition, parameters.Of(run)), runbook));
    }

    /// <summary>The step's arguments as they are while it runs.</summary>
    public StepArguments Arguments(Run run, StepDefinition definition, RunStep step) =>
        new(definition, parameters.Of(run, step));

    /// <summary>Carries it out, or asks how it is going.</summary>
    public async Task<StepResult> CarryOutAsync(StepExecution execution, CancellationToken cancellationToken)
    {
        try
        {
            return await actions[execution.Arguments.Step.Kind].ApplyAsync(execution, cancellationToken);
        }
        catch (Exception unexpected)
            when (unexpected is not ClaimLostException and not OperationCanceledException and not Npgsql.NpgsqlException
            )
        {
            var reference = Guid.NewGuid().ToString("N")[..8];
            LogUnexpected(unexpected, execution.Key, reference);
            var why = new Refusal("internal", "", reference);
            return kinds[execution.Arguments.Step.Kind].Effect == EffectClass.None
                ? new StepResult.Failed(why, new Dictionary<string, string>())
                : new StepResult.Unknown(why, new Dictionary<string, string>());
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Run} {Step} is {State}, epoch {Epoch}")]
    private partial void LogStep(string run, string step, StepState state, long epoch);

    [LoggerMessage(Level = LogLevel.Error, Message = "Step {Key} threw; reference {Reference}")]
    private partial void LogUnexpected(Exception exception, string key, string reference);
}
