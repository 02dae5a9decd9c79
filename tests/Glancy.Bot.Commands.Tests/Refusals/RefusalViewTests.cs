using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Help;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Refusals;
using Glancy.Bot.Commands.Slack;
using Glancy.Ops.Kernel;

namespace Glancy.Bot.Commands.Tests.Refusals;

public class RefusalViewTests
{
    // As the engine makes them, so that what a person reads is what is pinned here.
    private static readonly Refusal[] Refusals =
    [
        new("unknown-person", "§1.1", "root"),
        new("unknown-procedure", "", "rolback", "rollback"),
        new("unknown-run", "", "R-99"),
        new("unknown-batch", "§4.1", "REL-B9", "REL-B1, REL-B2, REL-B3, REL-B4, REL-B5"),
        new("batch-not-active", "§4.1", "REL-B2", "REL-B3", "active"),
        new("batch-not-active", "§4.1", "REL-B2", "-", "none"),
        new("old-version-gone", "§2.2", "REL-B5", "blue", "2025-04-18T02:00:00.0000000+00:00"),
        new("old-version-gone", "§2.2", "REL-B5", "blue"),
        new("missing-parameter", "", "batch", "rollback", "batch, reason"),
        new("bad-parameter", "§2.3", "flag", "glancy.nope"),
        new("unknown-parameter", "", "bacth", "rollback", "batch, reason"),
        new("not-on-call", "§1.1", "dong", "release-manager,primary", "mei,han,lin"),
        new("not-on-roster", "§1.1", "olga", ""),
        new("same-person", "§4.4", "lin", "R-17"),
        new("already-confirmed", "", "R-17", "mei", "2025-04-18T01:33:05.0000000+00:00"),
        new("already-confirmed", "§4.4", "R-17", "Confirmed"),
        new("already-ended", "", "R-17", "Succeeded"),
        new("expired", "§4.4", "R-17"),
        new("replaced", "§4.4", "R-17", "Expired", "R-18", "3f2a9c"),
        new("replaced-going", "§4.4", "R-17", "Superseded", "R-18"),
        new("replaced-done", "§4.4", "R-17", "Expired", "R-18"),
        new("nothing-to-roll-back", "§4.4", "HK-03"),
        new("stale-plan", "§4.4", "R-17", "R-18"),
        new("bad-code", "§4.4", "R-17", "abc"),
        new("frozen", "§4.4", "promote", "mei", "429 上升"),
        new("already-frozen", "§4.4", "glancy", "HK-03"),
        new("key-held", "§4.4", "train/prod", "R-16"),
        new("unreachable-bastion", "§2.3", "rollback_stage"),
        new("unreachable-product", "§8", "execute"),
        new("unreachable-database", ""),
        new("database-lost", ""),
        new("recorded-then-lost", ""),
        new("host-key-mismatch", "§2.3", "rollback_stage"),
        new("unparsable-output", "§2.3", "releasectl.stage.status"),
        new("script-failed", "§2.3", "rollback_stage", "1"),
        new("script-refused", "§2.3", "rollback_stage", "stale-epoch"),
        new("script-unknown", "§2.3", "rollback_stage", "other-boot"),
        new("deadline-passed", "§4.4", "execute", "00:10:00"),
        new("drift", "§4.4", "release/prod", "REL-B3 0% | REL-B3 15%", "REL-B3 50%"),
        new("superseded-by", "§4.4", "R-18"),
        new("hooks-not-green", "§4.4", "HK-03 Red, HK-06 Unknown"),
        new("hooks-unknown", "§4.4", "HK-03 Unknown"),
        new("sop-not-good", "§5.2", "depth Red, age Yellow"),
        new("sop-unknown", "§5.2", "depth Unknown"),
        new("not-of-a-sop", "§5.2", "rollback", "cost-level-1, cost-level-2"),
        new("check-failed", "§4.4", "basic-proven", "status=200"),
        new("sql-rows", "§2.3", "record-rollback", "7", "1"),
        new("sql-failed", "§2.3", "record-rollback", "23505", "duplicate key"),
        new("role-lost", "§1.1", "lin"),
        new("dismissed", "§4.4", "mei", "已恢复"),
        new("aborted-by", "§4.4", "lin"),
        new("not-paused", "", "R-17", "Running"),
        new("unknown-step", "", "excute", "R-17", "judge, freeze, execute"),
        new("step-not-skippable", "", "freeze", "execute"),
        new("needs-second-for-skip", "§4.4", "verify-hooks", "lin"),
        new("manual-needed", "", "bridge", "R-17"),
        new("effect-not-seen", "§4.4", "execute", "release/prod", "REL-B3 0%", "REL-B3 15%"),
        new("left-out", "§4.4", "execute"),
        new("unproven", "§4.4", "verify-hooks"),
        new("still-running", "§4.4", "execute"),
        new("database-restored", "§8", "4711"),
        new("life-not-open", "§8"),
        new("not-manual", "", "bridge", "R-17"),
        new("not-running", "§4.4", "R-17"),
        new("internal", "", "a1b2c3d4"),
        new("stand-in-forbidden", "§8", "lin"),
        new("bad-language", "", "fr"),
        new("empty-period", "", "2025-04-19", "2025-04-18"),
        new("bad-pair", "", "batch"),
        new("unknown-hook", "§4.2", "HK-09", "HK-01, HK-02"),
        new("own-folder-only-here", ""),
        new("unknown-lease", "§7.2", "L-9"),
        new("lease-ended", "§7.2", "L-3"),
        new("lease-moved", "§7.2", "L-3"),
        new("not-ours", "§7.2", "flag/glancy.lookup.force_basic", "true", "false"),
        new("lights-forbid", "§4.4", "HK-03 Red, HK-05 Unknown"),
        new("not-steady", "§4.4", "30", "2025-04-18T01:33:05.0000000+00:00", "2025-04-18T02:03:05.0000000+00:00"),
        new("not-recovered", "§4.4", "HK-03", "glancy"),
        new("not-frozen", "§4.4"),
        new("no-rung-below", "§4.1", "REL-B5"),
        new("bad-way", "§4.1", "half"),
        new("unknown-incident", "", "INC-2025-0418-09"),
        new("incident-closed", "", "INC-2025-0418-01", "mei", "2025-04-18T01:33:05.0000000+00:00"),
        new("incident-acknowledged", "§5.1", "INC-2025-0418-01", "mei", "2025-04-18T01:33:05.0000000+00:00"),
        new("pager-word-late", "§5.1", "INC-2025-0418-01", "2025-04-18T01:33:05.0000000+00:00"),
        new("incident-severity-same", "§5.1", "INC-2025-0418-01", "Sev-2"),
        new("commander-not-on-roster", "§1.1", "olga", "INC-2025-0418-01"),
        new("commander-already", "§1.1", "gao", "INC-2025-0418-01"),
        new("incident-not-on-roster", "§1.1", "olga", "lin,wu,mei"),
        new("incident-not-closable", "§8", "INC-2025-0418-01", "3"),
        new("break-glass-unreviewed", "§8", "INC-2025-0418-01", "R-17", "lin"),
        new("incident-run-open", "§8", "R-17", "Verifying"),
        new("incident-lease-open", "§7.2", "flag/glancy.lookup.force_basic", "true", "lin", "L-2"),
        new("incident-doubtful", "§8", "INC-2025-0418-01", "4"),
        new("incident-never-acknowledged", "§5.1", "INC-2025-0418-01"),
        new("incident-alert-fires", "§5.2", "A-3", "ExportQueueDepth"),
        new("incident-hook-red", "§4.2", "HK-03", "2025-04-18T01:33:05.0000000+00:00"),
        new("incident-follow-up-open", "§3.1", "F-3", "给 INC-2025-0418-01 的客户 <!here> 回信"),
        new("incident-just-opened", "§5.1", "INC-2025-0418-01", "Sev-2", "lin", "2025-04-18T01:33:05.0000000+00:00"),
        new("incident-of-alert", "§5.1", "INC-2025-0418-01", "Sev-2", "lin", "2025-04-18T01:33:05.0000000+00:00"),
        new("nothing-to-review", "§8", "INC-2025-0418-01"),
        new("review-own", "§8", "mei", "INC-2025-0418-01"),
        new("no-break-glass", "§4.4", "promote", "kill-switch,rollback"),
        new("break-glass-reason", "§8", "R-17"),
        new("no-open-sev1", "§5.1", ""),
        new("no-open-sev1", "§5.1", "INC-2025-0418-01 Sev-2"),
        new("reason-alone", ""),
        new("reveal-not-allowed", "§2.4", "olga", "primary,release-manager", "lin,wu,mei"),
        new("reveal-only-at-home", "§2.4"),
        new("interrupted", ""),
        new("wrong-channel", "§4.4", "C0OTHER", "C0GLANCYOPS"),
        new("not-a-member", "§1.1", "林晓"),
        new("bad-role", "§1.1", "boss", "release-manager 发布经理（RM）,primary 值班 SRE（Primary）"),
        new("ambiguous-role", "§1.1", "值班 SRE", "primary 值班 SRE（Primary）,secondary 值班 SRE（Secondary）"),
        new("bad-person", "§1.1", "陈墨", "chen 陈默"),
        new("ambiguous-person", "§1.1", "tong", "wu 吴桐,chen 陈默"),
        new("bad-actor", "§1.1", "tong", "wu 吴桐,chen 陈默"),
        new("member-unknown", "§1.1", "林晓"),
        new("too-many-waiting", "", "20"),
        new("form-unreadable", ""),
        new("not-worked-on", "", "417"),
        new("not-worked-on-read", "", "417"),
        new("role-not-taken", "§1.1", "dba"),
        new("takes-no-turns", "§1.1", "olga", "primary", "mei,han"),
        new("role-held-already", "§1.1", "lin", "primary"),
        new("override-backwards", "§1.1", "2025-04-18T01:33:05.0000000+00:00", "2025-04-18T01:03:05.0000000+00:00"),
        new("override-too-long", "§1.1", "24"),
        new("unknown-override", "§1.1", "O-99"),
        new("override-ended", "§1.1", "O-3"),
        new("swap-with-oneself", "§1.1", "lin"),
        new("swap-takes-no-turns", "§1.1", "dong"),
        new("swap-too-late", "§1.1", "2025-04-18T11:00:00.0000000+00:00"),
        new("swap-no-turn", "§1.1", "lin", "2025-04-18T11:00:00.0000000+00:00"),
        new("swap-not-yours", "§1.1", "wu", "S-1", "chen"),
        new("swap-ended", "§1.1", "S-1", "chen", "2025-04-18T01:33:05.0000000+00:00"),
        new("swap-stale", "§1.1", "S-1"),
        new("unknown-swap", "§1.1", "S-99"),
        new("unknown-patrol", "§3", "queue", "shift-start, queues"),
        new("handover-accepted", "§3.1", "chen", "2025-04-18T11:03:05.0000000+00:00"),
        new("handover-not-yours", "§3.1", "wu", "chen"),
        new("handover-none", "§3.1", "2025-04-18T11:00:00.0000000+00:00"),
        new("handover-not-accepted", "§3.1", "chen"),
        new("handover-clean-already", "§3.1", "chen", "2025-04-18T11:03:05.0000000+00:00"),
        new("handover-not-clean", "§3", "2"),
        new("handover-incident-open", "§3", "INC-2025-0418-01", "Sev-2", "导出 <!here> 延迟", "chen"),
        new("handover-train-without-rule", "§3", "L-5", "REL-B3 0%", "lin"),
        new("handover-incident-unowned", "§3", "INC-2025-0418-01", "Sev-2", "导出 <!here> 延迟"),
        new("handover-switch-without-rule", "§3", "L-2", "glancy.regenerate.enabled", "false", "lin"),
        new("no-handover-then", "§3.1", "2025-04-17T11:00:00.0000000+00:00"),
        new("no-open-incident", "§5.1", "https://glancy.slack.com/archives/C1/p1745000000000100"),
        new(
            "which-incident",
            "§5.1",
            "INC-2025-0418-02, INC-2025-0418-01",
            "https://glancy.slack.com/archives/C1/p1745000000000100"
        ),
        new("pin-known", "§5.1", "INC-2025-0418-01"),
        new("bad-link", "§5.1", "<!channel>"),
        new("follow-up-too-long", "§3.1", "500"),
        new("follow-up-known", "§3.1", "23:00 重新开放再生成"),
        new("unknown-follow-up", "§3.1", "F-99"),
        new("follow-up-done", "§3.1", "F-3", "wu", "2025-04-18T01:33:05.0000000+00:00"),
        new("unknown-alert", "", "A-99"),
        new("silence-too-long", "§5.2", "24"),
        new("no-alertmanager", ""),
        new("unreachable-alertmanager", "§5.2", "A-3"),
        new("silence-refused", "§5.2", "A-3", "bad matcher"),
        new("silence-unknown", "§5.2", "A-3"),
        new("silence-no-labels", "§5.2", "A-3"),
        new("already-silenced", "§5.2", "A-3", "2025-04-18T03:33:05.0000000+00:00", "lin"),
        new("not-silenced", "§5.2", "A-3"),
    ];

