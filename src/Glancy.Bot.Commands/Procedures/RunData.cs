using Glancy.Bot.Commands.Refusals;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Procedures;
using Glancy.Runbook.Procedures;

namespace Glancy.Bot.Commands.Procedures;

/// <summary>A run as data.</summary>
internal sealed record RunData
{
    public required string Run { get; init; }

    public required string Procedure { get; init; }

    public required string Title { get; init; }

    public required IReadOnlyDictionary<string, string> Arguments { get; init; }

    public required RunState State { get; init; }

    public required PauseReason? Pause { get; init; }

    public required string RequestedBy { get; init; }

    public required string Reason { get; init; }

    /// <summary>What confirms the plan; null when it does not wait for that.</summary>
    public required string? Code { get; init; }

    public required string PlanHash { get; init; }

    public required Risk Risk { get; init; }

    public required IReadOnlyList<string> Roles { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public required DateTimeOffset? ConfirmedAt { get; init; }

    public required DateTimeOffset? EffectsEndedAt { get; init; }

    public required DateTimeOffset? FinishedAt { get; init; }

    public required RefusalData? Outcome { get; init; }

    public required long? SupersededBy { get; init; }

    public required string? Anchor { get; init; }

    public required string RunbookVersion { get; init; }

    public required DraftContext? Context { get; init; }

    public required IReadOnlyList<Confirmation> Confirmations { get; init; }

    public required IReadOnlyList<StepData> Steps { get; init; }

    public BreakGlassUse? BreakGlass { get; init; }

    /// <summary>Until when the old version is kept that it goes back to; null where that has no end.</summary>
    public DateTimeOffset? OldKeptUntil { get; init; }

    public static RunData Of(Run run, Phrasebook words)
    {
        return new RunData
        {
            Run = run.Name,
            Procedure = run.Definition.Id,
            Title = Placeholders.Fill(run.Definition.Title.In(words.Culture), run.Arguments),
            Arguments = run.Arguments,
            State = run.State,
            Pause = run.Pause,
            RequestedBy = run.RequestedBy,
            Reason = run.Reason,
            Code = run.Open ? run.Plan.Code : null,
            PlanHash = run.Plan.Hash,
            Risk = run.Plan.Risk,
            Roles = run.Plan.Roles,
            CreatedAt = run.CreatedAt,
            ExpiresAt = run.ExpiresAt,
            ConfirmedAt = run.ConfirmedAt,
            EffectsEndedAt = run.EffectsEndedAt,
            FinishedAt = run.FinishedAt,
            Outcome = run.Outcome is { } outcome ? RefusalView.Data(outcome, words) : null,
            SupersededBy = run.SupersededBy,
            Anchor = run.Anchor,
            RunbookVersion = run.RunbookVersion,
            Context = run.Context,
            Confirmations = run.Confirmations,
            Steps =
            [
                .. run.Plan.Steps.Select(planned =>
                    StepData.Of(planned, run.Steps.FirstOrDefault(s => s.Id == planned.Id), run, words)
                ),
            ],
            BreakGlass = run.BreakGlass,
            OldKeptUntil = run.OldKeptUntil,
        };
    }
}

/// <summary>A step as data.</summary>
internal sealed record StepData
{
    public required string Id { get; init; }

    public required string Kind { get; init; }

    public required string Title { get; init; }

    public required StepPhase Phase { get; init; }

    public required StepState State { get; init; }

    public required int Attempt { get; init; }

    public required string Command { get; init; }

    public required IReadOnlyList<PlannedChange> Changes { get; init; }

    public required DateTimeOffset? StartedAt { get; init; }

    public required DateTimeOffset? FinishedAt { get; init; }

    public required RefusalData? Outcome { get; init; }

    public required IReadOnlyDictionary<string, string> Evidence { get; init; }

    public static StepData Of(PlannedStep planned, RunStep? step, Run run, Phrasebook words)
    {
        return new StepData
        {
            Id = planned.Id,
            Kind = planned.Kind,
            Title = Placeholders.Fill(planned.Title.In(words.Culture), run.Arguments),
            Phase = planned.Phase,
            State = step?.State ?? StepState.Pending,
            Attempt = step?.Attempt ?? 0,
            Command = planned.Command,
            Changes = planned.Changes,
            StartedAt = step?.StartedAt,
            FinishedAt = step?.FinishedAt,
            Outcome = step?.Outcome is { } outcome ? RefusalView.Data(outcome, words) : null,
            Evidence = step?.Evidence ?? new Dictionary<string, string>(),
        };
    }
}

/// <summary>One line of a run's history as data.</summary>
internal sealed record RunEventData(string Run, RunEvent Event);
