using Glancy.Runbook.Hooks;
using Glancy.Runbook.Procedures;
using Glancy.Runbook.Releases;

namespace Glancy.Ops.Tests.Runbook;

public sealed class ShippedRunbookTests
{
    [Fact]
    public void The_shipped_runbook_loads_without_problems()
    {
        var content = RunbookFolders.Load();

        Assert.Equal(
            [
                "HK-01",
                "HK-02",
                "HK-03",
                "HK-04",
                "HK-05",
                "HK-06",
                "circuit-open",
                "contract-parse",
                "doubao-5xx",
                "error-budget",
                "slo-lookup",
                "slo-regenerate",
            ],
            content.Hooks.Select(h => h.Id)
        );
        Assert.Matches("^[0-9a-f]{12}$", content.Version);
        Assert.Contains("5.3.1", content.Source.Sections);
    }

    // A run waits for windows that began after its effects, so less time than they take could never prove anything.
    [Fact]
    public void Every_expectation_has_time_for_its_windows()
    {
        var content = RunbookFolders.Load();
        var steps = content
            .Procedures.Values.SelectMany(p => p.Steps.Select(s => (Procedure: p.Id, Step: s)))
            .Where(s => s.Step.Phase == StepPhase.Verify)
            .ToList();
        foreach (var (procedure, step) in steps.Where(s => s.Step.Kind is "hook.expect" or "sop.expect"))
        {
            var takes =
                step.Kind == "hook.expect"
                    ? content.Hooks.SelectMany(h => h.Measures).Max(m => m.Window)
                    : step.With["lines"]
                        .Items.Select(name => content.Alerts.FindLine(name) ?? throw new ArgumentException(name))
                        .Max(l => l.Windows * (l.Measure?.Window ?? TimeSpan.Zero));
            Assert.True(
                step.Deadline >= takes + TimeSpan.FromMinutes(3),
                $"{procedure} {step.Id}: {step.Deadline} for {takes}"
            );
        }
    }

    // Whether anything was heard lately is asked of the count of observations: without one a month of answers hides ten
    // silent minutes.
    [Fact]
    public void What_looks_far_back_counts_its_observations()
    {
        var content = RunbookFolders.Load();
        Measure[] all =
        [
            .. content.Hooks.SelectMany(h => h.Measures),
            .. content.Ladder.Rungs.SelectMany(r => r.Gates).Select(g => g.Own).OfType<Measure>(),
            .. content.Patrols.SelectMany(p => p.Measures),
            .. content.Slo.Objectives.Concat(content.Slo.Agreements).Select(o => o.Measure),
            .. content.Slo.Budget.Burn,
            .. content.Alerts.Sops.SelectMany(s => s.Detect.Concat(s.Verify)).Select(l => l.Measure).OfType<Measure>(),
        ];

        Assert.Equal(
            [],
            all.Where(m =>
                    m.Samples is null
                    && QueryText.Newest(m.Query, QueryText.Total, m.Window, DateTimeOffset.UnixEpoch, TimeZoneInfo.Utc)
                        is not null
                )
                .Select(m => m.Id)
        );
    }

    [Fact]
    public void The_ladder_is_that_of_4_1()
    {
        var rungs = RunbookFolders.Load().Ladder.Rungs;

        Assert.Equal(["REL-B0", "REL-B1", "REL-B2", "REL-B3", "REL-B4", "REL-B5"], rungs.Select(r => r.Batch));
        Assert.Equal([0.5, 1, 5, 15, 50, 100], rungs.Select(r => r.Weight));
        Assert.Equal([false, true, true, true, true, true], rungs.Select(r => r.Production));
        Assert.Equal([null, null, "REL-B1", "REL-B2", "REL-B3", null], rungs.Select(r => r.BackTo));
        Assert.Equal(
            [
                RollbackWay.Full,
                RollbackWay.Full,
                RollbackWay.OneRung,
                RollbackWay.OneRung,
                RollbackWay.OneRung,
                RollbackWay.Full,
            ],
            rungs.Select(r => r.Rollback)
        );
        Assert.Equal(new FlagSetting("glancy.plan.free.enabled", "false"), rungs[3].Pauses);
        Assert.All(rungs.Where(r => r.Batch != "REL-B3"), r => Assert.Null(r.Pauses));
        Assert.Equal(TimeSpan.FromMinutes(30), rungs[5].RestoreWithin);
    }

