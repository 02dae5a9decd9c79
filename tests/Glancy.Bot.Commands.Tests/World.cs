using Glancy.Ops.Connectors.Releasectl;
using Glancy.Ops.Flags;
using Glancy.Ops.Hooks;
using Glancy.Ops.Incidents;
using Glancy.Ops.Kernel;
using Glancy.Ops.Leases;
using Glancy.Ops.Procedures;
using Glancy.Runbook.Escalation;
using Glancy.Runbook.Hooks;

namespace Glancy.Bot.Commands.Tests;

/// <summary>A Friday morning in Shanghai, as views get to see it.</summary>
public static class World
{
    public static readonly DateTimeOffset Now = new(2025, 4, 18, 1, 32, 5, TimeSpan.Zero);

    public static HookSnapshot Snapshot(params HookReading[] hooks) => new(7, Now, "0123456789ab", hooks);

    /// <summary>One hook of the shipped runbook with readings of its first measure.</summary>
    public static HookReading Hook(
        string id,
        Light light,
        double? value,
        UnknownReason? unknown = null,
        string? explained = null,
        bool near = false,
        params MeasureReading[] more
    )
    {
        var hook = RunbookOnDisk.Content.Hooks.First(h => h.Id == id);
        var measure = hook.Measures[0];
        var reading = new MeasureReading(
            measure,
            QueryText.Total,
            value,
            light,
            near,
            light == Light.Green,
            value is { } v ? MeasureJudge.Margin(measure, v) : null,
            unknown
        );
        return new HookReading(hook, light, [reading, .. more], explained, TimeSpan.FromMilliseconds(40));
    }

    public static MeasureReading Measure(string hook, int index, Light light, double value, string segment) =>
        new(
            RunbookOnDisk.Content.Hooks.First(h => h.Id == hook).Measures[index],
            segment,
            value,
            light,
            false,
            light == Light.Green,
            MeasureJudge.Margin(RunbookOnDisk.Content.Hooks.First(h => h.Id == hook).Measures[index], value),
            null
        );

    /// <summary>Bad by its first measure, and worse by another.</summary>
    public static HookReading Ill { get; } =
        Hook(
            "HK-01",
            Light.Red,
            0.9199,
            more: [Measure("HK-01", 0, Light.Red, 0.88, "green"), Measure("HK-01", 1, Light.Red, 0.8, QueryText.Total)]
        );

    public static ReleaseStatus Release { get; } =
        new("REL-B3", 15, "green", "blue", Now.AddMinutes(40), "active", Now.AddMinutes(-22));

    /// <summary>A rollback run in the given state, its first <paramref name="done"/> steps done.</summary>
    public static Run Run(
        RunState state,
        PauseReason? pause = null,
        int done = 0,
        StepState? next = null,
        Refusal? outcome = null,
        DraftContext? context = null
    )
    {
        var procedure = RunbookOnDisk.Content.Procedures["rollback"];
        var arguments = new Dictionary<string, string>
        {
            ["batch"] = "REL-B3",
            ["reason"] = "查词错误率升高，<!channel>",
        };
        var prior = new Dictionary<string, string>
        {
            ["flag/glancy.lookup.force_basic"] = "false",
            ["release/prod"] = "REL-B3 15%",
            ["digest/rollback_stage"] = new string('a', 64),
        };
        var steps = procedure
            .Steps.Select(
                (step, index) =>
                    new PlannedStep(
                        step.Id,
                        step.Kind,
                        step.Title,
                        step.Phase,
                        RunbookOnDisk.Loader.Actions[step.Kind].Effect,
                        Command(step.Id),
                        Changes(step.Id)
                    )
            )
            .ToList();
        var plan = new Plan
        {
            Hash = "3f2a9c" + new string('0', 58),
            Procedure = "rollback",
            ContentHash = procedure.ContentHash,
            Risk = procedure.Risk,
            Roles = procedure.Roles,
            Keys = ["train/prod"],
            Arguments = arguments,
            Prior = prior,
            Steps = steps,
        };
        var confirmed = state is RunState.Draft or RunState.AwaitingSecond or RunState.Expired
            ? (DateTimeOffset?)null
            : Now.AddMinutes(1);
        var bot = context is not null;
        return new Run
        {
            Id = 17,
            Definition = procedure,
            RunbookVersion = "0123456789ab",
            Arguments = arguments,
            Plan = plan,
            State = state,
            Pause = pause,
            RequestedBy = bot ? Glancy.Runbook.People.Actor.Bot : "wu",
            Reason = bot ? "HK-03 1.31× (>= 1.2×)" : arguments["reason"],
            Context = context,
            EpisodeId = bot ? 4 : null,
            CreatedAt = Now,
            ExpiresAt = Now.AddMinutes(30),
            ConfirmedAt = confirmed,
            EffectsEndedAt = state is RunState.Verifying or RunState.Succeeded ? Now.AddMinutes(3) : null,
            FinishedAt = state >= RunState.Succeeded ? Now.AddMinutes(12) : null,
            Outcome = outcome,
            AbortRequestedBy = state == RunState.Aborted ? "lin" : null,
            SupersededBy = state == RunState.Superseded ? 18 : null,
            Anchor = confirmed is null ? null : "42:9d5ed678fe57bcca610140957afab571",
            Epoch = 3,
            Steps =
            [
                .. steps.Select(
                    (s, i) =>
                        Step(
                            s.Id,
                            i,
                            i < done ? StepState.Done
                                : i == done && next is { } n ? n
                                : StepState.Pending,
                            outcome
                        )
                ),
            ],
            Confirmations = Confirmations(state, bot),
        };
    }

