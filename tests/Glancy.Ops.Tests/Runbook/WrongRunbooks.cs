namespace Glancy.Ops.Tests.Runbook;

/// <summary>One edit of the shipped runbook that makes it wrong.</summary>
/// <param name="File">Where the problem is expected.</param>
/// <param name="Edit">Makes the edit, and answers the line on which the problem is expected.</param>
internal sealed record Wrong(string Code, string File, Func<RunbookCopy, int> Edit)
{
    /// <summary>The edit is a replacement in the file itself; the problem is as many lines below it as said.</summary>
    public static Wrong By(string code, string file, string old, string @new, int below = 0) =>
        new(code, file, copy => copy.Replace(file, old, @new) + below);

    /// <summary>A replacement in one file whose problem is seen in another, at the line of some text.</summary>
    public static Wrong Seen(string code, string file, string at, string edited, string old, string @new) =>
        new(
            code,
            file,
            copy =>
            {
                copy.Replace(edited, old, @new);
                return copy.Replace(file, at, at);
            }
        );
}

/// <summary>At least one wrong runbook for every code.</summary>
internal static class WrongRunbooks
{
    private const string Rollback = "procedures/rollback.yaml";

    // A change that nobody looks after.
    private const string Bare = """
        id: bare
        title: { zh: 关再生成, en: Regenerate off }
        section: "5.2"
        risk: change
        roles: [primary]
        mitigation: true
        keys: [flag/glancy.regenerate.enabled]
        steps:
          - id: off
            kind: flag.set
            title: { zh: 关, en: Off }
            with: { flag: glancy.regenerate.enabled, value: "false" }
            deadline: 60s

        """;

    public static IReadOnlyList<Wrong> All { get; } =
    [
        .. WrongPermissions.All(),
        .. Files(),
        .. Yaml(),
        .. Values(),
        .. References(),
        .. Limits(),
        .. Slos(),
        .. Maskings(),
        .. Escalations(),
        .. Commands(),
        .. People(),
        .. Procedures(),
        .. WrongVerbs.All(),
        .. Alerts(),
    ];

    private static Wrong[] Alerts() =>
        [
            Wrong.By(
                "unknown-hook",
                "alerts/cost.yaml",
                "hook: HK-03, measure: burn }",
                "hook: HK-33, measure: burn }"
            ),
            Wrong.By("unknown-measure", "alerts/cost.yaml", "measure: burn }", "measure: burnt }"),
            Wrong.By("unknown-query", "alerts/exports.yaml", "export-depth.promql", "export-deep.promql"),
            Wrong.By("unit-mismatch", "alerts/exports.yaml", "\"< 60 s\"", "\"< 60\""),
            Wrong.By("missing-field", "alerts/cost.yaml", "    procedure: cost-level-1\n", "", below: -1),
            Wrong.By("unknown-procedure", "alerts/cost.yaml", "procedure: cost-level-1", "procedure: cost-level-9"),
            Wrong.By(
                "sop-procedure-asks",
                "alerts/cost.yaml",
                "procedure: cost-level-1",
                "procedure: rollback",
                below: -1
            ),
            Wrong.By(
                "unknown-field",
                "alerts/cost.yaml",
                "    procedure: cost-level-1",
                "    procedure: cost-level-1\n    glancy: status",
                below: 1
            ),
            Wrong.By("unknown-sop-line", "procedures/cost-level-1.yaml", "sop/cost/burn", "sop/cost/undo"),
            Wrong.By(
                "unknown-sop-line",
                "flags.yaml",
                "sop/exports/depth, sop/exports/age",
                "sop/exports/depth, sop/exports/ages"
            ),
            Wrong.By(
                "unknown-field",
                "alerts/lookup.yaml",
                "    glancy: release status",
                "    glancy: release status\n    type: reboot",
                below: 1
            ),
            Wrong.By("bad-pair", "alerts/streaming.yaml", "[alertname=StreamingLoss]", "[StreamingLoss]"),
            Wrong.By("duplicate-id", "alerts/streaming.yaml", "[alertname=StreamingLoss]", "[alertname=ExportSlow]"),
            Wrong.By("bad-number", "alerts/streaming.yaml", "windows: 3", "windows: many"),
            Wrong.By("bad-number", "alerts.yaml", "cards_per_minute: 6", "cards_per_minute: 0"),
            Wrong.By("id-not-file-name", "alerts/cost.yaml", "id: cost", "id: costs"),
        ];

    private static Wrong[] Files() =>
        [
            new(
                "missing-folder",
                "",
                c =>
                {
                    Directory.Delete(c.Folder, recursive: true);
                    return 0;
                }
            ),
            new(
                "missing-file",
                "ladder.yaml",
                c =>
                {
                    File.Delete(c.PathOf("ladder.yaml"));
                    return 0;
                }
            ),
            new(
                "unused-file",
                "hooks/forgotten.promql",
                c =>
                {
                    c.Write("hooks/forgotten.promql", "vector(1)");
                    return 0;
                }
            ),
            new(
                "unused-file",
                "alerts.txt",
                c =>
                {
                    c.Write("alerts.txt", "x");
                    return 0;
                }
            ),
            new(
                "not-utf8",
                "flags.yaml",
                c =>
                {
                    File.WriteAllBytes(c.PathOf("flags.yaml"), [0x66, 0xff, 0xfe]);
                    return 0;
                }
            ),
            new(
                "empty-file",
                "people.yaml",
                c =>
                {
                    c.Write("people.yaml", "# nobody\n");
                    return 0;
                }
            ),
            new(
                "empty-file",
                "hooks/hk-03-burn.promql",
                c =>
                {
                    c.Write("hooks/hk-03-burn.promql", "# nothing\n");
                    return 0;
                }
            ),
            new(
                "empty-file",
                "statements/close-rollback.sql",
                c =>
                {
                    c.Write("statements/close-rollback.sql", "-- nothing\n");
                    return 0;
                }
            ),
        ];

