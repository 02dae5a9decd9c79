namespace Glancy.Runbook;

/// <summary>Every code a <see cref="RunbookProblem"/> may carry, so that each can be proven to have words.</summary>
internal static class RunbookCodes
{
    private static readonly string[] OfAnySection =
    [
        // Folder and files.
        "missing-folder",
        "missing-file",
        "unreadable-file",
        "not-utf8",
        "empty-file",
        "unused-file",
        // YAML.
        "yaml-syntax",
        "yaml-broken",
        "yaml-tab",
        "yaml-documents",
        "yaml-alias",
        "yaml-anchor",
        "yaml-tag",
        "yaml-merge",
        "yaml-key",
        "duplicate-key",
        // Fields and values.
        "unknown-field",
        "missing-field",
        "empty-value",
        "text-expected",
        "list-expected",
        "mapping-expected",
        "bad-id",
        "bad-choice",
        "bad-number",
        "bad-duration",
        "duration-zero",
        "bad-threshold",
        "bad-hash",
        "bad-date",
        "bad-time",
        "bad-instant",
        "bad-section",
        "bad-url",
        "bad-phone",
        "bad-pair",
        "bad-change",
        "bad-flag-value",
        "broken-braces",
        "duplicate-id",
        // References.
        "unknown-section",
        "unknown-dashboard",
        "unknown-hook",
        "unknown-measure",
        "unknown-flag",
        "unknown-command",
        "unknown-role",
        "unknown-person",
        "unknown-shift",
        "unknown-batch",
        "unknown-statement",
        "unknown-query",
        "unknown-placeholder",
        "unknown-time-zone",
        "unknown-action",
        "unknown-argument",
        "unknown-parameter",
        "unknown-sop-line",
        "unknown-procedure",
        "unknown-verb",
        "unknown-argument-source",
    ];

    public static IReadOnlyList<string> All { get; } =
    [.. OfAnySection, .. RunbookSections.All.SelectMany(section => section.Codes).Distinct(StringComparer.Ordinal)];
}
