using Glancy.Bot.Commands.Alerts;
using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Masking;
using Glancy.Bot.Commands.Notices;
using Glancy.Bot.Commands.Slack;
using Glancy.Bot.Commands.Tests.Masking;
using Glancy.Ops.Alerts;
using Glancy.Ops.Hooks;
using Glancy.Runbook.Alerts;
using Glancy.Runbook.Hooks;

namespace Glancy.Bot.Commands.Tests.Alerts;

public class AlertViewTests
{
    private static readonly DateTimeOffset Since = World.Now.AddMinutes(-9);

    private static readonly CheckReading[] Bad =
    [
        new(CheckReading.Detect, "depth", 2415, Light.Red, null, 0, 0),
        new(CheckReading.Detect, "age", 388.5, Light.Red, null, 0, 0),
        new(CheckReading.Detect, "receipt", null, Light.Unknown, UnknownReason.Unreachable, 0, 0),
        new(CheckReading.Verify, "depth", 2415, Light.Red, null, 0, 1),
        new(CheckReading.Verify, "age", 58, Light.Green, null, 1, 1),
        new(CheckReading.Verify, "receipt", null, Light.Unknown, UnknownReason.Unreachable, 0, 1),
    ];

    private static AlertSop Sop(string id) => RunbookOnDisk.Content.Alerts.Sops.Single(s => s.Id == id);

    private static AlertGroup Group(string alertname, int firing, int over = 0, params CheckReading[] readings) =>
        new()
        {
            Id = 3,
            Receiver = "glancy",
            GroupLabels = Labels(alertname),
            CommonLabels = Labels(alertname),
            Truncated = 0,
            OpenedAt = Since,
            ResolvedAt = firing == 0 ? World.Now : null,
            Card = AlertCard.Own,
            StormId = null,
            Readings = readings,
            ReadAt = readings.Length == 0 ? null : World.Now,
            VerifiedAt = null,
            Firing = firing,
            Resolved = over,
        };

    private static Dictionary<string, string> Labels(string alertname) => new() { ["alertname"] = alertname };

    private static AlertRow[] Alerts(
        int count,
        string alertname = "ExportQueueHigh",
        string summary = "队列 2415 条"
    ) =>
        [
            .. Enumerable
                .Range(1, count)
                .Select(i => new AlertRow(
                    $"f{i}",
                    true,
                    Since,
                    null,
                    new Dictionary<string, string> { ["alertname"] = alertname, ["pod"] = $"export-worker-{i}" },
                    new Dictionary<string, string> { ["summary"] = summary }
                )),
        ];

    [Fact]
    public void Firing_with_its_columns_read() =>
        Golden.Check(
            "firing",
            words =>
                AlertView.Page(
                    new AlertDetails(Group("ExportQueueHigh", 7, 0, Bad), Alerts(5), Sop("exports"), null),
                    5,
                    RunbookOnDisk.In(words)
                ),
            slack: true
        );

    [Fact]
    public void Just_heard_of() =>
        Golden.Check(
            "fresh",
            words =>
                AlertView.Page(
                    new AlertDetails(Group("ExportQueueHigh", 1), Alerts(1), Sop("exports"), null),
                    5,
                    RunbookOnDisk.In(words)
                )
        );

    [Fact]
    public void Part_of_a_storm() =>
        Golden.Check(
            "in-storm",
            words =>
                AlertView.Page(
                    new AlertDetails(
                        Group("CostBurnHigh", 1) with
                        {
                            Card = AlertCard.Storm,
                            StormId = 1,
                        },
                        Alerts(1, "CostBurnHigh"),
                        Sop("cost"),
                        null
                    ),
                    5,
                    RunbookOnDisk.In(words)
                )
        );