    private static Wrong[] Yaml() =>
        [
            Wrong.By("yaml-broken", "flags.yaml", "values: [\"true\", \"false\"]", "values: [\"true\", \"false\""),
            Wrong.By("yaml-syntax", "flags.yaml", "    default: wss", "   default: wss"),
            Wrong.By("yaml-tab", "flags.yaml", "    default: wss", "\tdefault: wss"),
            Wrong.By("yaml-documents", "roles.yaml", "  - id: incident-commander", "---\nroles: []", 0),
            Wrong.By("yaml-alias", "hooks/hk-03.yaml", "window: 5m", "window: *five"),
            Wrong.By("yaml-anchor", "hooks/hk-03.yaml", "window: 5m", "window: &five 5m"),
            Wrong.By("yaml-tag", "hooks/hk-03.yaml", "window: 5m", "window: !!str 5m"),
            Wrong.By("yaml-merge", "hooks/hk-03.yaml", "drafts_rollback: true", "<<: { drafts_rollback: true }"),
            Wrong.By("yaml-key", "hooks/hk-03.yaml", "drafts_rollback: true", "? [a, b]\n: true"),
            Wrong.By(
                "duplicate-key",
                "hooks/hk-03.yaml",
                "dashboard: queue-health",
                "dashboard: queue-health\ndashboard: core-slo",
                1
            ),
            new(
                "mapping-expected",
                "dashboards.yaml",
                c =>
                {
                    c.Write("dashboards.yaml", "# links\n- release-gate\n");
                    return 2;
                }
            ),
        ];

    private static Wrong[] Values() =>
        [
            Wrong.By("unknown-field", "hooks/hk-03.yaml", "drafts_rollback: true", "draft_rollback: true"),
            Wrong.By("missing-field", "hooks/hk-03.yaml", "    name: { zh: 近 5", "    nam: { zh: 近 5", -1),
            Wrong.By("missing-field", "hooks/hk-03.yaml", "id: HK-03", "# id", 1),
            Wrong.By("empty-value", "hooks/hk-03.yaml", "dashboard: queue-health", "dashboard:"),
            Wrong.By("text-expected", "hooks/hk-03.yaml", "dashboard: queue-health", "dashboard: [queue-health]"),
            Wrong.By(
                "list-expected",
                Rollback,
                "keys: [train/prod, flag/glancy.lookup.force_basic]",
                "keys: train/prod"
            ),
            Wrong.By("mapping-expected", "hooks/hk-03.yaml", "{ zh: 成本燃率, en: Cost burn rate }", "Cost"),
            Wrong.By("bad-id", "hooks/hk-03.yaml", "id: HK-03", "id: HK 03"),
            Wrong.By("bad-id", "hooks/hk-03.yaml", "id: HK-03", "id: HK‑03"),
            Wrong.By("bad-choice", "hooks/hk-03.yaml", "unit: factor", "unit: times"),
            Wrong.By("bad-choice", "hooks/hk-03.yaml", "drafts_rollback: true", "drafts_rollback: yes"),
            Wrong.By("bad-choice", Rollback, "light: any", "light: yellow"),
            Wrong.By("bad-number", "ladder.yaml", "weight: 15", "weight: fifteen"),
            Wrong.By("bad-number", "ladder.yaml", "weight: 15", "weight: NaN"),
            Wrong.By("bad-duration", "hooks/hk-03.yaml", "window: 5m", "window: five minutes"),
            Wrong.By("bad-duration", "hooks/hk-03.yaml", "window: 5m", "window: 5"),
            Wrong.By("duration-zero", "hooks/hk-03.yaml", "window: 5m", "window: 0s"),
            Wrong.By("bad-threshold", "hooks/hk-03.yaml", "\">= 1.2 x\"", "\"1.2 x\""),
            Wrong.By("bad-threshold", "hooks/hk-03.yaml", "\">= 1.2 x\"", "\">= 1,2 x\""),
            Wrong.By("bad-hash", "source.yaml", "sha256: 62824ed1", "sha256: 62824ED1"),
            Wrong.By("bad-date", "source.yaml", "date: 2026-11-23", "date: 23.11.2026"),
            Wrong.By("bad-date", "roster.yaml", "start: 2025-01-06", "start: 2025-02-30"),
            Wrong.By("bad-section", "source.yaml", "[\"0\",", "[\"§0\", \"0\","),
            Wrong.By("bad-time", "roster.yaml", "start: 07:00", "start: 7 o'clock"),
            Wrong.By(
                "bad-instant",
                "roster.yaml",
                "overrides: []",
                "overrides:\n  - { role: primary, person: wu, from: 2025-05-01, to: \"2025-05-01T19:00:00+08:00\", "
                    + "reason: leave }",
                1
            ),
            Wrong.By("bad-url", "dashboards.yaml", "https://grafana.glancy.dev/d/release-gate", "file:///etc/passwd"),
            Wrong.By("bad-phone", "people.yaml", "login: lin,", "login: lin, phone: 010-1234,"),
            Wrong.By("bad-pair", Rollback, "params: [\"batch={batch}\"]", "params: [\"{batch}\"]"),
            Wrong.By("bad-change", "commands.yaml", "\"release/prod={batch} 0%\",", "\"release={batch} 0%\","),
            Wrong.By("bad-flag-value", "flags.yaml", "default: wss", "default: carrier-pigeon"),
            Wrong.By("bad-flag-value", "flags.yaml", "default: \"300\"", "default: many"),
            Wrong.By("bad-flag-value", Rollback, "value: \"true\"", "value: \"on\""),
            Wrong.By("broken-braces", Rollback, "with: { reason: \"{reason}\" }", "with: { reason: \"{reason\" }"),
            Wrong.By(
                "broken-braces",
                "commands.yaml",
                "--batch {batch} --weight {weight}",
                "--batch {batch --weight {weight}"
            ),
            Wrong.By("duplicate-id", "hooks/hk-04.yaml", "id: HK-04", "id: HK-03"),
            Wrong.By("duplicate-id", "people.yaml", "login: wu", "login: lin"),
            Wrong.By("duplicate-id", Rollback, "- id: record", "- id: freeze"),
        ];

