using System.Text.RegularExpressions;
using Glancy.Sandbox.Bastion;

namespace Glancy.Bot.Tests.Lints;

/// <summary>
/// Each table of the bot's database is written by one class, in the room that owns it. This list says by which.
/// </summary>
public sealed partial class TableTests
{
    private static readonly SortedDictionary<string, string> Owners = new(StringComparer.Ordinal)
    {
        ["ack_link"] = "Incidents/Outcalls/AckLinks",
        ["alert"] = "Alerts/AlertRows",
        ["alert_group"] = "Alerts/AlertRows",
        ["alert_silence"] = "Alerts/AlertRows",
        ["alert_source"] = "Alerts/AlertCensus",
        ["alert_storm"] = "Alerts/AlertInbox",
        ["audit_words"] = "Kernel/Audit/AuditWords",
        ["break_glass"] = "BreakGlass/BreakGlassRows",
        ["confirmation"] = "Procedures/RunStore",
        ["duty"] = "Kernel/Database/LeaderClaims",
        ["duty_seen"] = "Roster/DutyWatch",
        ["episode"] = "Hooks/Episodes/EpisodeStore",
        ["escalation"] = "Incidents/EscalationRows",
        ["follow_up"] = "Handovers/FollowUpDesk",
        ["freeze"] = "Releases/FreezeStore",
        ["handover"] = "Handovers/HandoverStore",
        ["hook_snapshot"] = "Hooks/HookSnapshots",
        ["incident"] = "Incidents/IncidentRows",
        ["incident_event"] = "Incidents/IncidentEvents",
        ["lease"] = "Leases/LeaseStore",
        ["lease_card"] = "Leases/LeaseReminders",
        ["life"] = "Lives/LifeStore",
        ["lock_key"] = "Procedures/RunStore",
        ["notice"] = "Notices/NoticeBoard",
        ["outcall"] = "Incidents/Outcalls/OutcallRows",
        ["patrol_run"] = "Patrols/PatrolStore",
        ["roster_hearing"] = "Roster/Sources/RosterTurns",
        ["roster_override"] = "Roster/RosterOverrides",
        ["roster_swap"] = "Roster/SwapStore",
        ["roster_turn"] = "Roster/Sources/RosterTurns",
        ["run"] = "Procedures/RunStore",
        ["run_event"] = "Procedures/RunStore",
        ["run_step"] = "Procedures/RunStore",
        ["runbook_active"] = "Runbook/Versions/VersionStore",
        ["runbook_replica"] = "Runbook/Versions/VersionStore",
        ["runbook_version"] = "Runbook/Versions/VersionStore",
        ["slack_chart"] = "Slack/Charts/SlackCharts",
        ["slack_home"] = "Slack/Home/OpenedHomes",
        ["slack_inbox"] = "Slack/Inbox/SlackJournal",
        ["slack_member"] = "Slack/Inbox/SlackUserProfiles",
        ["slack_post"] = "Slack/Outbox/SlackPosts",
        ["slack_refused"] = "Slack/Outbox/SlackRefusedKinds",
        ["world_clock"] = "Kernel/Time/ClockStore",
    };

    [Fact]
    public void Each_table_is_written_by_its_owner_alone()
    {
        var source = Path.Combine(RepositoryRoot.Find(), "src");
        var writers = Directory
            .GetFiles(source, "*.cs", SearchOption.AllDirectories)
            .Where(file =>
                !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal)
            )
            .SelectMany(file => Writes(Path.GetRelativePath(source, file), File.ReadAllText(file)))
            .Distinct()
            .Order(StringComparer.Ordinal);

        Assert.Equal(Owners.Select(o => $"{o.Key} by {o.Value}"), writers);
    }

    [Fact]
    public void Every_table_of_the_schema_has_an_owner()
    {
        var scripts = Directory
            .GetFiles(Path.Combine(RepositoryRoot.Find(), "src/Glancy.Ops/Kernel/Database/Migrations"), "*.sql")
            .Select(File.ReadAllText);
        var made = scripts
            .SelectMany(s => Making().Matches(s).Select(m => m.Groups["table"].Value))
            .Order(StringComparer.Ordinal);

        // The trail is written by the database's own function alone.
        Assert.Equal(made.Except(["audit", "audit_late"]), Owners.Keys);
    }

    [Theory]
    [InlineData("class A { string S = \"insert into glancy.run (id) values (1)\"; }", "run by A/A")]
    [InlineData(
        "class A { string S = \"with x as (delete from glancy.run) update  glancy.lease as l set a = 1\"; }",
        "lease by A/A, run by A/A"
    )]
    [InlineData("class A { ClaimTable Q = new(\"run\", \"glancy.run\", \"id\", \"bigint\"); }", "run by A/A")]
    [InlineData("class A { string S = \"select 1 from glancy.run for update\"; }", "")]
    [InlineData("record R(int I);\nclass A { string S = \"update glancy.run set a = 1\"; }\nrecord L;", "run by A/A")]
    public void What_a_source_writes_is_found(string text, string expected) =>
        Assert.Equal(expected, string.Join(", ", Writes("A/A.cs", text).Distinct().Order(StringComparer.Ordinal)));

    // A file of a partial class writes for the class; a claim writes to its table as well.
    private static IEnumerable<string> Writes(string file, string text)
    {
        foreach (Match write in Writing().Matches(text))
        {
            var owner = Declaring().Matches(text[..write.Index]).LastOrDefault()?.Groups["name"].Value ?? "";
            var room = (Path.GetDirectoryName(file) ?? "")
                .Replace("Glancy.Ops/", "", StringComparison.Ordinal)
                .Replace("Glancy.Bot/", "", StringComparison.Ordinal);
            yield return $"{write.Groups["table"].Value} by {room}/{owner}";
        }
    }

    [GeneratedRegex(
        @"(?:insert\s+into|update|delete\s+from)\s+glancy\.(?<table>\w+)|new\(""[a-z]+"",\s+""glancy\.(?<table>\w+)"""
    )]
    private static partial Regex Writing();

    [GeneratedRegex(@"\b(?:class|record|struct)\s+(?<name>\w+)")]
    private static partial Regex Declaring();

    [GeneratedRegex(@"create table (?:if not exists )?glancy\.(?<table>\w+)")]
    private static partial Regex Making();
}
