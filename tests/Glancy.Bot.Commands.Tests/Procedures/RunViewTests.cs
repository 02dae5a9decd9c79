using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Procedures;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Hooks.Episodes;
using Glancy.Ops.Kernel;
using Glancy.Ops.Procedures;
using Glancy.Ops.Roster;
using Glancy.Ops.Watching;
using Glancy.Runbook.Escalation;

namespace Glancy.Bot.Commands.Tests.Procedures;

public class RunViewTests
{
    private static readonly OnCall OnCall = DutyRoster.Plan(RunbookOnDisk.Content, World.Now);

    private static Func<Phrasebook, Page> View(Run run) =>
        words =>
        {
            var names = RunbookOnDisk.In(words);
            return RunView.Page(run, run.Open ? Confirmers.Of(run, OnCall, names) : null, names);
        };

    [Fact]
    public void The_bots_draft() => Golden.Check("draft-bot", View(World.Run(RunState.Draft, context: World.Red)));

    [Fact]
    public void The_bots_draft_fits_a_narrow_terminal() =>
        Golden.Check("draft-bot-60", View(World.Run(RunState.Draft, context: World.Red)), width: 60);

    [Fact]
    public void A_draft_before_which_nothing_was_changed() =>
        Golden.Check(
            "draft-no-changes",
            View(World.Run(RunState.Draft, context: World.Red with { ChangesBefore = [] }))
        );

    [Fact]
    public void A_draft_behind_which_nobody_on_duty_stands() =>
        Golden.Check("draft-stranger", View(World.Run(RunState.Draft) with { RequestedBy = "olga" }));

    [Fact]
    public void Dismissed_while_the_light_stays_red() =>
        Golden.Check(
            "dismissed-red",
            words =>
            {
                var run = World.Run(
                    RunState.Aborted,
                    outcome: new Refusal("dismissed", "§4.4", "mei", "误报"),
                    context: World.Red
                );
                var light = new RedLight(
                    new Episode(4, "HK-03", World.Now.AddMinutes(-2), World.Now, EpisodeLight.Red, run.Id),
                    run
                );
                return RunView.Page(run, null, RunbookOnDisk.In(words), new RunBeside(null, [light]));
            },
            slack: true
        );

    [Fact]
    public void Expired_with_another_in_its_place() =>
        Golden.Check(
            "expired-replaced",
            words =>
                RunView.Page(
                    World.Run(RunState.Expired, outcome: new Refusal("expired", "§4.4", "R-17"), context: World.Red),
                    null,
                    RunbookOnDisk.In(words),
                    new RunBeside(World.Run(RunState.Draft, context: World.Red) with { Id = 18 }, [])
                )
        );

    [Fact]
    public void Waiting_for_a_second_person() =>
        Golden.Check("awaiting-second", View(World.Run(RunState.AwaitingSecond)));

    [Fact]
    public void A_draft_whose_old_version_is_kept_a_while_only() =>
        Golden.Check(
            "draft-old-kept",
            View(World.Run(RunState.AwaitingSecond) with { OldKeptUntil = World.Now.AddMinutes(12) }),
            slack: true
        );

    [Fact]
    public void A_draft_while_a_sev_1_is_open() =>
        Golden.Check(
            "draft-sev1",
            words =>
            {
                var run = World.Run(RunState.AwaitingSecond);
                var names = RunbookOnDisk.In(words);
                return RunView.Page(
                    run,
                    Confirmers.Of(run, OnCall, names).With(run, OnCall, [World.Sev1], names.Runbook),
                    names
                );
            }
        );

    [Fact]
    public void Break_glass_is_not_spoken_of_without_need()
    {
        var run = World.Run(RunState.AwaitingSecond);
        var plain = Confirmers.Of(run, OnCall, RunbookOnDisk.In(Golden.En));

        Assert.Null(plain.With(run, OnCall, [], RunbookOnDisk.Content).Sev1);
        Assert.Null(
            plain.With(run, OnCall, [World.Sev1 with { Severity = Severity.Sev2 }], RunbookOnDisk.Content).Sev1
        );
        Assert.Null(
            plain
                .With(
                    run with
                    {
                        Definition = run.Definition with { BreakGlass = false },
                    },
                    OnCall,
                    [World.Sev1],
                    RunbookOnDisk.Content
                )
                .Sev1
        );
    }

    [Fact]
    public void Confirmed_alone() =>
        Golden.Check(
            "running-alone",
            View(
                World.Run(RunState.Running, done: 4, next: StepState.Started, context: World.Red) with
                {
                    BreakGlass = World.Alone with { Review = null },
                }
            )
        );

    [Fact]
    public void Running() =>
        Golden.Check("running", View(World.Run(RunState.Running, done: 4, next: StepState.Started)));

    [Fact]
    public void Paused_because_it_failed() =>
        Golden.Check(
            "paused-failed",
            View(
                World.Run(
                    RunState.Paused,
                    PauseReason.Failed,
                    4,
                    StepState.Failed,
                    new Refusal("script-failed", "§2.3", "rollback_stage", "1")
                )
            )
        );

