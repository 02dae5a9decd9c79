using Glancy.Ops.Connectors.Product;
using Glancy.Ops.Kernel;
using Glancy.Ops.Procedures.Actions;
using Glancy.Ops.Procedures.Ports;
using Glancy.Runbook;
using Glancy.Runbook.Procedures;
using Microsoft.Extensions.Logging;

namespace Glancy.Ops.Procedures.Engine;

/// <summary>Brings one step from pending to settled: start it (<see cref="StepStart"/>), apply, write what came of it.</summary>
public sealed partial class StepRunner(
    RunTransitions transitions,
    ActionBook actions,
    ActionKinds kinds,
    RunParameters parameters,
    EffectSight sight,
    ProductDatabase product,
    IChangeLedger ledger,
    Announcements announcements,
    StepStart start,
    StepPause pause,
    IKillPoints killPoints,
    TimeProvider clock,
    ILogger<StepRunner> logger)
{
    /// <summary>Why a run is paused when a command ended well and what it declares was not seen.</summary>
    public const string EffectNotSeen = "effect-not-seen";

    private static readonly TimeSpan OutagePause = TimeSpan.FromMilliseconds(500);

    /// <summary>True when the run can go on at once.</summary>
    public async Task<bool> RunAsync(RunClaim claim, Run run, StepDefinition definition, RunStep step, RunbookContent runbook, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(step);
        var arguments = new StepArguments(definition, parameters.Of(run));
        var intent = actions[definition.Kind].Describe(arguments, runbook);
        return step.State == StepState.Pending
            ? await start.BeginAsync(claim, run, definition, step, intent, runbook, cancellationToken)
            : await ApplyAsync(claim, run, definition, step, intent, runbook, cancellationToken);
    }

    private async Task<bool> ApplyAsync(
        RunClaim claim, Run run, StepDefinition definition, RunStep step, StepIntent intent, RunbookContent runbook, CancellationToken cancellationToken)
    {
        var key = EffectKey.Of(run, step);
        var arguments = new StepArguments(definition, parameters.Of(run, step));
        var seen = new Dictionary<string, string>();
        while (true)
        {
            var execution = new StepExecution(run, step, arguments, runbook, key, EffectKey.Fence(run, step), claim.Epoch, step.StartedAt ?? clock.GetUtcNow(), clock.GetUtcNow());
            var late = step.DeadlineAt is { } deadline && execution.Now > deadline;
            var result = await CarryOutAsync(execution, cancellationToken);
            switch (result)
            {
                case StepResult.Done done:
                    killPoints.Reach($"after-effect:{step.Id}");
                    foreach (var (name, value) in done.Evidence)
                    {
                        seen[name] = value;
                    }

                    return await DoneAsync(claim, run, definition, step, intent, execution, done with { Evidence = seen }, cancellationToken);
                case StepResult.StillRunning when late:
                    var passed = new Refusal("deadline-passed", "§4.4", step.Id, definition.Deadline.ToString());
                    return await pause.PauseAsync(claim, run, step.Id, step.Attempt, PauseReason.Unknown, passed, null, StepState.Unknown, cancellationToken);
                case StepResult.StillRunning running:
                    foreach (var (name, value) in running.Evidence)
                    {
                        seen[name] = value;
                    }

                    if (await announcements.PostDueAsync(claim, run, cancellationToken))
                    {
                        return true;
                    }

                    await Task.Delay(running.AskAgainAfter, cancellationToken);
                    break;
                case StepResult.WaitUntil waiting:
                    return await WaitAsync(claim, run, step, waiting, cancellationToken);
                case StepResult.WaitForPerson:
                    return await pause.PauseAsync(claim, run, step.Id, step.Attempt, PauseReason.Manual, new Refusal("manual-needed", "", step.Id, run.Name), null, StepState.Waiting, cancellationToken);
                case StepResult.Failed failed:
                    return await pause.PauseAsync(claim, run, step.Id, step.Attempt, failed.Pause, failed.Why, failed.Evidence, StepState.Failed, cancellationToken);
                case StepResult.Unknown unknown:
                    return await pause.PauseAsync(claim, run, step.Id, step.Attempt, PauseReason.Unknown, unknown.Why, unknown.Evidence, StepState.Unknown, cancellationToken);
            }
        }
    }

    private async Task<StepResult> CarryOutAsync(StepExecution execution, CancellationToken cancellationToken)
    {
        try
        {
            return await actions[execution.Arguments.Step.Kind].ApplyAsync(execution, cancellationToken);
        }
        catch (Exception unexpected) when (unexpected is not ClaimLostException and not OperationCanceledException and not Npgsql.NpgsqlException)
        {
            var reference = Guid.NewGuid().ToString("N")[..8];
            LogUnexpected(unexpected, execution.Key, reference);
            var why = new Refusal("internal", "", reference);
            return kinds[execution.Arguments.Step.Kind].Effect == EffectClass.None
                ? new StepResult.Failed(why, new Dictionary<string, string>())
                : new StepResult.Unknown(why, new Dictionary<string, string>());
        }
    }

    private async Task<bool> DoneAsync(
        RunClaim claim, Run run, StepDefinition definition, RunStep step, StepIntent intent, StepExecution execution, StepResult.Done done, CancellationToken cancellationToken)
    {
        var evidence = done.Evidence.ToDictionary(e => e.Key, e => e.Value);
        Sighting looked;
        while ((looked = await sight.LookAsync(run, step, evidence, cancellationToken)) is Sighting.Unreadable unreadable)
        {
            if (step.DeadlineAt < clock.GetUtcNow())
            {
                return await pause.PauseAsync(claim, run, step.Id, step.Attempt, PauseReason.Unknown, unreadable.Why, evidence, StepState.Unknown, cancellationToken);
            }

            await Task.Delay(OutagePause, cancellationToken);
        }

        var (changed, missing) = (Sighting.Looked)looked;
        if (missing is not null)
        {
            var why = new Refusal(EffectNotSeen, "§4.4", step.Id, missing.State, missing.Wanted, missing.Seen);
            return await pause.PauseAsync(
                claim, run, step.Id, step.Attempt, PauseReason.Failed, why, evidence, StepState.Failed, cancellationToken, also: transaction => ledger.RecordAsync(transaction, run, changed.Where(c => c.Before != c.After), execution.Runbook));
        }

        if (kinds[definition.Kind] is { Effect: not EffectClass.None, RecordsItself: false })
        {
            // §8: the product's own audit knows every production change; the key keeps it to one row however often we come by.
            var row = new ProductAuditRow(
                execution.Key,
                execution.StartedAt,
                run.Owner,
                definition.Kind,
                definition.Id,
                StepAudit.Join(changed.Select(c => (c.State, c.Before))),
                StepAudit.Join(changed.Select(c => (c.State, c.After))),
                intent.Command,
                run.Name,
                null);
            while (!await product.RecordAsync(row, cancellationToken))
            {
                if (step.DeadlineAt < clock.GetUtcNow())
                {
                    var why = new Refusal("unreachable-product", "§8", step.Id);
                    return await pause.PauseAsync(claim, run, step.Id, step.Attempt, PauseReason.Unknown, why, evidence, StepState.Unknown, cancellationToken);
                }

                await Task.Delay(OutagePause, cancellationToken);
            }

            killPoints.Reach($"after-audit:{step.Id}");
        }

        evidence.Remove(BastionEffect.AnchorEvidence, out var anchor);
        var now = clock.GetUtcNow();
        await transitions.WriteAsync(
            claim,
            new RunChange(
                "step-done",
                run.State,
                run.State,
                now,
                Step: new StepChange(step.Id, StepState.Done, FinishedAt: now, Evidence: evidence),
                Anchor: anchor,
                Detail: evidence.Where(e => e.Value.Length <= 200).ToDictionary(e => e.Key, e => e.Value),
                Notices: [RunNotices.Card(run, run.State), .. done.Notices ?? []],
                Audit: StepAudit.Entry(run, definition, "step-done", intent, evidence),
                Also: async transaction =>
                {
                    if (done.Also is not null)
                    {
                        await done.Also(transaction);
                    }

                    await ledger.RecordAsync(transaction, run, changed, execution.Runbook);
                }),
            cancellationToken);
        killPoints.Reach($"done:{step.Id}");
        return true;
    }

    private async Task<bool> WaitAsync(RunClaim claim, Run run, RunStep step, StepResult.WaitUntil waiting, CancellationToken cancellationToken)
    {
        var next = Announcements.NextDue(run) is { } due && due < waiting.At ? due : waiting.At;
        var silent = step.State == StepState.Waiting;
        await transitions.WriteAsync(
            claim,
            new RunChange(
                silent ? "step-looked" : "step-waiting",
                run.State,
                run.State,
                next,
                Step: new StepChange(step.Id, StepState.Waiting, Evidence: waiting.Evidence),
                Detail: waiting.Evidence.Where(e => e.Value.Length <= 200).ToDictionary(e => e.Key, e => e.Value)),
            cancellationToken);
        killPoints.Reach($"waiting:{step.Id}");
        return false;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Step {Key} threw; reference {Reference}")]
    private partial void LogUnexpected(Exception exception, string key, string reference);
}