    private static Wrong[] References() =>
        [
            Wrong.By("unknown-section", "hooks/hk-03.yaml", "section: \"4.2\"", "section: \"4.9\""),
            Wrong.By("unknown-dashboard", "hooks/hk-03.yaml", "dashboard: queue-health", "dashboard: cost-burn"),
            Wrong.By("unknown-hook", "flags.yaml", "affects: [HK-04]", "affects: [HK-40]"),
            Wrong.By("unknown-hook", Rollback, "hooks: [all], light: green", "hooks: [HK-40], light: green"),
            Wrong.By("unknown-hook", "ladder.yaml", "hook: HK-05, measure", "hook: HK-50, measure"),
            Wrong.By(
                "unknown-measure",
                "ladder.yaml",
                "measure: throttled, limit: \"<= 3 %\"",
                "measure: speed, limit: \"<= 3 %\""
            ),
            Wrong.By("unknown-flag", Rollback, "flag: glancy.lookup.force_basic", "flag: glancy.lookup.force_basics"),
            Wrong.By("unknown-flag", "commands.yaml", "flag/glancy.lookup.force_basic=true", "flag/glancy.force=true"),
            Wrong.By("unknown-command", Rollback, "command: rollback_stage", "command: rollback-stage"),
            Wrong.By("unknown-role", Rollback, "roles: [release-manager, primary]", "roles: [release-manager, sre]"),
            Wrong.By("unknown-person", "roster.yaml", "dba: [dong]", "dba: [dongshu]"),
            Wrong.By("unknown-person", "roster.yaml", "primary: lin", "primary: linx"),
            Wrong.By(
                "unknown-shift",
                "roster.yaml",
                "    - day:",
                "    - evening: { primary: bai, secondary: gao }\n      day:"
            ),
            Wrong.By("unknown-batch", "ladder.yaml", "back_to: REL-B2", "back_to: REL-B4"),
            Wrong.By("unknown-statement", Rollback, "statement: record-rollback", "statement: record"),
            Wrong.By("bad-number", Rollback, "max_rows: \"1\"", "max_rows: one"),
            Wrong.By("bad-number", Rollback, "max_rows: \"1\"", "min_rows: \"-1\"\n      max_rows: \"1\""),
            Wrong.By("unknown-query", "hooks/hk-03.yaml", "query: hk-03-burn.promql", "query: hk-03.promql"),
            Wrong.By(
                "unknown-query",
                "hooks/hk-03.yaml",
                "query: hk-03-burn.promql",
                "query: ../hooks/hk-03-burn.promql"
            ),
            Wrong.By("unknown-placeholder", "hooks/hk-03-burn.promql", "[$window]", "[$windows]"),
            Wrong.By("unknown-time-zone", "roster.yaml", "time_zone: Asia/Shanghai", "time_zone: Asia/Glancy"),
            Wrong.By("unknown-action", Rollback, "kind: bastion.run", "kind: bastion.execute"),
            Wrong.By("unknown-argument", Rollback, "with: {}", "with: { name: before }"),
            Wrong.By("unknown-parameter", Rollback, "\"reason={reason}\"", "\"reason={cause}\""),
            Wrong.By("unknown-parameter", Rollback, "回滚 {batch}", "回滚 {run}"),
        ];

