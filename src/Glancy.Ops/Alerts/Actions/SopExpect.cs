using Glancy.Ops.Connectors.Prometheus;
using Glancy.Ops.Hooks;
using Glancy.Ops.Kernel;
using Glancy.Ops.Procedures;
using Glancy.Ops.Procedures.Actions;
using Glancy.Runbook;
using Glancy.Runbook.Hooks;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Alerts.Actions;

/// <summary>
/// <c>sop.expect</c>: waits until lines of SOPs' last columns are good, each for as many adjacent windows as it asks,
/// none of which began before the run's effects had ended (§5.2). Unknown is never good (rule 9).
/// </summary>
internal sealed class SopExpect(IPrometheus prometheus) : IAction<SopExpect>
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(30);

    /// <summary><c>lines</c> lists measured lines of SOPs' last columns, such as <c>sop/exports/depth</c>.</summary>
    public static ActionSpec Spec { get; } =
        new("sop.expect", EffectClass.None, [new("lines", true, References.SopLine, IsList: true)]) { Expects = true };

    public StepIntent Describe(StepArguments arguments, RunbookContent runbook) => StepIntent.Nothing();

    public async Task<StepResult> ApplyAsync(StepExecution execution, CancellationToken cancellationToken)
    {
        var (arguments, runbook) = (execution.Arguments, execution.Runbook);
        // Of the runbook as it is now: a line that is gone by then cannot be good.
        var checks = new SopChecks(prometheus, runbook, execution.Now, cancellationToken);
        var read = await Task.WhenAll(
            arguments
                .List("lines")
                .Select(async name =>
                    (
                        Name: name,
                        Reading: runbook.Alerts.FindLine(name) is { } line
                            ? await checks.VerifyAsync(line, execution.Run.EffectsEndedAt ?? execution.StartedAt)
                            : null
                    )
                )
        );
        var open = read.Where(l => l.Reading is not { Ticked: true }).ToList();
        var evidence = new Dictionary<string, string>
        {
            ["open"] = string.Join(", ", open.Select(l => $"{l.Name} {Shown(l.Reading)}")),
        };
        if (open.Count == 0)
        {
            return new StepResult.Done(evidence);
        }

        if (execution.Now + LookAgain <= execution.Step.DeadlineAt)
        {
            return new StepResult.WaitUntil(execution.Now + LookAgain, evidence);
        }

        var code = open.All(l => Shown(l.Reading) == Light.Unknown) ? "sop-unknown" : "sop-not-good";
        return new StepResult.Failed(new Refusal(code, "§5.2", evidence["open"]), evidence, PauseReason.Unverified);
    }

    // Milder than red and still not good, or good and not for long enough.
    private static Light Shown(CheckReading? reading) =>
        reading is not { Unknown: null } ? Light.Unknown
        : reading.Light == Light.Red ? Light.Red
        : Light.Yellow;
}