    /// <summary>The basic-answer switch, on for an hour by Lin's rollback.</summary>
    public static Lease Lease(
        long id,
        string target = "flag/glancy.lookup.force_basic",
        string prior = "false",
        string value = "true",
        params string[] recovers
    ) =>
        new()
        {
            Id = id,
            Target = target,
            Prior = prior,
            Value = value,
            Owner = "lin",
            Reason = "r",
            RunId = 16,
            Since = Now.AddHours(-1),
            EndedAt = null,
            End = null,
            EndedBy = null,
            Affects = ["HK-06"],
            Recovers = recovers,
            Lights = new Dictionary<string, string>(),
            IsSwitch = target.StartsWith(FlagTarget.Before, StringComparison.Ordinal),
            Says = target.StartsWith(FlagTarget.Before, StringComparison.Ordinal)
                ? $"{target[FlagTarget.Before.Length..]}={value}"
                : value,
        };

    public static DraftContext Red { get; } =
        new(
            "HK-03",
            Now.AddMinutes(-2),
            "1.31×",
            ">= 1.2×",
            [
                new ChangeBefore(Now.AddMinutes(-22), "mei", "stage.promote", "REL-B3", "5", "15"),
                new ChangeBefore(Now.AddMinutes(-48), "lin", "feature.set", "glancy.cache.mode", "normal", "l2_prio"),
            ]
        );

    public static Incident Sev1 { get; } =
        new("INC-2025-0418-01", Severity.Sev1, "查词全挂，<!channel>", Now.AddMinutes(-5), "wu", null);

    /// <summary>Lin confirmed alone, and Mei reviewed it.</summary>
    public static BreakGlassUse Alone { get; } =
        new(
            17,
            "INC-2025-0418-01",
            "lin",
            "primary",
            [BreakGlassUse.SecondPerson, BreakGlassUse.ProcedureRole],
            "没有别人应答",
            Now.AddMinutes(1),
            new BreakGlassReview("mei", "release-manager", "处置得当", Now.AddHours(1))
        );

    private static IReadOnlyList<Confirmation> Confirmations(RunState state, bool bot) =>
        state switch
        {
            RunState.Draft or RunState.Expired => [],
            RunState.AwaitingSecond => [new("wu", "secondary", Now)],
            _ when bot => [new("lin", "primary", Now.AddMinutes(1))],
            _ => [new("wu", "secondary", Now), new("mei", "release-manager", Now.AddMinutes(1))],
        };

    private static RunStep Step(string id, int ordinal, StepState state, Refusal? outcome)
    {
        var at = Now.AddMinutes(1).AddSeconds(4 * ordinal);
        var evidence = new Dictionary<string, string>();
        if (state == StepState.Done && id == "basic-proven")
        {
            evidence = new()
            {
                ["case"] = "DR-05",
                ["status"] = "200",
                ["seconds"] = "0.21",
                ["trace_id"] = "4bf92f3577b34da6",
            };
        }

        if (state is StepState.Failed or StepState.Unknown)
        {
            evidence = new()
            {
                ["exit"] = "1",
                ["output"] = "switching traffic\nlock held by \u001b[31mdeploy\u001b[0m\n",
            };
        }

        return new RunStep
        {
            Ordinal = ordinal,
            Id = id,
            State = state,
            Attempt = state == StepState.Pending ? 0 : 1,
            StartedAt = state == StepState.Pending ? null : at,
            DeadlineAt = null,
            FinishedAt = state is StepState.Pending or StepState.Started or StepState.Waiting ? null : at.AddSeconds(3),
            Outcome = state is StepState.Failed or StepState.Unknown or StepState.Waiting ? outcome : null,
            Evidence = evidence,
        };
    }

    private static string Command(string id) =>
        id switch
        {
            "execute" => "ops/bin/rollback_stage.sh --batch REL-B3",
            "force-basic" => "configctl feature set glancy.lookup.force_basic true --env prod",
            "snapshot" => "configctl snapshot create --env prod",
            "judge" or "verify-hooks" => "glancy hk",
            _ when id.StartsWith("verify", StringComparison.Ordinal) || id == "basic-proven" =>
                "curl -i $GLANCY/api/v1/lookup?word=apple",
            _ => "",
        };

    private static IReadOnlyList<PlannedChange> Changes(string id) =>
        id switch
        {
            "execute" =>
            [
                new("release/prod", ["REL-B3 15%"], "REL-B3 0%", true),
                new("flag/glancy.lookup.force_basic", ["false"], "true", true),
            ],
            "force-basic" => [new("flag/glancy.lookup.force_basic", ["true", "false"], "true", false)],
            _ => [],
        };
}