    private static Wrong[] Limits() =>
        [
            Wrong.By("unit-mismatch", "hooks/hk-03.yaml", "\">= 1.2 x\"", "\">= 120 %\""),
            Wrong.By("unit-mismatch", "ladder.yaml", "limit: \"<= 0.8 x\"", "limit: \"<= 80 %\""),
            Wrong.By("yellow-beyond-red", "hooks/hk-03.yaml", "yellow: \">= 0.8 x\"", "yellow: \">= 1.3 x\""),
            Wrong.By("yellow-beyond-red", "hooks/hk-03.yaml", "yellow: \">= 0.8 x\"", "yellow: \">= 1.2 x\""),
            Wrong.By("yellow-beyond-red", "hooks/hk-03.yaml", "yellow: \">= 0.8 x\"", "yellow: \"<= 0.8 x\""),
            Wrong.By("red-beyond-urgent", "hooks/hk-03.yaml", "urgent: \"> 1.5 x\"", "urgent: \"> 1.1 x\""),
            Wrong.By(
                "recovered-beyond-yellow",
                "hooks/hk-03.yaml",
                "recovered: \"<= 0.75 x\"",
                "recovered: \"<= 0.8 x\""
            ),
            Wrong.By(
                "recovered-beyond-yellow",
                "hooks/hk-03.yaml",
                "recovered: \"<= 0.75 x\"",
                "recovered: \">= 0.75 x\""
            ),
            Wrong.By(
                "recovered-beyond-red",
                "hooks/hk-02.yaml",
                "red: \"> 2.5 s\"",
                "red: \"> 2.5 s\"\n    recovered: \"<= 3 s\"",
                1
            ),
            Wrong.By(
                "segment-not-in-query",
                "hooks/hk-04.yaml",
                "red: \"> 0 %\"",
                "red: \"> 0 %\"\n    by_colour: true",
                1
            ) with
            {
                Edit = c =>
                {
                    c.Replace("hooks/hk-04-mismatch.promql", "$segment", "env=\"prod\"");
                    c.Replace("hooks/hk-04-mismatch.promql", "$segment", "env=\"prod\"");
                    return c.Replace("hooks/hk-04.yaml", "red: \"> 0 %\"", "red: \"> 0 %\"\n    by_colour: true") + 1;
                },
            },
            Wrong.By("limit-names-the-bad-side", "ladder.yaml", "limit: \"<= 0.8 x\"", "limit: \">= 0.8 x\""),
            Wrong.By("gate-looser-than-green", "ladder.yaml", "limit: \"<= 2 %\"", "limit: \"<= 4 %\""),
            Wrong.By(
                "gate-kind",
                "ladder.yaml",
                "{ id: hk-02, hook: HK-02,",
                "{ id: hk-02, hook: HK-02, attest: true,"
            ),
            Wrong.By("gate-kind", "ladder.yaml", "{ id: hk-02, hook: HK-02,", "{ id: hk-02,"),
            Wrong.By("weight-not-rising", "ladder.yaml", "weight: 50", "weight: 15"),
            Wrong.By("weight-not-rising", "ladder.yaml", "weight: 100", "weight: 101"),
        ];

    private static Wrong[] Slos() =>
        [
            Wrong.By("missing-file", "slo.yaml", "", "", 0) with
            {
                Edit = c =>
                {
                    File.Delete(c.PathOf("slo.yaml"));
                    return 0;
                },
            },
            Wrong.By("unknown-field", "slo.yaml", "stale_after: 20m", "stale_after: 20m\n    stale: 20m", 1),
            Wrong.By("unknown-objective", "slo.yaml", "objective: lookup-success", "objective: lookup"),
            Wrong.By("unknown-query", "slo.yaml", "slo/error-budget-day.sql", "slo/error-budget.sql"),
            Wrong.By("unknown-query", "slo.yaml", "query: slo/lookup-p95.promql", "query: slo/lookup-p99.promql"),
            Wrong.By("unknown-measure", "slo.yaml", "measure: consumed", "measure: left"),
            Wrong.By("unknown-section", "slo.yaml", "section: \"7.3\"", "section: \"7.9\""),
            Wrong.By("unit-mismatch", "slo.yaml", "target: \"<= 2.5 s\"", "target: \"<= 2.5 %\""),
            Wrong.By("window-not-in-query", "slo.yaml", "window: month", "window: 720h"),
            Wrong.By("window-not-in-query", "slo.yaml", "window: 24h", "window: month"),
            Wrong.By("objective-without-budget", "slo.yaml", "objective: lookup-success", "objective: lookup-p95"),
            Wrong.By("duplicate-id", "slo.yaml", "id: sla-month", "id: lookup-p95"),
            Wrong.By("now-not-in-statement", "slo/error-budget-day.sql", "", "") with
            {
                Edit = c =>
                {
                    c.Write("slo/error-budget-day.sql", "select 1;\n");
                    return 0;
                },
            },
        ];

    private static Wrong[] Escalations() =>
        [
            new(
                "missing-file",
                "escalation.yaml",
                c =>
                {
                    File.Delete(c.PathOf("escalation.yaml"));
                    return 0;
                }
            ),
            Wrong.By(
                "severity-without-clock",
                "escalation.yaml",
                "  - { severity: sev2, acknowledge: 15m, pager: ours, section: \"5.1\" }\n",
                "",
                -1
            ),
            Wrong.By("sev3-rings", "escalation.yaml", "pager: none", "pager: ours"),
            Wrong.By("duplicate-id", "escalation.yaml", "severity: sev2", "severity: sev1"),
            Wrong.By("bad-choice", "escalation.yaml", "pager: none", "pager: us"),
            Wrong.By("duration-zero", "escalation.yaml", "acknowledge: 5m", "acknowledge: 0m"),
            Wrong.By("unknown-hook", "escalation.yaml", "hook: HK-05", "hook: HK-50"),
            Wrong.By("duplicate-id", "escalation.yaml", "hook: HK-02", "hook: HK-01"),
            Wrong.By("unknown-role", "escalation.yaml", "roles: [secondary]", "roles: [deputy]"),
            Wrong.By("empty-value", "escalation.yaml", "roles: [secondary]", "roles: []"),
            Wrong.By("duration-zero", "escalation.yaml", "ask_again: 5m", "ask_again: 0m"),
            Wrong.By("at-most-below-first", "escalation.yaml", "at_most: 1h", "at_most: 4m"),
        ];

