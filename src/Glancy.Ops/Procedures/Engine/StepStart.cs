using System.Globalization;
using Glancy.Ops.Kernel;
using Glancy.Ops.Lives;
using Glancy.Ops.Procedures.Actions;
using Glancy.Ops.Procedures.Ports;
using Glancy.Runbook;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Procedures.Engine;

/// <summary>
/// What comes before a step's effect: the state it touches is looked at - accepted is what our earlier steps predict or what is
/// wanted (rule 3) - and that it starts is written (rule 2).
/// </summary>
public sealed class StepStart(
    RunTransitions transitions, ControlledState states, IChangeLedger ledger, StepPause pause, Drafts drafts, PlanGuards guards, LifeStore lives, ActionKinds kinds, IKillPoints killPoints, TimeProvider clock)
{
    /// <summary>True when the run can go on at once.</summary>
    public async Task<bool> BeginAsync(RunClaim claim, Run run, StepDefinition definition, RunStep step, StepIntent intent, RunbookContent runbook, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(intent);
        var attempt = step.Attempt + 1;

        // Rules 6 and 9: a wait, an outage or a retry lies between the start and this effect, and in it a light may have turned. What only
        // closes the record of what is there by now adds nothing.
        string[] brings = [.. intent.Sets.Keys, .. intent.ScriptSets.Keys];
        var closes = definition.Phase == StepPhase.Verify && brings.Length == 0;
        var question = new GuardQuestion(GuardMoment.Step, run.Definition, run.Arguments, [.. run.Confirmations.Select(c => c.Person)])
        {
            Effect = new GuardedEffect(run.Definition.AddsRisk && HasEffect(definition) && !closes, brings),
        };
        if (await guards.RefusalAsync(question, cancellationToken) is { } forbidden)
        {
            return await pause.PauseAsync(claim, run, step.Id, attempt, PauseReason.Failed, forbidden, null, StepState.Pending, cancellationToken);
        }

        var touched = intent.Touches.ToList();
        var before = new Dictionary<string, string>();
        if (touched.Count > 0)
        {
            var observed = await states.ReadAsync(touched, cancellationToken);
            if (observed.Unknown is { } unreadable)
            {
                // Nothing has been started, so this is a plain failure and not an unknown effect.
                return await pause.PauseAsync(claim, run, step.Id, attempt, PauseReason.Failed, unreadable, null, StepState.Pending, cancellationToken);
            }

            var expected = Planner.ExpectedBefore(run.Plan, step.Id);
            var drifted = touched.FirstOrDefault(state => !Accepted(state, observed.Values[state], expected, intent));
            if (drifted is not null)
            {
                var why = new Refusal("drift", "§4.4", drifted, string.Join(" | ", expected.GetValueOrDefault(drifted, [])), observed.Values[drifted]);
                return await DriftedAsync(claim, run, step, attempt, why, cancellationToken);
            }

            // What stood before the first attempt is what a lease gives back; a later attempt must not forget it.
            foreach (var state in touched.Where(state => !step.Evidence.ContainsKey("before." + state)))
            {
                before["before." + state] = observed.Values[state];
            }

            if (intent.SatisfiedIsDone && intent.Sets.All(set => observed.Values[set.Key] == set.Value))
            {
                await transitions.WriteAsync(
                    claim,
                    new RunChange(
                        "step-nothing-to-do",
                        run.State,
                        run.State,
                        clock.GetUtcNow(),
                        Step: new StepChange(step.Id, StepState.NothingToDo, attempt, clock.GetUtcNow(), FinishedAt: clock.GetUtcNow(), Evidence: before),
                        Also: transaction => ledger.RecordAsync(transaction, run, intent.Sets.Select(set => new StateChange(set.Key, run.Plan.Prior.GetValueOrDefault(set.Key, set.Value), set.Value)), runbook)),
                    cancellationToken);
                return true;
            }
        }

        before[EffectKey.Life] = (await lives.CurrentAsync(cancellationToken)).Id;
        var now = clock.GetUtcNow();
        killPoints.Reach($"before-start:{step.Id}");
        await transitions.WriteAsync(
            claim,
            new RunChange(
                "step-started",
                run.State,
                run.State,
                now,
                Step: new StepChange(step.Id, StepState.Started, attempt, now, now + definition.Deadline, Evidence: before),
                Detail: new Dictionary<string, string> { ["attempt"] = attempt.ToString(CultureInfo.InvariantCulture), ["command"] = intent.Command },
                Notices: [RunNotices.Card(run, run.State)],
                Audit: StepAudit.Entry(run, definition, "step-start", intent, before)),
            cancellationToken);
        killPoints.Reach($"before-effect:{step.Id}");
        return true;
    }

    private async Task<bool> DriftedAsync(RunClaim claim, Run run, RunStep step, int attempt, Refusal why, CancellationToken cancellationToken)
    {
        var effects = run.Steps.Any(s => s.Attempt > 0 && HasEffect(run.Definition.Steps[s.Ordinal]));
        if (effects)
        {
            return await pause.PauseAsync(claim, run, step.Id, attempt, PauseReason.Drift, why, null, StepState.Pending, cancellationToken);
        }

        await drafts.SupersedeAsync(claim, run, why, cancellationToken);
        return false;
    }

    private bool HasEffect(StepDefinition definition) => kinds[definition.Kind].Effect != EffectClass.None;

    private static bool Accepted(string state, string value, IReadOnlyDictionary<string, IReadOnlyList<string>> expected, StepIntent intent) =>
        expected.GetValueOrDefault(state, []).Contains(value)
        || (intent.Sets.TryGetValue(state, out var desired) && desired == value)
        || (intent.ScriptSets.TryGetValue(state, out var declared) && declared == value);
}