    [Fact]
    public void Over_with_a_window_to_go_and_silenced() =>
        Golden.Check(
            "over",
            words =>
                AlertView.Page(
                    new AlertDetails(
                        Group(
                            "CostBurnHigh",
                            0,
                            2,
                            new CheckReading(CheckReading.Detect, "burn", 0.7, Light.Green, null, 0, 0),
                            new CheckReading(CheckReading.Verify, "burn", 0.7, Light.Green, null, 2, 3)
                        ),
                        [.. Alerts(2, "CostBurnHigh").Select(a => a with { Firing = false, EndsAt = World.Now })],
                        Sop("cost"),
                        new AlertSilence
                        {
                            Id = 1,
                            GroupId = 3,
                            Token = Guid.Empty,
                            SilenceId = "s",
                            State = SilenceState.Stands,
                            AskedAt = World.Now,
                            EndsAt = World.Now.AddHours(2),
                            Reason = "已知，修复中",
                            Person = "lin",
                        }
                    ),
                    5,
                    RunbookOnDisk.In(words)
                )
        );

    [Fact]
    public void Verified() =>
        Golden.Check(
            "verified",
            words =>
                AlertView.Page(
                    new AlertDetails(
                        Group(
                            "CostBurnHigh",
                            0,
                            1,
                            new CheckReading(CheckReading.Verify, "burn", 0.7, Light.Green, null, 3, 3)
                        ) with
                        {
                            VerifiedAt = World.Now,
                        },
                        Alerts(1, "CostBurnHigh"),
                        Sop("cost"),
                        null
                    ),
                    5,
                    RunbookOnDisk.In(words)
                )
        );

    [Fact]
    public void Without_an_SOP_from_a_hostile_house() =>
        Golden.Check(
            "no-sop",
            words =>
                AlertView.Page(
                    new AlertDetails(
                        Group("Disk\"full <!channel>", 1) with
                        {
                            Truncated = 40,
                        },
                        Alerts(1, "Disk\"full <!channel>", "see *all*\n<https://evil.example|here> mail a@example.com"),
                        null,
                        new AlertSilence
                        {
                            Id = 1,
                            GroupId = 3,
                            Token = Guid.Empty,
                            SilenceId = null,
                            State = SilenceState.Asked,
                            AskedAt = World.Now,
                            EndsAt = World.Now.AddHours(2),
                            Reason = "x",
                            Person = "lin",
                        }
                    ),
                    5,
                    RunbookOnDisk.In(words)
                ),
            slack: true
        );

    [Fact]
    public void On_a_narrow_terminal() =>
        Golden.Check(
            "firing-60",
            words =>
                AlertView.Page(
                    new AlertDetails(Group("ExportQueueHigh", 7, 0, Bad), Alerts(2), Sop("exports"), null),
                    5,
                    RunbookOnDisk.In(words)
                ),
            width: 60
        );

    [Fact]
    public void In_a_list() =>
        Golden.Check(
            "list",
            words =>
                AlertListView.Page(
                    [
                        Group("ExportQueueHigh", 7),
                        Group("PodDown", 0, 3) with
                        {
                            Id = 2,
                            Card = AlertCard.Storm,
                            StormId = 1,
                        },
                    ],
                    more: true,
                    all: true,
                    RunbookOnDisk.In(words)
                )
        );

    [Fact]
    public void None() =>
        Golden.Check("list-none", words => AlertListView.Page([], false, false, RunbookOnDisk.In(words)));

    [Fact]
    public void A_storm() =>
        Golden.Check(
            "storm",
            words =>
                StormCardShown.Page(
                    new AlertStorm(
                        1,
                        World.Now,
                        [new StormCount("PodDown", 300, 290, 310), new StormCount("", 194, 0, 194)]
                    ),
                    words
                ),
            slack: true
        );

    [Fact]
    public void What_an_alert_says_is_masked_in_the_channel_and_calls_nobody()
    {
        var page = AlertView.Page(
            new AlertDetails(
                Group("PodDown", 1),
                Alerts(1, "PodDown", "mail mei.private@qq.com <!channel>"),
                null,
                null
            ),
            5,
            RunbookOnDisk.In(Golden.En)
        );
        var shown = SlackNotice.Card(
            new NoticeCard(page, []),
            null,
            RunbookOnDisk.In(Golden.En),
            new PageMask(Unrecorded.Revealing().Masker(), new HashSet<string>())
        );
        var json = System.Text.Json.JsonSerializer.Serialize(shown.Blocks, Glancy.Slack.SlackJson.Options);

        Assert.DoesNotContain("mei.private@qq.com", json, StringComparison.Ordinal);
        Assert.DoesNotContain("<!channel>", json, StringComparison.Ordinal);
    }