    private static Wrong[] Maskings() =>
        [
            new(
                "missing-file",
                "masking.yaml",
                c =>
                {
                    File.Delete(c.PathOf("masking.yaml"));
                    return 0;
                }
            ),
            Wrong.By("bad-pattern", "masking.yaml", "[A-Za-z0-9._%+-]+@", "([A-Za-z0-9._%+-]+@"),
            Wrong.By("bad-pattern", "secrets.yaml", "except: '[a-z]+|[A-Z]+|", "except: '[a-z+|[A-Z]+(|"),
            Wrong.By("sample-not-masked", "secrets.yaml", "\"DB_PASS=hunter2\"", "\"DB_PATH=hunter2\""),
            Wrong.By("sample-not-kept", "secrets.yaml", "\"compass: north\"", "\"com_pass: north\""),
            Wrong.By(
                "pattern-matches-nothing",
                "masking.yaml",
                "pattern: '[A-Za-z0-9._%+-]+(?:@",
                "pattern: '[A-Z]*|[A-Za-z0-9._%+-]+(?:@"
            ),
            Wrong.By("sample-not-masked", "masking.yaml", "\"13812345678\",", "\"12812345678\","),
            Wrong.By("sample-not-kept", "masking.yaml", "\"1744939925000\"", "\"17449399250\""),
            Wrong.By(
                "unknown-role",
                "masking.yaml",
                "reveal: [primary, release-manager, dba",
                "reveal: [primary, manager, dba"
            ),
            Wrong.By("unknown-section", "masking.yaml", "section: \"5.3.3\"", "section: \"5.3.9\""),
            Wrong.By(
                "unknown-field",
                "masking.yaml",
                "reveal: [primary, release-manager, dba",
                "revealed: [primary, release-manager, dba"
            ),
            Wrong.By(
                "empty-value",
                "secrets.yaml",
                "keeps: [\"-----BEGIN PUBLIC KEY-----MIIB\", \"-----BEGIN CERTIFICATE-----\"]",
                "keeps: []"
            ),
            Wrong.By("duplicate-id", "masking.yaml", "id: card", "id: phone"),
        ];

    private static Wrong[] Commands() =>
        [
            Wrong.By(
                "read-only-changes",
                "commands.yaml",
                "text: tail -n 50 /var/log/rollback_stage.log",
                "text: tail\n    changes: [release/prod=x 0%]",
                1
            ),
            new(
                "bastion-command-missing",
                "commands.yaml",
                c =>
                {
                    c.WriteBastion("[releasectl.stage.status]\neffect = read\n");
                    return c.Replace(
                        "commands.yaml",
                        "- id: releasectl.stage.promote",
                        "- id: releasectl.stage.promote"
                    );
                }
            ),
            new(
                "bastion-effect-differs",
                "commands.yaml",
                c =>
                {
                    c.WriteBastion("[releasectl.stage.status]\neffect = run   # run | read\n");
                    return c.Replace("commands.yaml", "- id: releasectl.stage.status", "- id: releasectl.stage.status");
                }
            ),
            new(
                "bastion-parameter-missing",
                "commands.yaml",
                c =>
                {
                    c.WriteBastion("[rollback_stage]\neffect = run\nparam.weight = .*\n");
                    return c.Replace("commands.yaml", "- id: rollback_stage", "- id: rollback_stage");
                }
            ),
        ];