    [Fact]
    public void Paused_because_it_is_unknown() =>
        Golden.Check(
            "paused-unknown",
            View(
                World.Run(
                    RunState.Paused,
                    PauseReason.Unknown,
                    4,
                    StepState.Unknown,
                    new Refusal("deadline-passed", "§4.4", "execute", "00:10:00")
                )
            )
        );

    [Fact]
    public void Paused_because_somebody_else_changed_things() =>
        Golden.Check(
            "paused-drift",
            View(
                World.Run(
                    RunState.Paused,
                    PauseReason.Drift,
                    5,
                    StepState.Pending,
                    new Refusal("drift", "§4.4", "release/prod", "REL-B3 0% | REL-B3 15%", "REL-B3 50%")
                )
            )
        );

    [Fact]
    public void Paused_for_a_manual_step() =>
        Golden.Check(
            "paused-manual",
            View(
                World.Run(
                    RunState.Paused,
                    PauseReason.Manual,
                    6,
                    StepState.Waiting,
                    new Refusal("manual-needed", "", "basic-proven", "R-17")
                )
            )
        );

    [Fact]
    public void Paused_for_a_manual_step_with_the_command_to_type()
    {
        var run = World.Run(
            RunState.Paused,
            PauseReason.Manual,
            4,
            StepState.Waiting,
            new Refusal("manual-needed", "", "execute", "R-17")
        );
        Golden.Check(
            "paused-manual-typed",
            View(
                run with
                {
                    Plan = run.Plan with
                    {
                        Steps =
                        [
                            .. run.Plan.Steps.Select(
                                (s, i) =>
                                    i == 4
                                        ? s with
                                        {
                                            Effect = Glancy.Runbook.Procedures.EffectClass.UnknownThenHuman,
                                            Command =
                                                "kubectl --context=prod rollout restart deploy/export-worker -n prod",
                                            Changes = [],
                                        }
                                        : s
                            ),
                        ],
                    },
                }
            )
        );
    }

    [Fact]
    public void Verifying() =>
        Golden.Check("verifying", View(World.Run(RunState.Verifying, done: 9, next: StepState.Waiting)));

    [Fact]
    public void Succeeded() => Golden.Check("succeeded", View(World.Run(RunState.Succeeded, done: 16)));

    [Fact]
    public void Aborted_with_something_left_to_do() =>
        Golden.Check(
            "aborted",
            View(
                World.Run(
                    RunState.Aborted,
                    done: 4,
                    next: StepState.Failed,
                    outcome: new Refusal("aborted-by", "§4.4", "lin")
                )
            )
        );

    [Fact]
    public void Aborted_with_something_that_may_have_happened() =>
        Golden.Check(
            "aborted-unknown",
            View(
                World.Run(
                    RunState.Aborted,
                    done: 4,
                    next: StepState.Unknown,
                    outcome: new Refusal("aborted-by", "§4.4", "lin")
                )
            )
        );

