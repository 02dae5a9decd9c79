using Glancy.Ops.Kernel;
using Glancy.Ops.Notices;
using Glancy.Runbook;
using Glancy.Runbook.People;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Procedures.Engine;

/// <summary>What a run says of itself: its card, and pages when it needs a person.</summary>
public static class RunNotices
{
    /// <summary>The key of a run's card; one per episode, so that a re-planned draft stays on the same card.</summary>
    public static string CardKey(Run run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.EpisodeId is { } episode ? $"episode:{episode}" : $"run:{run.Id}";
    }

    /// <summary>The card of a run.</summary>
    public static NoticeDraft Card(Run run, RunState state)
    {
        ArgumentNullException.ThrowIfNull(run);
        return new NoticeDraft(
            CardKey(run),
            "card",
            state is RunState.Draft or RunState.AwaitingSecond ? "card-draft" : "card-run",
            new Dictionary<string, string>
            {
                ["run"] = run.Name,
                ["state"] = state.ToString(),
                ["title_zh"] = Placeholders.Fill(run.Definition.Title.Zh, run.Arguments),
                ["title_en"] = Placeholders.Fill(run.Definition.Title.En, run.Arguments),
                ["code"] = run.Plan.Code,
            },
            run.Id
        );
    }

    /// <summary>What is said when a run ends.</summary>
    public static IReadOnlyList<NoticeDraft> Ended(Run run, RunState state, Refusal? outcome)
    {
        ArgumentNullException.ThrowIfNull(run);
        var said = new List<NoticeDraft> { Card(run, state) };
        if (state == RunState.Expired && run.RequestedBy == Actor.Bot)
        {
            said.Add(Page(run, "page-expired", outcome));
        }

        said.Add(
            new NoticeDraft(
                $"run:{run.Id}:ended",
                "post",
                "run-ended",
                new Dictionary<string, string>
                {
                    ["run"] = run.Name,
                    ["state"] = state.ToString(),
                    ["code"] = outcome?.Code ?? "",
                    ["by"] = run.AbortRequestedBy ?? "",
                },
                run.Id
            )
        );
        return said;
    }

    /// <summary>What is said when a confirmed run ends before its first step: nobody may believe that it ran.</summary>
    public static IReadOnlyList<NoticeDraft> NotStarted(Run run, Refusal why) =>
        [.. Ended(run, RunState.Aborted, why), Page(run, "page-failed", why, "start")];

    /// <summary>What is said when a run pauses: the card, and a page.</summary>
    public static IReadOnlyList<NoticeDraft> Paused(Run run, PauseReason pause, string step, int attempt, Refusal why)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(why);
        var card = Card(run, RunState.Paused);
        if (pause == PauseReason.Manual)
        {
            return [card];
        }

        var template = pause switch
        {
            PauseReason.Unknown => "page-unknown",
            PauseReason.Drift => "page-drift",
            PauseReason.Unverified => "page-unverified",
            _ => "page-failed",
        };
        return [card, Page(run, template, why, $"{step}:{attempt}:{run.Epoch}", step)];
    }

    private static Words? Title(Run run, string step) =>
        run.Plan.Steps.FirstOrDefault(s => s.Id == step)?.Title is { } title
            ? new Words(Placeholders.Fill(title.Zh, run.Arguments), Placeholders.Fill(title.En, run.Arguments))
            : null;

    private static NoticeDraft Page(Run run, string template, Refusal? why, string occasion = "", string step = "") =>
        new(
            $"run:{run.Id}:{template}:{occasion}",
            "page",
            template,
            new Dictionary<string, string>
            {
                ["run"] = run.Name,
                ["step"] = step,
                ["step_title_zh"] = Title(run, step)?.Zh ?? step,
                ["step_title_en"] = Title(run, step)?.En ?? step,
                ["code"] = why?.Code ?? "",
                ["because"] = string.Join('\n', why?.Arguments ?? []),
            },
            run.Id
        );
}