    private static Wrong[] People() =>
        [
            Wrong.By("bad-date", "roster/days-2025.yaml", "date: 2025-10-11", "date: 11.10.2025"),
            Wrong.By(
                "bad-choice",
                "roster/days-2025.yaml",
                "date: 2025-10-11, kind: workday",
                "date: 2025-10-11, kind: feast"
            ),
            Wrong.By("ends-before-start", "roster/days-2025.yaml", "to: 2025-10-08", "to: 2025-09-08"),
            Wrong.By(
                "rotation-gap",
                "roster.yaml",
                "  # rest:",
                "  rest:\n    - day: { primary: wu, secondary: lin }\n  # rest:",
                below: 1
            ),
            Wrong.By(
                "unknown-role",
                "roster.yaml",
                "sources: []",
                "sources:\n  - { role: chief, pagerduty: PABC123 }",
                below: 1
            ),
            Wrong.By("missing-field", "roster.yaml", "sources: []", "sources:\n  - { role: primary }", below: 1),
            Wrong.By(
                "unknown-field",
                "roster.yaml",
                "sources: []",
                "sources:\n  - { role: dba, slack_group: S0ABCDEF1, pagerduty: PABC123 }",
                below: 1
            ),
            Wrong.By(
                "bad-id",
                "roster.yaml",
                "sources: []",
                "sources:\n  - { role: dba, slack_group: oncall }",
                below: 1
            ),
            Wrong.By(
                "bad-id",
                "roster.yaml",
                "sources: []",
                "sources:\n  - { role: dba, pagerduty: our schedule }",
                below: 1
            ),
            Wrong.By(
                "trust-too-short",
                "roster.yaml",
                "sources: []",
                "sources:\n  - { role: dba, pagerduty: PABC123, trusted_for: 1m }",
                below: 1
            ),
            Wrong.By(
                "duration-zero",
                "roster.yaml",
                "sources: []",
                "sources:\n  - { role: dba, pagerduty: PABC123, trusted_for: 0s }",
                below: 1
            ),
            Wrong.By(
                "duplicate-id",
                "roster.yaml",
                "sources: []",
                "sources:\n  - { role: dba, pagerduty: PABC123 }\n  - { role: dba, pagerduty: PABC124 }",
                below: 2
            ),
            Wrong.Seen(
                "role-cycle",
                "roles.yaml",
                "- id: release-manager",
                "roles.yaml",
                "escalates_to: [product-owner, incident-commander]",
                "escalates_to: [dba]"
            ),
            Wrong.By("role-without-holder", "roster.yaml", "  gao", "  gao") with
            {
                Edit = c =>
                {
                    c.Replace("roster.yaml", "  incident-commander: [gao]\n", "");
                    return c.Replace("roster.yaml", "  release-manager:", "  release-manager:");
                },
            },
            Wrong.By("standing-by-shift", "roster.yaml", "  dba: [dong]", "  primary: [wu]\n  dba: [dong]"),
            Wrong.Seen("shift-gap", "roster.yaml", "- id: day", "roster.yaml", "end: 19:00", "end: 18:00"),
            Wrong.Seen("shift-gap", "roster.yaml", "- id: night", "roster.yaml", "end: 07:00", "end: 08:00"),
            Wrong.By(
                "rotation-gap",
                "roster.yaml",
                "- day: { primary: lin, secondary: wu }",
                "- day: { primary: lin }"
            ),
            Wrong.By("rotation-gap", "roster.yaml", "      night: { primary: chen, secondary: zhao }\n", "", -1),
            Wrong.By(
                "rotation-not-by-shift",
                "roster.yaml",
                "- day: { primary: lin, secondary: wu }",
                "- day: { primary: lin, secondary: wu, dba: dong }"
            ),
            Wrong.By(
                "rotation-person-twice",
                "roster.yaml",
                "night: { primary: chen, secondary: zhao }",
                "night: { primary: lin, secondary: zhao }"
            ),
            Wrong.By(
                "ends-before-start",
                "roster.yaml",
                "overrides: []",
                "overrides:\n  - { role: primary, person: wu, from: \"2025-05-01T19:00:00+08:00\", to: "
                    + "\"2025-05-01T07:00:00+08:00\", reason: leave }",
                1
            ),
            Imported(
                "bad-csv",
                "roster/a.csv",
                "role,person,from,to\nprimary,wu,\"2025-05-01\" 07:00,2025-05-01 19:00\n",
                2
            ),
            Imported(
                "csv-column",
                "roster/a.csv",
                "role,who,from,to\nprimary,wu,2025-05-01 07:00,2025-05-01 19:00\n",
                1
            ),
            Imported(
                "empty-value",
                "roster/a.csv",
                "role,person,from,to\nprimary,,2025-05-01 07:00,2025-05-01 19:00\n",
                2
            ),
            Imported(
                "csv-time",
                "roster/a.csv",
                "role,person,from,to\n# May\nprimary,wu,2025-05-01 07:00,May Day\n",
                3
            ),
            Imported(
                "unknown-person",
                "roster/a.csv",
                "role,person,from,to\nprimary,nobody,2025-05-01 07:00,2025-05-01 19:00\n",
                2
            ),
            Imported(
                "ends-before-start",
                "roster/a.csv",
                "role,person,from,to\nprimary,wu,2025-05-01 19:00,2025-05-01 07:00\n",
                2
            ),
            Imported(
                "roster-contradiction",
                "roster/a.csv",
                "role,person,from,to\nprimary,wu,2025-05-01 07:00,2025-05-01 19:00\nprimary,chen,2025-05-01 "
                    + "18:00,2025-05-02 07:00\n",
                3
            ),
            Imported("unknown-field", "roster/a.yaml", "overrides: []\nholidays: []\n", 2),
            Imported(
                "calendar-time",
                "roster/a.ics",
                "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:primary: wu\nDTSTART:yesterday\nEND:VEVENT\nEND:VCALENDAR\n",
                4
            ),
            Imported("calendar-begin", "roster/a.ics", "primary: wu\n", 1),
            Imported("calendar-empty", "roster/a.ics", "BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n", 1),
            Imported(
                "calendar-too-long",
                "roster/a.ics",
                Event("SUMMARY:primary: wu\nRRULE:FREQ=DAILY;COUNT=10001"),
                3
            ),
            Imported("calendar-line", "roster/a.ics", Event("SUMMARY:primary: wu\non call"), 8),
            Imported("calendar-unclosed", "roster/a.ics", "BEGIN:VCALENDAR\nVERSION:2.0\n", 1),
            Imported(
                "calendar-second",
                "roster/a.ics",
                Event("SUMMARY:primary: wu") + Event("SUMMARY:primary: wu"),
                10
            ),
            Imported("calendar-version", "roster/a.ics", "BEGIN:VCALENDAR\nVERSION:1.0\nEND:VCALENDAR\n", 2),
            Imported("calendar-method", "roster/a.ics", "BEGIN:VCALENDAR\nMETHOD:REPLY\nEND:VCALENDAR\n", 2),
            Imported("calendar-zone", "roster/a.ics", Event("SUMMARY:primary: wu\nEXDATE;TZID=CST:20250501T070000"), 8),
            Imported("calendar-zone-broken", "roster/a.ics", Zoned("BEGIN:VTIMEZONE\nTZID:Z\nEND:VTIMEZONE"), 2),
            Imported(
                "calendar-zone-twice",
                "roster/a.ics",
                Zoned(
                    "BEGIN:VTIMEZONE\nTZID:Z\nEND:VTIMEZONE\nBEGIN:VTIMEZONE\nTZID:Z\nBEGIN:STANDARD\n"
                        + "END:STANDARD\nEND:VTIMEZONE"
                ),
                5
            ),
            Imported(
                "calendar-zone-floating",
                "roster/a.ics",
                "BEGIN:VCALENDAR\nX-WR-TIMEZONE:Asia/Tokyo\nBEGIN:VEVENT\nDTSTART:20250501T070000\n"
                    + "END:VEVENT\nEND:VCALENDAR\n",
                4
            ),
            Imported(
                "event-start",
                "roster/a.ics",
                "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:primary: wu\nEND:VEVENT\nEND:VCALENDAR\n",
                2
            ),
            Imported("event-end", "roster/a.ics", Event("SUMMARY:primary: wu\nDURATION:PT1H"), 8),
            Imported("event-status", "roster/a.ics", Event("SUMMARY:primary: wu\nSTATUS:TENTATIVE"), 8),
            Imported("event-field", "roster/a.ics", Event("SUMMARY:primary: wu\nEXRULE:FREQ=DAILY"), 8),
            Imported(
                "event-twice",
                "roster/a.ics",
                Event("SUMMARY:primary: wu\nEND:VEVENT\nBEGIN:VEVENT\nUID:a\nDTSTART:20250502T070000"),
                9
            ),
            Imported(
                "event-no-occurrence",
                "roster/a.ics",
                Event(
                    "SUMMARY:primary: "
                        + "wu\nEND:VEVENT\nBEGIN:VEVENT\nUID:a\nDTSTART:20250502T070000\nRECURRENCE-ID:20250503T070000"
                ),
                12
            ),
            Imported("event-rule", "roster/a.ics", Event("SUMMARY:primary: wu\nRRULE:FREQ=NEVER;COUNT=2"), 8),
            Imported(
                "event-unsynchronised",
                "roster/a.ics",
                Event("SUMMARY:primary: wu\nRRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=2"),
                8
            ),
            Imported(
                "event-day",
                "roster/a.ics",
                "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20250501\nRRULE:FREQ=DAILY;UNTIL=20250502T235959Z\n"
                    + "END:VEVENT\nEND:VCALENDAR\n",
                4
            ),
            Imported(
                "event-excludes-nothing",
                "roster/a.ics",
                Event("SUMMARY:primary: wu\nRRULE:FREQ=WEEKLY;COUNT=2\nEXDATE:20250502"),
                9
            ),
            Imported("event-nothing", "roster/a.ics", Event("SUMMARY:primary: wu\nEXDATE:20250501"), 3),
            Imported("ambiguous-role", "roster/a.ics", Event("SUMMARY:值班 SRE: wu"), 3),
            Imported(
                "ambiguous-role",
                "roster/a.csv",
                "role,person,from,to\n值班 SRE,wu,2025-05-01 07:00,2025-05-01 19:00\n",
                2
            ),
            new(
                "ambiguous-person",
                "roster/a.csv",
                copy =>
                {
                    copy.Replace("people.yaml", "login: wu,", "login: tong,");
                    copy.Replace("people.yaml", "login: chen,", "login: Tong,");
                    copy.Write("roster/a.csv", "role,person,from,to\nprimary,tong,2025-05-01 07:00,2025-05-01 19:00\n");
                    return 2;
                }
            ),
            Wrong.By("duplicate-name", "people.yaml", "id: wu, name: 吴桐", "id: wu, name: 林 晓"),
            Wrong.By("duplicate-name", "people.yaml", "id: wu, name: 吴桐", "id: wu, name: Lin"),
            Wrong.By("duplicate-name", "people.yaml", "id: olga, name: Olga Novak", "id: olga, name: ＷＵ"),
            Wrong.By("empty-value", "people.yaml", "slack: UWU000000", "slack: null"),
            Wrong.By("empty-value", "people.yaml", "slack: UWU000000", "slack: ~"),
            Wrong.By("empty-value", "people.yaml", "name: 吴桐", "name: NULL"),
            Wrong.By("text-expected", "roster.yaml", "dba: [dong]", "dba: [dong, null]"),
            Imported(
                "csv-separator",
                "roster/a.csv",
                "role;person;from;to\nprimary;wu;2025-05-01 07:00;2025-05-01 19:00\n",
                1
            ),
            Imported(
                "csv-separator",
                "roster/a.csv",
                "sep=,\nrole,person,from,to\nprimary,wu,2025-05-01 07:00,2025-05-01 19:00\n",
                1
            ),
            Imported(
                "csv-separator",
                "roster/a.csv",
                "role\tperson\tfrom\tto\nprimary\twu\t2025-05-01 07:00\t2025-05-01 19:00\n",
                1
            ),
            Imported(
                "csv-column-twice",
                "roster/a.csv",
                "role,person,from,to,to\nprimary,wu,2025-05-01 07:00,2025-05-01 19:00,2025-05-02 07:00\n",
                1
            ),
            Imported(
                "csv-column-twice",
                "roster/a.csv",
                "role,person,from,to,Person\nprimary,wu,2025-05-01 07:00,2025-05-01 19:00,chen\n",
                1
            ),
            Imported(
                "csv-column-twice",
                "roster/a.csv",
                "role,person,from,to,reason,reason\nprimary,wu,2025-05-01 07:00,2025-05-01 19:00,a,b\n",
                1
            ),
            Imported(
                "csv-time",
                "roster/a.csv",
                "role,person,from,to\nprimary,wu,18/04/2025 19:00,2025-05-01 19:00\n",
                2
            ),
            Imported("csv-time", "roster/a.csv", "role,person,from,to\nprimary,wu,2025-05-01 07:00,45778.79\n", 2),
            Imported("csv-time", "roster/a.csv", "role,person,from,to\nprimary,wu,2025-05-01,2025-05-02\n", 2),
            Imported(
                "csv-time",
                "roster/a.csv",
                "role,person,from,to\nprimary,wu,2025/4/18 7:00 PM,2025-05-02 07:00\n",
                2
            ),
            Imported(
                "csv-time",
                "roster/a.csv",
                "role,person,from,to\nprimary,wu,05/01/2025 07:00,2025-05-01 19:00\n",
                2
            ),
            Imported("event-summary", "roster/a.ics", Event("SUMMARY:wu is on call"), 3),
            Imported("unknown-role", "roster/a.ics", Event("SUMMARY:chief: wu"), 3),
            Imported("event-endless", "roster/a.ics", Event("SUMMARY:primary: wu\nRRULE:FREQ=WEEKLY"), 3),
            Wrong.Seen(
                "patrol-without-time",
                "patrols.yaml",
                "- id: doubao",
                "patrols.yaml",
                "at: [\"10:00\"]",
                "every: 48h"
            ),
            Wrong.Seen(
                "patrol-without-time",
                "patrols.yaml",
                "- id: doubao",
                "patrols.yaml",
                "at: [\"10:00\"]",
                "at: [\"10:00\"]\n    after_release: 5m"
            ),
            Wrong.Seen(
                "patrol-without-time",
                "patrols.yaml",
                "- id: release",
                "patrols.yaml",
                "after_release: 5m",
                "after_release: 30s"
            ),
            Wrong.Seen(
                "patrol-looks-at-nothing",
                "patrols.yaml",
                "- id: release",
                "patrols.yaml",
                "after_release: 5m",
                "after_release: 5m\n    by_person: true"
            ),
            Wrong.Seen(
                "patrol-looks-at-nothing",
                "patrols.yaml",
                "- id: backup",
                "patrols.yaml",
                "by_person: true",
                "by_person: false"
            ),
        ];

