using Glancy.Runbook.Differences;

namespace Glancy.Runbook.Roster;

/// <summary><c>roster.yaml</c> and <c>roster/</c>: who is on duty when (§1.1, §1.2).</summary>
internal sealed class RosterSection : IRunbookSection
{
    public int Order => 100;

    public IReadOnlyDictionary<string, string> Declares { get; } =
        new Dictionary<string, string> { ["roster.yaml"] = References.Shift };

    public IReadOnlyList<string> Codes { get; } =
    [
        "shift-gap",
        "rotation-gap",
        "rotation-not-by-shift",
        "rotation-person-twice",
        "ends-before-start",
        "trust-too-short",
        "roster-contradiction",
        "bad-csv",
        "csv-separator",
        "csv-column",
        "csv-column-twice",
        "csv-time",
        "calendar-begin",
        "calendar-line",
        "calendar-unclosed",
        "calendar-second",
        "calendar-version",
        "calendar-method",
        "calendar-empty",
        "calendar-too-long",
        "calendar-time",
        "calendar-zone",
        "calendar-zone-broken",
        "calendar-zone-twice",
        "calendar-zone-floating",
        "event-summary",
        "event-start",
        "event-end",
        "event-status",
        "event-field",
        "event-twice",
        "event-no-occurrence",
        "event-rule",
        "event-unsynchronised",
        "event-endless",
        "event-day",
        "event-excludes-nothing",
        "event-nothing",
    ];

    public RunbookContent Read(RunbookReading reading, RunbookContent content) =>
        content with
        {
            Roster = RosterFile.Read(reading, [.. content.Roles.Values], [.. content.People.Values]),
        };

    public void Differ(Changes changes, RunbookContent before, RunbookContent after)
    {
        RosterDiff.Add(changes, before.Roster, after.Roster);
    }
}
