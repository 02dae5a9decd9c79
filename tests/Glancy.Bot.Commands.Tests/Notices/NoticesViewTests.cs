using Glancy.Bot.Commands.Notices;
using Glancy.Ops.Notices;
using Glancy.Ops.Procedures;
using Glancy.Ops.Watching;

namespace Glancy.Bot.Commands.Tests.Notices;

public class NoticesViewTests
{
    private static readonly Dictionary<string, string> Everything = new()
    {
        ["run"] = "R-17",
        ["state"] = "Draft",
        ["title_zh"] = "回滚 REL-B3（全量）",
        ["title_en"] = "Roll back REL-B3 (full)",
        ["code"] = "3f2a9c",
        ["hook"] = "HK-03",
        ["value"] = "1.31×",
        ["limit"] = ">= 1.2×",
        ["person"] = "mei",
        ["reason"] = "燃率\n过高",
        ["minutes"] = "21",
        ["batch"] = "REL-B3",
        ["confirmed_at"] = "2025-04-18T01:33:05.0000000+00:00",
        ["step"] = "execute",
        ["step_title_zh"] = "切回旧版本",
        ["step_title_en"] = "Switch back to the old version",
        ["left_out"] = "execute",
        ["head"] = "50",
        ["detail"] = "rollback_stage 1",
        ["attempt"] = "1",
        ["override"] = "O-3",
        ["given"] = "wu",
        ["from_at"] = "2025-04-18T01:33:05.0000000+00:00",
        ["until_at"] = "2025-04-18T11:00:00.0000000+00:00",
        ["last"] = "traffic: green 0%, blue 100%",
        ["section"] = "5.2",
        ["by"] = "",
        ["name"] = "Somebody <!channel>",
        ["incident"] = "INC-2025-0418-01",
        ["severity"] = "Sev-1",
        ["role"] = "primary",
        ["waived"] = "second-person, role",
        ["to_roles"] = "release-manager,primary",
        ["to"] = "mei,han,lin",
        ["runs"] = "R-17",
        ["note"] = "处置得当",
        ["lease"] = "L-2",
        ["target"] = "flag/glancy.lookup.force_basic",
        ["flag"] = "glancy.lookup.force_basic",
        ["says"] = "flag/glancy.lookup.force_basic=true",
        ["weight"] = "5",
        ["way"] = "one-rung",
        ["replicas"] = "a: 1c02d4, b: 98ae77",
        ["active"] = "1c02d4",
        ["text"] = "runbook.zh.md",
        ["known"] = "55f0aa",
        ["hash"] = "77b1cc",
        ["swap"] = "S-1",
        ["count"] = "2",
        ["due_at"] = "2025-04-18T02:30:00.0000000+00:00",
        ["near"] = "HK-01, HK-03",
        ["boundary_at"] = "2025-04-18T11:00:00.0000000+00:00",
        ["left"] = "2",
        ["item"] = "F-3",
        ["words"] = "23:00 重新开放再生成",
        ["link"] = "",
        ["left_items"] = "INC-2025-0418-01,L-5,freeze,F-1",
        ["before_persons"] = "lin",
        ["after_persons"] = "wu",
        ["since_at"] = "2025-04-18T01:00:00.0000000+00:00",
        ["leases"] = "L-1, L-5",
        ["although"] =
            "incident-never-acknowledged INC-2025-0418-01, incident-alert-fires A-3, incident-hook-red HK-03, "
            + "incident-follow-up-open F-1",
        ["anyway"] = "告警还没收到恢复",
        ["alert"] = "A-3",
        ["firing"] = "4",
        ["over"] = "1",
        ["groups"] = "480",
        ["before"] = "Sev-2",
        ["service"] = "sms",
        ["trouble"] = "http-503",
        ["source"] = "PagerDuty PABC123",
        ["account"] = "PZ4ZZZZ",
    };

    // The same words mean something else there.
    private static readonly Dictionary<string, Dictionary<string, string>> Own = new()
    {
        ["one-rung-first"] = new() { ["to"] = "REL-B2" },
        ["one-rung-verified"] = new() { ["to"] = "REL-B2" },
        ["card-leases"] = new() { ["count"] = "5" },
        ["leases-stand"] = new() { ["count"] = "5" },
        ["duty-changed"] = new() { ["role"] = "primary" },
        ["duty-changed-back"] = new() { ["role"] = "primary" },
        ["incident-closed-anyway"] = new() { ["reason"] = "导出恢复了" },
        ["follow-up-added"] = new() { ["link"] = "https://glancy.slack.com/archives/C1/p1" },
        ["switch-reverted"] = new() { ["value"] = "false" },
        ["incident-not-reached"] = new() { ["to"] = "lin" },
        ["incident-pinned-by"] = new() { ["by"] = "wu" },
        ["direct-incident"] = new() { ["to"] = "lin" },
        ["page-alone"] = new()
        {
            ["since_at"] = "2025-04-18T01:30:05.0000000+00:00",
            ["light"] = "Unknown",
            ["alone"] = new NobodysReason("R-17", RunState.Aborted, "mei", Dismissed: true, null).ToFact(),
        },
        ["loosened"] = new() { ["detail"] = "hooks/HK-03/burn/red: >= 1.2x -> >= 1.3x" },
    };

    private static Dictionary<string, string> Facts(string template) =>
        Own.GetValueOrDefault(template, []).Concat(Everything).DistinctBy(f => f.Key).ToDictionary();

    [Fact]
    public void Every_template_in_words() =>
        Golden.Check(
            "all",
            words =>
                NoticesView.Page(
                    [
                        .. words
                            .Keys.Where(k => k.StartsWith("notice.", StringComparison.Ordinal))
                            .Order(StringComparer.Ordinal)
                            .Select(
                                (k, i) =>
                                    new Notice
                                    {
                                        Id = i + 1,
                                        Key = "k" + i,
                                        Kind =
                                            k.Contains("card", StringComparison.Ordinal) ? "card"
                                            : k.Contains("page", StringComparison.Ordinal) ? "page"
                                            : k.Contains("direct", StringComparison.Ordinal) ? "direct"
                                            : "post",
                                        At = World.Now.AddSeconds(i),
                                        Template = k["notice.".Length..],
                                        Arguments = Facts(k["notice.".Length..]),
                                        RunId = 17,
                                        Revision = i == 0 ? 3 : 1,
                                    }
                            ),
                    ],
                    RunbookOnDisk.In(words)
                ),
            width: 140
        );

    [Fact]
    public void None() => Golden.Check("none", words => NoticesView.Page([], RunbookOnDisk.In(words)));
}