    private static Wrong Imported(string code, string file, string text, int line) =>
        new(
            code,
            file,
            copy =>
            {
                copy.Write(file, text);
                return line;
            }
        );

    private static string Zoned(string zone) =>
        $"BEGIN:VCALENDAR\n{zone}\nBEGIN:VEVENT\nUID:a\nSUMMARY:primary: "
        + $"wu\nDTSTART;TZID=Z:20250501T070000\nDURATION:PT12H\nEND:VEVENT\nEND:VCALENDAR\n";

    private static string Event(string lines) =>
        $"BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:a\nDTSTART;TZID=Asia/Shanghai:20250501T070000\n"
        + $"DTEND;TZID=Asia/Shanghai:20250501T190000\n{lines}\nEND:VEVENT\nEND:VCALENDAR\n";

    private static Wrong[] Procedures() =>
        [
            Wrong.By("id-not-file-name", Rollback, "id: rollback", "id: roll-back"),
            Wrong.By("break-glass-adds-risk", Rollback, "mitigation: true", "mitigation: false", 2),
            Wrong.By("parameter-built-in", Rollback, "{ name: reason,", "{ name: run,"),
            Wrong.By(
                "parameter-without-default",
                Rollback,
                "{ name: reason, type: text, required: true,",
                "{ name: reason, type: text,"
            ),
            Wrong.By(
                "effect-after-verify",
                Rollback,
                "    kind: http.check\n    phase: verify",
                "    kind: http.check",
                -1
            ),
            new(
                "effects-not-verified",
                "procedures/bare.yaml",
                c =>
                {
                    c.Write("procedures/bare.yaml", Bare);
                    return 9;
                }
            ),
            new(
                "unknown-role",
                "procedures/bare.yaml",
                c =>
                {
                    c.Write(
                        "procedures/bare.yaml",
                        Bare
                            + "  - { id: call, kind: page, title: { zh: 叫人, en: Call }, with: { role: sre, template: "
                            + "page-failed }, deadline: 10s }\n"
                    );
                    return 14;
                }
            ),
            Wrong.By("not-for-this-kind", Rollback, "deadline: 10m", "deadline: 10m\n    not_later_than: 10m", 1),
            Wrong.By("not-for-this-kind", "ladder.yaml", "rollback: full", "rollback: full\n    back_to: REL-B0", 1),
            Wrong.By("reverts-nothing", Rollback, "mitigation: true", "changes: reverts"),
            Wrong.By("missing-argument", Rollback, "with: { template: rollback-first }", "with: {}"),
            Wrong.By("command-read-only", Rollback, "command: rollback_stage,", "command: rollback_stage.log,"),
            Wrong.By(
                "command-parameter-unknown",
                Rollback,
                "params: [\"batch={batch}\"]",
                "params: [\"batch={batch}\", \"force=yes\"]"
            ),
            Wrong.By(
                "command-parameter-missing",
                Rollback,
                "command: rollback_stage, params: [\"batch={batch}\"]",
                "command: rollback_stage"
            ),
            Wrong.By(
                "statement-parameter-unknown",
                Rollback,
                "\"left_out={left_out}\"]",
                "\"left_out={left_out}\", \"x=y\"]"
            ),
            Wrong.Seen(
                "statement-parameter-missing",
                Rollback,
                "statement: record-rollback",
                Rollback,
                ", \"reason={reason}\"",
                ""
            ),
        ];
}
