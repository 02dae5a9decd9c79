using System.Globalization;
using Glancy.Ops.Kernel;
using Glancy.Ops.Procedures.Actions;
using Glancy.Ops.Procedures.Ports;
using Glancy.Runbook;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Procedures.Engine;

/// <summary>
/// What comes before a step's effect: the state it touches is looked at - accepted is what our earlier steps predict or
/// what is wanted (rule 3) - and that it starts is written (rule 2).
/// </summary>
internal sealed class StepStart(
    StepGuard guard,
    StepWorld world,
    StepDrift drift,
    StepPause pause,
    RunTransitions transitions,
    IChangeLedger ledger,
    IKillPoints killPoints,
    TimeProvider clock
)
{
    /// <summary>True when the run can go on at once.</summary>
    public async Task<bool> BeginAsync(
        RunClaim claim,
        Run run,
        StepDefinition definition,
        RunStep step,
        StepIntent intent,
        RunbookContent runbook,
        CancellationToken cancellationToken
    )
    {
        var attempt = step.Attempt + 1;

        if (await guard.RefusalAsync(run, definition, intent, cancellationToken) is { } forbidden)
        {
            return await pause.PauseAsync(
                claim,
                run,
                step.Id,
                attempt,
                PauseReason.Failed,
                forbidden,
                null,
                StepState.Pending,
                cancellationToken
            );
        }

        var touched = intent.Touches.ToList();
        var before = new Dictionary<string, string>();
        if (touched.Count > 0)
        {
            var observed = await world.ReadAsync(touched, cancellationToken);
            if (observed.Unknown is { } unreadable)
            {
                // Nothing has been started, so this is a plain failure and not an unknown effect.
                return await pause.PauseAsync(
                    claim,
                    run,
                    step.Id,
                    attempt,
                    PauseReason.Failed,
                    unreadable,
                    null,
                    StepState.Pending,
                    cancellationToken
                );
            }

            var expected = Planner.ExpectedBefore(run.Plan, step.Id);
            var drifted = touched.FirstOrDefault(state => !Accepted(state, observed.Values[state], expected, intent));
            if (drifted is not null)
            {
                var why = new Refusal(
                    "drift",
                    "§4.4",
                    drifted,
                    string.Join(" | ", expected.GetValueOrDefault(drifted, [])),
                    observed.Values[drifted]
                );
                return await drift.DriftedAsync(claim, run, step, attempt, why, cancellationToken);
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
                    new RunChange("step-nothing-to-do", run.State, run.State, clock.GetUtcNow())
                    {
                        Step = new StepChange(
                            step.Id,
                            StepState.NothingToDo,
                            attempt,
                            clock.GetUtcNow(),
                            FinishedAt: clock.GetUtcNow(),
                            Evidence: before
                        ),
                        Also = transaction =>
                            ledger.RecordAsync(
                                transaction,
                                run,
                                intent.Sets.Select(set => new StateChange(
                                    set.Key,
                                    run.Plan.Prior.GetValueOrDefault(set.Key, set.Value),
                                    set.Value
                                )),
                                runbook
                            ),
                    },
                    cancellationToken
                );
                return true;
            }
        }

        before[EffectKey.Life] = await world.LifeAsync(cancellationToken);
        var now = clock.GetUtcNow();
        killPoints.Reach($"before-start:{step.Id}");
        await transitions.WriteAsync(
            claim,
            new RunChange("step-started", run.State, run.State, now)
            {
                Step = new StepChange(
                    step.Id,
                    StepState.Started,
                    attempt,
                    now,
                    now + definition.Deadline,
                    Evidence: before
                ),
                Detail = new Dictionary<string, string>
                {
                    ["attempt"] = attempt.ToString(CultureInfo.InvariantCulture),
                    ["command"] = intent.Command,
                },
                Notices = [RunNotices.Card(run, run.State)],
                Audit = StepAudit.Entry(run, definition, "step-start", intent, before),
            },
            cancellationToken
        );
        killPoints.Reach($"before-effect:{step.Id}");
        return true;
    }

    private static bool Accepted(
        string state,
        string value,
        IReadOnlyDictionary<string, IReadOnlyList<string>> expected,
        StepIntent intent
    ) =>
        expected.GetValueOrDefault(state, []).Contains(value)
        || (intent.Sets.TryGetValue(state, out var desired) && desired == value)
        || (intent.ScriptSets.TryGetValue(state, out var declared) && declared == value);
}