    [Theory]
    [InlineData(StepState.Unknown)]
    [InlineData(StepState.Started)]
    [InlineData(StepState.Failed)]
    public void What_may_have_happened_is_never_offered_as_not_done(StepState state)
    {
        var page = TerminalPage.Render(
            View(World.Run(RunState.Aborted, done: 4, next: state, outcome: new Refusal("aborted-by", "§4.4", "lin")))(
                Golden.En
            ),
            100,
            colour: false
        );
        var notDone = page[page.IndexOf(Golden.En["run.left-to-do"].Plain, StringComparison.Ordinal)..];

        Assert.DoesNotContain("rollback_stage.sh", notDone, StringComparison.Ordinal);
        Assert.Contains("force_basic", notDone, StringComparison.Ordinal);
        Assert.Contains(
            Golden.En["run.left-uncertain"].Plain + "\n\n    ops/bin/rollback_stage.sh",
            page,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Ended_with_its_main_effect_left_out() =>
        Golden.Check("left-out", View(Skipped("execute", RunState.Failed, "left-out")));

    [Fact]
    public void Ended_with_a_proof_left_out() =>
        Golden.Check("unproven", View(Skipped("verify-hooks", RunState.Succeeded, "unproven")));

    [Theory]
    [InlineData("ended", "REL-B3 15%", "false", StuckAdvice.Retry, "run retry")]
    [InlineData("running", "REL-B3 15%", "false", StuckAdvice.Retry, "run retry")]
    [InlineData("ended", "REL-B3 0%", "true", StuckAdvice.Skip, "run skip")]
    [InlineData("running", "REL-B3 0%", "true", StuckAdvice.Wait, "run show")]
    [InlineData("ended", "REL-B3 0%", "false", StuckAdvice.Look, "run show")]
    [InlineData("ended", "REL-B3 50%", "false", StuckAdvice.Look, "run show")]
    [InlineData("unknown", "REL-B3 0%", "true", StuckAdvice.Unknown, "run retry")]
    [InlineData("ended", null, null, StuckAdvice.Unknown, "run retry")]
    public void What_the_tools_say_decides_which_way_on_comes_first(
        string command,
        string? release,
        string? flag,
        StuckAdvice advice,
        string first
    )
    {
        var run = Stuck(command, release, flag);

        Assert.Equal(advice, StuckStep.Of(run)?.Advice);
        Assert.StartsWith(
            "glancy " + first,
            RunActions.Of(run, RunbookOnDisk.In(Golden.En), null)[0].Command,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Paused_unknown_with_what_the_tools_say() =>
        Golden.Check("paused-unknown-seen", View(Stuck("running", "REL-B3 15%", "false")));

    [Fact]
    public void Paused_unknown_and_nothing_could_be_read() =>
        Golden.Check("paused-unknown-unread", View(Stuck("unknown", null, null)));

    [Fact]
    public void A_draft_with_steps_for_a_person() => Golden.Check("draft-manual", View(Manual()));

    [Fact]
    public void Whoever_confirms_is_told_of_the_steps_that_are_theirs()
    {
        var confirm = RunActions.Of(Manual(), RunbookOnDisk.In(Golden.En), null)[0];
        var yours = Golden.En["run.yours-to-do-one"].Plain;
        Assert.Contains(yours, confirm.Mind.Plain, StringComparison.Ordinal);
        Assert.DoesNotContain(
            yours,
            RunActions.Of(World.Run(RunState.Draft), RunbookOnDisk.In(Golden.En), null)[0].Mind.Plain,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Superseded() =>
        Golden.Check(
            "superseded",
            View(World.Run(RunState.Superseded, outcome: new Refusal("stale-plan", "§4.4", "R-17", "R-18")))
        );

    [Fact]
    public void Expired() =>
        Golden.Check("expired", View(World.Run(RunState.Expired, outcome: new Refusal("expired", "§4.4", "R-17"))));

    [Fact]
    public void What_comes_from_outside_cannot_move_the_cursor()
    {
        var page = TerminalPage.Render(
            View(
                World.Run(
                    RunState.Paused,
                    PauseReason.Failed,
                    4,
                    StepState.Failed,
                    new Refusal("script-failed", "§2.3", "rollback_stage", "1")
                )
            )(Golden.En),
            100,
            colour: false
        );
        Assert.DoesNotContain('\u001b', page);
        Assert.Contains("lock held by ␛[31mdeploy", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_confirm_line_can_be_copied_whole_at_any_width()
    {
        var page = TerminalPage.Render(
            View(World.Run(RunState.Draft, context: World.Red))(Golden.Zh),
            40,
            colour: false
        );
        Assert.Contains("    glancy run confirm R-17 3f2a9c\n", page, StringComparison.Ordinal);
        Assert.Contains(
            "$ configctl feature set glancy.lookup.force_basic true --env prod\n",
            page,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Open_runs_in_a_list() =>
        Golden.Check(
            "list",
            words =>
                RunListView.Page(
                    [
                        World.Run(RunState.Draft, context: World.Red),
                        World.Run(RunState.Paused, PauseReason.Unknown, 4, StepState.Unknown),
                    ],
                    false,
                    RunbookOnDisk.In(words)
                )
        );

    [Fact]
    public void No_open_run() =>
        Golden.Check("list-none", words => RunListView.Page([], false, RunbookOnDisk.In(words)));

    [Fact]
    public void No_run_at_all() =>
        Golden.Check("list-none-all", words => RunListView.Page([], true, RunbookOnDisk.In(words)));

    private static Run Skipped(string step, RunState state, string code)
    {
        var run = World.Run(state, done: 16, outcome: new Refusal(code, "§4.4", step));
        return run with
        {
            Steps =
            [
                .. run.Steps.Select(s =>
                    s.Id == step
                        ? s with
                        {
                            State = StepState.Skipped,
                            Evidence = new Dictionary<string, string>
                            {
                                ["skipped_by"] = "mei",
                                ["skip_reason"] = "看过了",
                            },
                        }
                        : s
                ),
            ],
        };
    }

    private static Run Stuck(string command, string? release, string? flag)
    {
        var run = World.Run(
            RunState.Paused,
            PauseReason.Unknown,
            4,
            StepState.Unknown,
            new Refusal("deadline-passed", "§4.4", "execute", "00:10:00")
        );
        var seen =
            release is null || flag is null
                ? null
                : new Dictionary<string, string>
                {
                    ["release/prod"] = release,
                    ["flag/glancy.lookup.force_basic"] = flag,
                };
        return run with
        {
            Steps =
            [
                .. run.Steps.Select(s =>
                    s.Id == "execute"
                        ? StuckStep.With(s, StuckStep.Evidence(World.Now.AddMinutes(11), command, seen))
                        : s
                ),
            ],
        };
    }

    private static Run Manual()
    {
        var run = World.Run(RunState.Draft);
        return run with
        {
            Plan = run.Plan with
            {
                Steps =
                [
                    .. run.Plan.Steps.Select(
                        (s, i) =>
                            i == 4
                                ? s with
                                {
                                    Effect = Glancy.Runbook.Procedures.EffectClass.UnknownThenHuman,
                                    Command = "kubectl --context=prod scale deploy/export-worker -n prod --replicas=48",
                                    Changes = [],
                                }
                                : s
                    ),
                ],
            },
        };
    }
}
