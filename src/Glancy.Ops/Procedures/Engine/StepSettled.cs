using Glancy.Ops.Connectors.Product;
using Glancy.Ops.Kernel;
using Glancy.Ops.Procedures.Actions;
using Glancy.Ops.Procedures.Ports;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Procedures.Engine;

/// <summary>
/// A step's action says that it is done: its effect is looked at, told to the product's audit, and written down with
/// what it changed.
/// </summary>
internal sealed class StepSettled(
    EffectSight sight,
    ActionKinds kinds,
    ProductDatabase product,
    IChangeLedger ledger,
    StepPause pause,
    RunTransitions transitions,
    IKillPoints killPoints,
    TimeProvider clock
)
{
    /// <summary>Why a run is paused when a command ended well and what it declares was not seen.</summary>
    public const string EffectNotSeen = "effect-not-seen";

    private static readonly TimeSpan OutagePause = TimeSpan.FromMilliseconds(500);

    /// <summary>True when the run can go on at once.</summary>
    public async Task<bool> DoneAsync(
        RunClaim claim,
        Run run,
        StepDefinition definition,
        RunStep step,
        StepIntent intent,
        StepExecution execution,
        StepResult.Done done,
        CancellationToken cancellationToken
    )
    {
        var evidence = done.Evidence.ToDictionary(e => e.Key, e => e.Value);
        Sighting looked;
        while (
            (looked = await sight.LookAsync(run, step, evidence, cancellationToken)) is Sighting.Unreadable unreadable
        )
        {
            if (step.DeadlineAt < clock.GetUtcNow())
            {
                return await pause.PauseAsync(
                    claim,
                    run,
                    step.Id,
                    step.Attempt,
                    PauseReason.Unknown,
                    unreadable.Why,
                    evidence,
                    StepState.Unknown,
                    cancellationToken
                );
            }

            await Task.Delay(OutagePause, cancellationToken);
        }

        var (changed, missing) = (Sighting.Looked)looked;
        if (missing is not null)
        {
            var why = new Refusal(EffectNotSeen, "§4.4", step.Id, missing.State, missing.Wanted, missing.Seen);
            return await pause.PauseAsync(
                claim,
                run,
                step.Id,
                step.Attempt,
                PauseReason.Failed,
                why,
                evidence,
                StepState.Failed,
                cancellationToken,
                also: transaction =>
                    ledger.RecordAsync(transaction, run, changed.Where(c => c.Before != c.After), execution.Runbook)
            );
        }

        if (kinds[definition.Kind] is { Effect: not EffectClass.None, RecordsItself: false })
        {
            // §8: the product's own audit knows every production change; the key keeps it to one row however often we
            // come by.
            var row = new ProductAuditRow
            {
                Key = execution.Key,
                At = execution.StartedAt,
                Actor = run.Owner,
                Action = definition.Kind,
                Target = definition.Id,
                Before = StepAudit.Join(changed.Select(c => (c.State, c.Before))),
                After = StepAudit.Join(changed.Select(c => (c.State, c.After))),
                Command = intent.Command,
                Run = run.Name,
                Incident = null,
            };
            while (!await product.RecordAsync(row, cancellationToken))
            {
                if (step.DeadlineAt < clock.GetUtcNow())
                {
                    var why = new Refusal("unreachable-product", "§8", step.Id);
                    return await pause.PauseAsync(
                        claim,
                        run,
                        step.Id,
                        step.Attempt,
                        PauseReason.Unknown,
                        why,
                        evidence,
                        StepState.Unknown,
                        cancellationToken
                    );
                }

                await Task.Delay(OutagePause, cancellationToken);
            }

            killPoints.Reach($"after-audit:{step.Id}");
        }

        evidence.Remove(BastionEffect.AnchorEvidence, out var anchor);
        var now = clock.GetUtcNow();
        await transitions.WriteAsync(
            claim,
            new RunChange("step-done", run.State, run.State, now)
            {
                Step = new StepChange(step.Id, StepState.Done, FinishedAt: now, Evidence: evidence),
                Anchor = anchor,
                Detail = evidence.Where(e => e.Value.Length <= 200).ToDictionary(e => e.Key, e => e.Value),
                Notices = [RunNotices.Card(run, run.State), .. done.Notices ?? []],
                Audit = StepAudit.Entry(run, definition, "step-done", intent, evidence),
                Also = async transaction =>
                {
                    if (done.Also is not null)
                    {
                        await done.Also(transaction);
                    }

                    await ledger.RecordAsync(transaction, run, changed, execution.Runbook);
                },
            },
            cancellationToken
        );
        killPoints.Reach($"done:{step.Id}");
        return true;
    }
}