    private static readonly string[] Wrong =
    [
        "rolback REL-B3",
        "run confrim 17",
        "run",
        "@file",
        "[suggest] hk",
        "hk --frobnicate",
        "hk --version",
        "rollback REL-B3 --raeson x",
        "rollback REL-B3",
        "rollback REL-B3 --reason",
        "rollback REL-B3 --reason a --reason b",
        "rollback REL-B3 --reason errors rise",
        "lease revert L-x --reason y",
        "rollback --reason x",
        "run confirm R-x 3f2a9c",
        "run list --limit many",
        "audit search --from yesterday",
        "incident open sev9 x",
        "incident show R-17",
        "alert show R-17",
        "alert silence A-3 --for soon --reason x",
        "hk \"open",
    ];

    [Fact]
    public void Every_refusal_says_what_by_which_rule_and_what_next()
    {
        foreach (var words in new[] { Golden.Zh, Golden.En })
        {
            var pages = Refusals.Select(r =>
                $"[{r.Code}]\n" + Plain(RefusalView.Page(r, words, RefusalView.ExitCodeOf(r)))
            );
            Golden.CheckText($"all.{words.Culture.Name}.txt", string.Join('\n', pages));
        }
    }

    [Fact]
    public void A_refusal_in_Slack() =>
        Golden.CheckSlack(
            "key-held",
            words =>
                SlackPage.Render(
                    RefusalView.Page(new Refusal("key-held", "§4.4", "train/prod", "R-16"), words, ExitCode.Refused),
                    [],
                    words
                )
        );

    [Fact]
    public void Every_kind_of_wrong_line_is_answered()
    {
        var grammar = Golden.Grammar;
        foreach (var words in new[] { Golden.Zh, Golden.En })
        {
            var pages = Wrong.Select(line =>
                $"> glancy {line}\n"
                + Plain(UsageView.Page(Assert.IsType<Reading.NotUnderstood>(grammar.ReadLine(line)), words))
            );
            Golden.CheckText($"usage.{words.Culture.Name}.txt", string.Join('\n', pages));
        }
    }

    [Fact]
    public void What_could_not_be_reached_is_unknown_and_not_a_no()
    {
        Assert.All(
            Refusals.Where(r => r.Code.StartsWith("unreachable", StringComparison.Ordinal)),
            r => Assert.Equal(ExitCode.Unknown, RefusalView.ExitCodeOf(r))
        );
        Assert.Equal(ExitCode.Refused, RefusalView.ExitCodeOf(new Refusal("frozen", "")));
        Assert.Equal(ExitCode.Internal, RefusalView.ExitCodeOf(new Refusal("internal", "", "x")));
    }

    private static string Plain(Page page) => TerminalPage.Render(page, 100, colour: false);
}
