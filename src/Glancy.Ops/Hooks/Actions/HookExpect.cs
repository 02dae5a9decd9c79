using System.Globalization;
using System.Text.Json;
using Glancy.Ops.Kernel;
using Glancy.Ops.Procedures;
using Glancy.Ops.Procedures.Actions;
using Glancy.Runbook;
using Glancy.Runbook.Hooks;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Hooks.Actions;

/// <summary>
/// <c>hook.expect</c>: reads hooks now; with <c>light: any</c> it only records, with <c>light: green</c> it waits until
/// all are green or explained by a switch that stands. After the run's effects only windows count that began when they
/// had ended, so it waits for those as well. Unknown is never green (rule 9).
/// </summary>
public sealed class HookExpect(HookSnapshots snapshots) : IAction<HookExpect>
{
    /// <summary>Evidence: when the first window is whole that began after the run's effects.</summary>
    public const string WholeAt = "whole_at";

    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(30);

    /// <summary>
    /// <c>hooks</c> lists ids or <c>all</c>; <c>light</c> is green, or any to record without judging.
    /// </summary>
    public static ActionSpec Spec { get; } =
        new(
            "hook.expect",
            EffectClass.None,
            [new("hooks", true, References.Hook, IsList: true, OrAll: true), new("light", true)]
        )
        {
            Expects = true,
            Check = static check => check.OneOf("light", "green", "any"),
        };

    public StepIntent Describe(StepArguments arguments, RunbookContent runbook) => StepIntent.Nothing("glancy hk");

    public async Task<StepResult> ApplyAsync(StepExecution execution, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(execution);
        var snapshot = await snapshots.TakeAndRecordAsync(cancellationToken);
        var wanted = execution.Arguments.List("hooks");
        var readings = snapshot.Hooks.Where(h => wanted.Contains("all") || wanted.Contains(h.Hook.Id)).ToList();
        var evidence = new Dictionary<string, string> { ["hooks"] = Summary(readings) };
        if (execution.Arguments["light"] == "any")
        {
            return new StepResult.Done(evidence);
        }

        var since = execution.Run.EffectsEndedAt;
        var open = readings.Where(h => !Proven(h) || !Whole(h)).ToList();
        evidence["open"] = Lights(open.Where(h => !Proven(h)).Select(h => (h, h.Light)));
        if (since is { } ended && readings.Count > 0)
        {
            evidence[WholeAt] = readings
                .Max(h => WholeWindow.First(ended, h))
                .ToString("O", CultureInfo.InvariantCulture);
        }

        if (open.Count == 0)
        {
            return new StepResult.Done(evidence);
        }

        // The first whole window is looked at when it is there, and not put off by the rhythm.
        var next = open.Where(h => !Whole(h))
            .Select(h => WholeWindow.First(since ?? execution.Now, h))
            .Append(execution.Now + LookAgain)
            .Min();
        if (next <= execution.Step.DeadlineAt)
        {
            return new StepResult.WaitUntil(next, evidence);
        }

        var code = open.All(h => Proven(h) || h.Light == Light.Unknown) ? "hooks-unknown" : "hooks-not-green";
        return new StepResult.Failed(
            new Refusal(code, "§4.4", Lights(open.Select(h => (h, Proven(h) ? Light.Unknown : h.Light)))),
            evidence,
            PauseReason.Unverified
        );

        bool Whole(HookReading hook) => since is not { } from || WholeWindow.LiesAfter(from, hook, snapshot.At);
    }

    private static bool Proven(HookReading hook) =>
        hook.Light == Light.Green || (hook.ExplainedBy is not null && !hook.Fading);

    private static string Lights(IEnumerable<(HookReading Hook, Light Light)> hooks) =>
        string.Join(", ", hooks.Select(h => $"{h.Hook.Hook.Id} {h.Light}"));

    // Compact: it goes into release_batches and the run's evidence.
    private static string Summary(IEnumerable<HookReading> readings) =>
        JsonSerializer.Serialize(
            readings.ToDictionary(
                h => h.Hook.Id,
                h =>
                    h.Light
                    + (h.Worst is { Value: { } value } worst ? " " + Threshold.Format(value, worst.Measure.Unit) : "")
                    + (h.ExplainedBy is { } lease ? $" ({lease})" : "")
            )
        );
}