    /// <summary>Every line of an SOP that the bot is to do is understood once its blanks are filled in.</summary>
    [Fact]
    public void Every_command_of_an_SOP_is_one()
    {
        var grammar = Golden.Grammar;
        var lines = RunbookOnDisk
            .Content.Alerts.Sops.SelectMany(s => s.Act)
            .Select(a => a.Glancy)
            .OfType<string>()
            .ToList();

        Assert.NotEmpty(lines);
        Assert.All(
            lines,
            line =>
                Assert.IsType<Reading.Understood>(
                    grammar.ReadLine(line.Replace("...", "why", StringComparison.Ordinal))
                )
        );
    }

    [Fact]
    public void All_seven_rows_of_the_table_are_there() => Assert.Equal(7, RunbookOnDisk.Content.Alerts.Sops.Count);

    [Theory]
    [InlineData("alert silence a3 --for 2H --reason \"known\"", "A-3", "2h")]
    [InlineData("告警 静默 A-3 --时长 90m --原因 known", "A-3", "90m")]
    public void A_silence_is_understood_in_both_languages(string line, string alert, string span)
    {
        var read = Assert.IsType<Reading.Understood>(Golden.Grammar.ReadLine(line));
        Assert.Equal((alert, span), (read.Values["alert"], read.Values["for"]));
    }

    [Theory]
    [InlineData("<x>")]
    [InlineData("disk of <host> is full")]
    [InlineData("a ... b <pod-name>")]
    [InlineData("--for <x>")]
    [InlineData("<!channel> *bold* `code`")]
    [InlineData("告警 <x> ！")]
    public void Every_button_works_whatever_the_alert_is_called(string name)
    {
        var page = AlertView.Page(
            new AlertDetails(Group(name, 1), Alerts(1, name), null, null),
            5,
            RunbookOnDisk.In(Golden.En)
        );
        var commands = page
            .Blocks.OfType<Glancy.Bot.Commands.Pages.Block.Actions>()
            .Single()
            .Items.Select(a => a.Command)
            .ToList();
        var grammar = Golden.Grammar;

        // It asks for what is missing, or is whole and understood.
        Assert.Equal(["glancy alert silence A-3 --for 2h --reason ..."], commands.Where(CommandForm.HasBlanks));
        Assert.All(
            commands.Where(CommandForm.HasBlanks),
            command => Assert.NotNull(CommandForm.View(new AskedForm(command, null, null), Golden.Book, Golden.En))
        );
        Assert.All(
            commands.Where(c => !CommandForm.HasBlanks(c)),
            command => Assert.IsType<Reading.Understood>(grammar.ReadLine(command["glancy ".Length..]))
        );
    }

    [Fact]
    public void Of_what_it_is_not_known_whether_it_fires_that_is_said() =>
        Golden.Check(
            "not-known",
            words =>
                AlertView.Page(
                    new AlertDetails(
                        Group("PodDown", 2, 1) with
                        {
                            UnknownSince = Since,
                        },
                        [
                            Alerts(1, "PodDown")[0],
                            Alerts(2, "PodDown")[1] with
                            {
                                UnknownSince = Since,
                                StartsAt = AlertFact.Undated,
                            },
                        ],
                        null,
                        null
                    ),
                    5,
                    RunbookOnDisk.In(words)
                ),
            slack: true
        );

    [Fact]
    public void An_incident_from_a_card_is_understood_whatever_the_alert_is_called()
    {
        var page = AlertView.Page(
            new AlertDetails(Group("x\" --as \"root\\ ... 」“", 1), [], null, null),
            5,
            RunbookOnDisk.In(Golden.En)
        );
        var command = page.Blocks.OfType<Glancy.Bot.Commands.Pages.Block.Actions>().Single().Items[0].Command;
        var read = Assert.IsType<Reading.Understood>(Golden.Grammar.ReadLine(command["glancy ".Length..]));

        Assert.False(CommandForm.HasBlanks(command));
        Assert.Null(read.OutputOptions.As);
    }
}
