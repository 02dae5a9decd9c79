using Glancy.Ops.Kernel;
using Glancy.Ops.Procedures.Engine;
using Glancy.Runbook.People;
using Glancy.Runbook.Permissions;

namespace Glancy.Ops.Procedures;

/// <content>Leaving a step out (rule 10).</content>
public sealed partial class RunDesk
{
    /// <summary>
    /// Leaves a step out. What the run is for and what proves it need a second, other person (rule 10); the first one's
    /// word is kept. Nothing is left out while its command may still be running, and what stands as planned by then was
    /// done by hand.
    /// </summary>
    public async Task<RunOutcome> SkipAsync(
        long id,
        string stepId,
        string reason,
        Person person,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(person);
        var looked = await attempts.LookAsync(id, stepId, cancellationToken);
        return await mutation.SayAsync(
            id,
            person,
            run => SkipRefusal(run, stepId) ?? looked?.Uncertain,
            run => new Asked(PermissionNames.RunSkip, run.Definition.Roles),
            async (transaction, run, role) =>
            {
                var step = run.Steps.First(s => s.Id == stepId);
                var definition = run.Definition.Steps[step.Ordinal];
                var attempt = step.Attempt.ToString(System.Globalization.CultureInfo.InvariantCulture);

                // The first person's word is on this attempt; a later one is looked at anew.
                var firstBy =
                    step.Evidence.GetValueOrDefault("skip_attempt") == attempt
                        ? step.Evidence.GetValueOrDefault("skip_by")
                        : null;
                if (left.TakesTwo(definition) && (firstBy is null || firstBy == person.Id))
                {
                    var said = new Dictionary<string, string>
                    {
                        ["skip_by"] = person.Id,
                        ["skip_attempt"] = attempt,
                        ["skip_reason"] = reason,
                    };
                    await RunStore.AddEvidenceAsync(transaction, id, stepId, said);
                    await mutation.NoteAsync(transaction, run, person, role, "skip-asked", stepId, reason);
                    return new Refusal("needs-second-for-skip", "§4.4", stepId, person.Id);
                }

                var evidence = new Dictionary<string, string>
                {
                    ["skipped_by"] = person.Id,
                    ["skip_reason"] = reason,
                    [LeftOut.Stands] = looked?.Stands ?? "",
                };
                var change = new StepChange(
                    stepId,
                    StepState.Skipped,
                    FinishedAt: clock.GetUtcNow(),
                    Evidence: evidence
                );
                await ResumeAsync(transaction, run, person, role, "step-skipped", change, reason);
                return null;
            },
            cancellationToken,
            keepDespite: refusal => refusal.Code == "needs-second-for-skip"
        );
    }

    private static Refusal? SkipRefusal(Run run, string stepId)
    {
        if (run.Steps.FirstOrDefault(s => s.Id == stepId) is not { } step)
        {
            return new Refusal("unknown-step", "", stepId, run.Name, string.Join(", ", run.Steps.Select(s => s.Id)));
        }

        if (run.State != RunState.Paused)
        {
            return new Refusal("not-paused", "", run.Name, run.State.ToString());
        }

        return run.Stuck?.Id == step.Id ? null : new Refusal("step-not-skippable", "", stepId, run.Stuck?.Id ?? "");
    }
}
