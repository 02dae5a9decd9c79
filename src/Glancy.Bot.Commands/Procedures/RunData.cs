using Glancy.Bot.Commands.Refusals;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Procedures;
using Glancy.Runbook.Procedures;

namespace Glancy.Bot.Commands.Procedures;

/// <summary>A run as data.</summary>
/// <param name="Code">What confirms the plan; null when it does not wait for that.</param>
internal sealed record RunData(
    string Run,
    string Procedure,
    string Title,
    IReadOnlyDictionary<string, string> Arguments,
    RunState State,
    PauseReason? Pause,
    string RequestedBy,
    string Reason,
    string? Code,
    string PlanHash,
    Risk Risk,
    IReadOnlyList<string> Roles,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? ConfirmedAt,
    DateTimeOffset? EffectsEndedAt,
    DateTimeOffset? FinishedAt,
    RefusalData? Outcome,
    long? SupersededBy,
    string? Anchor,
    string RunbookVersion,
    DraftContext? Context,
    IReadOnlyList<Confirmation> Confirmations,
    IReadOnlyList<StepData> Steps
)
{
    public BreakGlassUse? BreakGlass { get; init; }

    /// <summary>Until when the old version is kept that it goes back to; null where that has no end.</summary>
    public DateTimeOffset? OldKeptUntil { get; init; }

    public static RunData Of(Run run, Phrasebook words)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(words);
        return new RunData(
            run.Name,
            run.Definition.Id,
            Placeholders.Fill(run.Definition.Title.In(words.Culture), run.Arguments),
            run.Arguments,
            run.State,
            run.Pause,
            run.RequestedBy,
            run.Reason,
            run.Open ? run.Plan.Code : null,
            run.Plan.Hash,
            run.Plan.Risk,
            run.Plan.Roles,
            run.CreatedAt,
            run.ExpiresAt,
            run.ConfirmedAt,
            run.EffectsEndedAt,
            run.FinishedAt,
            run.Outcome is { } outcome ? RefusalView.Data(outcome, words) : null,
            run.SupersededBy,
            run.Anchor,
            run.RunbookVersion,
            run.Context,
            run.Confirmations,
            [
                .. run.Plan.Steps.Select(planned =>
                    StepData.Of(planned, run.Steps.FirstOrDefault(s => s.Id == planned.Id), run, words)
                ),
            ]
        )
        {
            BreakGlass = run.BreakGlass,
            OldKeptUntil = run.OldKeptUntil,
        };
    }
}

/// <summary>A step as data.</summary>
internal sealed record StepData(
    string Id,
    string Kind,
    string Title,
    StepPhase Phase,
    StepState State,
    int Attempt,
    string Command,
    IReadOnlyList<PlannedChange> Changes,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    RefusalData? Outcome,
    IReadOnlyDictionary<string, string> Evidence
)
{
    public static StepData Of(PlannedStep planned, RunStep? step, Run run, Phrasebook words)
    {
        ArgumentNullException.ThrowIfNull(planned);
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(words);
        return new StepData(
            planned.Id,
            planned.Kind,
            Placeholders.Fill(planned.Title.In(words.Culture), run.Arguments),
            planned.Phase,
            step?.State ?? StepState.Pending,
            step?.Attempt ?? 0,
            planned.Command,
            planned.Changes,
            step?.StartedAt,
            step?.FinishedAt,
            step?.Outcome is { } outcome ? RefusalView.Data(outcome, words) : null,
            step?.Evidence ?? new Dictionary<string, string>()
        );
    }
}

/// <summary>One line of a run's history as data.</summary>
internal sealed record RunEventData(string Run, RunEvent Event);
