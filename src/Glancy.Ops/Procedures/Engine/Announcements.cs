using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Notices;
using Glancy.Runbook.People;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Procedures.Engine;

/// <summary>
/// Announcements with a latest time (§4.4 step 5): they go out then, wherever the run is - waiting, hanging or paused.
/// </summary>
internal sealed class Announcements(RunTransitions transitions, LeftOut left, TimeProvider clock)
{
    /// <summary>When the next announcement of the run is due at the latest; null when none is open.</summary>
    public static DateTimeOffset? NextDue(Run run) => Open(run).Min();

    /// <summary>Posts what is due; true when something was written.</summary>
    public async Task<bool> PostDueAsync(RunClaim claim, Run run, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        foreach (var step in run.Steps.Where(s => s.State == StepState.Pending))
        {
            var definition = run.Definition.Steps[step.Ordinal];
            if (definition.NotLaterThan is not { } latest || run.ConfirmedAt + latest > now)
            {
                continue;
            }

            // The run keeps its state; a paused one keeps its reason, its outcome and its next due time.
            await transitions.WriteAsync(
                claim,
                new RunChange(
                    "step-done",
                    run.State,
                    run.State,
                    run.State == RunState.Paused ? NextDue(run, except: step.Id) : now
                )
                {
                    Pause = run.Pause,
                    Outcome = run.Outcome,
                    Step = new StepChange(
                        step.Id,
                        StepState.Done,
                        Attempt: 1,
                        StartedAt: now,
                        FinishedAt: now,
                        Evidence: new Dictionary<string, string> { ["early"] = "true" }
                    ),
                    Notices = [Notice(run, definition, early: true)],
                    Audit = Entry(run, definition),
                },
                cancellationToken
            );
            return true;
        }

        return false;
    }

    /// <summary>The post itself; its key makes it go out once, early or in its turn.</summary>
    public NoticeDraft Notice(Run run, StepDefinition definition, bool early)
    {
        var arguments = run.Arguments.ToDictionary(a => a.Key, a => a.Value);
        arguments["run"] = run.Name;
        arguments["early"] = early ? "true" : "false";
        arguments["state"] = run.State.ToString();

        // What is said depends on what is known by now: nothing is called done before it was seen, nor after it was
        // left out.
        arguments["standing"] = left.Standing(run, run.Definition.Steps.ToList().FindIndex(s => s.Id == definition.Id));
        arguments["left_out"] = string.Join(", ", left.Effects(run).Concat(left.Proofs(run)));
        arguments["title_zh"] = Placeholders.Fill(run.Definition.Title.Zh, run.Arguments);
        arguments["title_en"] = Placeholders.Fill(run.Definition.Title.En, run.Arguments);
        arguments["confirmed_at"] =
            run.ConfirmedAt?.ToString("O", System.Globalization.CultureInfo.InvariantCulture) ?? "";
        return new NoticeDraft(
            $"run:{run.Id}:{definition.Id}",
            "post",
            definition.With["template"].Text,
            arguments,
            run.Id
        );
    }

    /// <summary>The audit's line for a post.</summary>
    public static AuditEntry Entry(Run run, StepDefinition definition)
    {
        return new AuditEntry(Actor.Bot, "announce", definition.With["template"].Text) { Run = run.Name };
    }

    private static DateTimeOffset? NextDue(Run run, string except) => Open(run, except).Min();

    private static IEnumerable<DateTimeOffset?> Open(Run run, string? except = null) =>
        run
            .Steps.Where(s => s.State == StepState.Pending && s.Id != except)
            .Select(s => run.ConfirmedAt + run.Definition.Steps[s.Ordinal].NotLaterThan);
}