    [Fact]
    public void A_rungs_own_limit_stands_in_for_the_shared_one()
    {
        var ladder = RunbookFolders.Load().Ladder;

        string? LimitOf(string batch, string gate) =>
            ladder.Find(batch)?.Gates.Single(g => g.Id == gate).Limit?.ToString();

        Assert.Equal("<= 1 %", LimitOf("REL-B1", "throttled"));
        Assert.Equal("<= 2 %", LimitOf("REL-B2", "throttled"));
        Assert.Equal("<= 3 %", LimitOf("REL-B3", "throttled"));
        Assert.Equal("<= 0.8×", LimitOf("REL-B1", "cost"));
        Assert.Equal("<= 1.2×", LimitOf("REL-B2", "cost"));
        Assert.Equal(">= 40 %", LimitOf("REL-B5", "cache-l1"));
    }

    [Fact]
    public void The_day_of_2025_04_18_is_in_the_first_week_of_the_rotation()
    {
        var roster = RunbookFolders.Load().Roster;

        var week = (new DateOnly(2025, 4, 18).DayNumber - roster.RotationStart.DayNumber) / 7 % roster.Rotation.Count;

        Assert.Equal("lin", roster.Rotation[week].Shifts["day"]["primary"]);
        Assert.Equal("wu", roster.Rotation[week].Shifts["day"]["secondary"]);
        Assert.Equal("chen", roster.Rotation[week].Shifts["night"]["primary"]);
        Assert.Equal("zhao", roster.Rotation[week].Shifts["night"]["secondary"]);
        Assert.Equal(["mei", "han"], roster.Standing["release-manager"]);
    }

    [Fact]
    public void Only_rollback_and_kill_switch_may_be_confirmed_alone()
    {
        var alone = RunbookFolders.Load().Procedures.Values.Where(p => p.BreakGlass).ToList();

        Assert.Equal(["kill-switch", "rollback"], alone.Select(p => p.Id).Order());
        Assert.All(alone, p => Assert.Equal((Risk.Danger, true), (p.Risk, p.Mitigation)));
    }

    [Fact]
    public void The_kill_switch_is_the_three_of_2_3_and_holds_them()
    {
        var content = RunbookFolders.Load();
        var procedure = content.Procedures["kill-switch"];
        var switches = content.Flags.Values.Where(f => f.KillSwitch).ToList();

        Assert.Equal(3, switches.Count);
        Assert.Equal(switches.Select(f => "flag/" + f.Name).Order(), procedure.Keys.Order());
        Assert.Equal(
            switches.Select(f => f.Name),
            procedure.Steps.Where(s => s.Kind == "flag.set").Select(s => s.With["flag"].Text)
        );
        Assert.All(
            procedure.Steps.Where(s => s.Kind == "flag.set"),
            s => Assert.NotEqual(content.Flags[s.With["flag"].Text].Default, s.With["value"].Text)
        );
    }

    [Fact]
    public void The_rollback_is_read_as_written()
    {
        var rollback = RunbookFolders.Load().Procedures["rollback"];

        Assert.Equal(Risk.Danger, rollback.Risk);
        Assert.True(rollback is { Mitigation: true, Supersedes: true, BreakGlass: true });
        Assert.Equal(["train/prod", "flag/glancy.lookup.force_basic"], rollback.Keys);
        var execute = rollback.Steps.Single(s => s.Id == "execute");
        Assert.Equal("rollback_stage", execute.With["command"].Text);
        Assert.Equal(["batch={batch}"], execute.With["params"].Items);
        Assert.Equal(TimeSpan.FromMinutes(10), execute.Deadline);
        Assert.Equal(TimeSpan.FromMinutes(10), rollback.Steps.Single(s => s.Id == "announce").NotLaterThan);
        Assert.Equal(
            rollback.Steps.Where(s =>
                s.Id.StartsWith("verify", StringComparison.Ordinal) || s.Id is "close-record" or "announce-verified"
            ),
            rollback.Steps.Where(s => s.Phase == StepPhase.Verify)
        );
        Assert.Contains("@drafted_at", RunbookFolders.Load().Statements["record-rollback"], StringComparison.Ordinal);
    }
}
