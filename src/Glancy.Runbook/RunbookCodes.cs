namespace Glancy.Runbook;

/// <summary>Every code a <see cref="RunbookProblem"/> may carry, so that each can be proven to have words.</summary>
public static class RunbookCodes
{
    public static IReadOnlyList<string> All { get; } =
    [
        // Folder and files.
        "missing-folder", "missing-file", "unreadable-file", "not-utf8", "empty-file", "unused-file",

        // YAML.
        "yaml-syntax", "yaml-broken", "yaml-tab", "yaml-documents", "yaml-alias", "yaml-anchor", "yaml-tag", "yaml-merge", "yaml-key", "duplicate-key",

        // Fields and values.
        "unknown-field", "missing-field", "empty-value", "text-expected", "list-expected", "mapping-expected",
        "bad-id", "bad-choice", "bad-number", "bad-duration", "duration-zero", "bad-threshold", "bad-hash", "bad-date", "bad-time",
        "bad-instant", "bad-section", "bad-url", "bad-phone", "bad-pair", "bad-change", "bad-flag-value", "broken-braces", "duplicate-id",

        // References.
        "unknown-section", "unknown-dashboard", "unknown-hook", "unknown-measure", "unknown-flag", "unknown-command", "unknown-role",
        "unknown-person", "unknown-shift", "unknown-batch", "unknown-statement", "unknown-query", "unknown-placeholder", "unknown-time-zone",
        "unknown-action", "unknown-argument", "unknown-parameter", "unknown-sop-line", "unknown-procedure", "unknown-verb", "unknown-argument-source",

        // SOPs.
        "sop-procedure-asks", "sop-procedure-without-command",

        // Limits.
        "unit-mismatch", "yellow-beyond-red", "red-beyond-urgent", "recovered-beyond-red", "recovered-beyond-yellow",
        "segment-not-in-query", "limit-names-the-bad-side", "gate-looser-than-green", "gate-kind", "weight-not-rising",

        // Promises and budget.
        "unknown-objective", "window-not-in-query", "objective-without-budget", "now-not-in-statement",

        // Masking.
        "bad-pattern", "pattern-matches-nothing", "sample-not-masked", "sample-not-kept",

        // Commands.
        "read-only-changes", "bastion-command-missing", "bastion-effect-differs", "bastion-parameter-missing",

        // People.
        "role-cycle", "role-without-holder", "standing-by-shift", "shift-gap", "rotation-gap", "rotation-not-by-shift", "rotation-person-twice",
        "ends-before-start", "trust-too-short", "duplicate-name",

        // Rosters of other tools.
        "roster-contradiction", "ambiguous-person", "ambiguous-role", "bad-csv", "csv-separator", "csv-column", "csv-column-twice", "csv-time",
        "calendar-begin", "calendar-line", "calendar-unclosed", "calendar-second", "calendar-version", "calendar-method", "calendar-empty", "calendar-too-long", "calendar-time",
        "calendar-zone", "calendar-zone-broken", "calendar-zone-twice", "calendar-zone-floating",
        "event-summary", "event-start", "event-end", "event-status", "event-field", "event-twice", "event-no-occurrence",
        "event-rule", "event-unsynchronised", "event-endless", "event-day", "event-excludes-nothing", "event-nothing",

        // Permissions.
        "missing-permission", "unknown-permission",

        // Patrols.
        "patrol-without-time", "patrol-looks-at-nothing",

        // Escalation.
        "severity-without-clock", "sev3-rings", "at-most-below-first",

        // What people say.
        "bad-verb", "verb-taken", "verb-without-reason",

        // Procedures.
        "id-not-file-name", "break-glass-adds-risk", "parameter-built-in", "parameter-without-default", "effect-after-verify", "effects-not-verified", "not-for-this-kind", "missing-argument", "reverts-nothing",
        "command-read-only", "command-parameter-unknown", "command-parameter-missing", "statement-parameter-unknown", "statement-parameter-missing",
    ];
}
