using System.Text.Json;
using Glancy.Ops.Hooks;
using Glancy.Ops.Runbook;

namespace Glancy.Ops.Procedures.Actions;

/// <summary>
/// <c>hook.expect</c>: reads hooks now; with <c>light: any</c> it only records, with <c>light: green</c> it waits until all
/// are green or explained by a switch that stands. Unknown is never green (rule 9).
/// </summary>
public sealed class HookExpect(HookSnapshots snapshots) : IAction
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(30);

    public string Kind => "hook.expect";

    public StepIntent Describe(StepArguments arguments, RunbookContent runbook) => StepIntent.Nothing("glancy hk");

    public async Task<StepResult> ApplyAsync(StepExecution execution, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(execution);
        var snapshot = await snapshots.TakeAsync(cancellationToken);
        var wanted = execution.Arguments.List("hooks");
        var readings = snapshot.Hooks.Where(h => wanted.Contains("all") || wanted.Contains(h.Hook.Id)).ToList();
        var evidence = new Dictionary<string, string> { ["hooks"] = Summary(readings) };
        if (execution.Arguments["light"] == "any")
        {
            return new StepResult.Done(evidence);
        }

        var open = readings.Where(h => h.Light != Light.Green && (h.ExplainedBy is null || h.Fading)).ToList();
        if (open.Count == 0)
        {
            evidence["open"] = "";
            return new StepResult.Done(evidence);
        }

        evidence["open"] = string.Join(", ", open.Select(h => $"{h.Hook.Id} {h.Light}"));
        if (execution.Now + LookAgain <= execution.Step.DeadlineAt)
        {
            return new StepResult.WaitUntil(execution.Now + LookAgain, evidence);
        }

        var code = open.All(h => h.Light == Light.Unknown) ? "hooks-unknown" : "hooks-not-green";
        return new StepResult.Failed(new Refusal(code, "§4.4", evidence["open"]), evidence, PauseReason.Unverified);
    }

    // Compact: it goes into release_batches and the run's evidence.
    private static string Summary(IEnumerable<HookReading> readings) => JsonSerializer.Serialize(
        readings.ToDictionary(
            h => h.Hook.Id,
            h => h.Light
                + (h.Worst is { Value: { } value } worst ? " " + Threshold.Format(value, worst.Measure.Unit) : "")
                + (h.ExplainedBy is { } lease ? $" ({lease})" : "")));
}
