using Dapper;
using Glancy.Ops.Alerts;
using Glancy.Ops.Kernel.Audit;
using Glancy.Ops.Tests.Procedures;
using Glancy.Sandbox.Postgres;
using Npgsql;
using static Glancy.Ops.Tests.Alerts.AlertHouse;

namespace Glancy.Ops.Tests.Alerts;

/// <summary>Silences: who may, what Alertmanager gets to hear, and what is claimed when it does not answer.</summary>
public sealed class AlertDeskTests(PostgresFixture postgres)
{
    private static readonly TimeSpan TwoHours = TimeSpan.FromHours(2);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_silence_matches_the_groups_labels_and_says_who_and_why()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var group = await house.HearAsync(Told("k", Fires("a")), Token);
        Assert.IsType<AlertOutcome.Accepted>(await SilenceAsync(house, group));

        var made = Assert.Single(house.Alertmanager.Silences).Value;
        var matcher = Assert.Single(made.GetProperty("matchers").EnumerateArray());
        Assert.Equal(
            ("alertname", "CostBurnHigh", false, true),
            (
                matcher.GetProperty("name").GetString(),
                matcher.GetProperty("value").GetString(),
                matcher.GetProperty("isRegex").GetBoolean(),
                matcher.GetProperty("isEqual").GetBoolean()
            )
        );
        Assert.Equal(
            TwoHours,
            made.GetProperty("endsAt").GetDateTimeOffset() - made.GetProperty("startsAt").GetDateTimeOffset()
        );
        Assert.Contains("lin: known", made.GetProperty("comment").GetString(), StringComparison.Ordinal);
        var stands = Assert.IsType<AlertSilence>(await house.Get<AlertStore>().SilenceAsync(group.Id, Token));
        Assert.Equal((SilenceState.Stands, house.Now + TwoHours), (stands.State, stands.EndsAt));
        Assert.Equal(
            ["alert-silence-stands", "alert-silence"],
            (await house.Get<AuditLog>().SearchAsync(new AuditQuery(Actor: "lin"), Token)).Select(e => e.Action)
        );

        Assert.Equal("already-silenced", Code(await SilenceAsync(house, group)));
        house.Advance(TwoHours);
        await house.Get<AlertJob>().GoAsync(Token);
        Assert.Null(await house.Get<AlertStore>().SilenceAsync(group.Id, Token));
    }

    [Fact]
    public async Task Who_may_not_or_asks_for_too_much_changes_nothing()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var group = await house.HearAsync(Told("k", Fires("a")), Token);
        var nameless = await house.HearAsync(
            Told("n", Fires("z")) with
            {
                GroupLabels = new Dictionary<string, string>(),
                CommonLabels = new Dictionary<string, string>(),
            },
            Token
        );

        Assert.Equal("not-on-call", Code(await SilenceAsync(house, group, "gao")));
        Assert.Equal("silence-too-long", Code(await SilenceAsync(house, group, length: TimeSpan.FromHours(25))));
        Assert.Equal("silence-no-labels", Code(await SilenceAsync(house, nameless)));
        Assert.Equal(
            "unknown-alert",
            Code(await house.Get<AlertDesk>().SilenceAsync(house.Person("lin"), 99, TwoHours, "known", Token))
        );
        Assert.Equal(
            "not-silenced",
            Code(await house.Get<AlertDesk>().UnsilenceAsync(house.Person("lin"), group.Id, Token))
        );
        Assert.Equal(0, house.Alertmanager.Made);
    }

    [Fact]
    public async Task An_Alertmanager_that_refuses_or_is_away_is_told_and_nothing_stands()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var group = await house.HearAsync(Told("k", Fires("a")), Token);
        house.Alertmanager.No = "bad matcher";
        Assert.Equal("silence-refused", Code(await SilenceAsync(house, group)));
        house.Alertmanager.No = null;
        house.Alertmanager.Away = true;
        Assert.Equal("unreachable-alertmanager", Code(await SilenceAsync(house, group)));
        Assert.Null(await house.Get<AlertStore>().SilenceAsync(group.Id, Token));

        house.Alertmanager.Away = false;
        Assert.IsType<AlertOutcome.Accepted>(await SilenceAsync(house, group));
    }

    [Fact]
    public async Task What_was_not_answered_is_looked_up_before_anything_is_sent_again()
    {
        var databases = await postgres.TakeAsync(Token);
        await using var house = OpsHouse.Build(databases);
        var group = await house.HearAsync(Told("k", Fires("a")), Token);
        house.Alertmanager.Mute = true;
        Assert.Equal("silence-unknown", Code(await SilenceAsync(house, group)));
        Assert.Equal(SilenceState.Asked, (await house.Get<AlertStore>().SilenceAsync(group.Id, Token))?.State);
        Assert.Equal("silence-unknown", Code(await SilenceAsync(house, group)));

        // While the first request may be under way, nobody judges by not finding it.
        house.Alertmanager.Mute = false;
        Assert.Equal("silence-unknown", Code(await SilenceAsync(house, group)));
        Assert.Equal(
            "silence-unknown",
            Code(await house.Get<AlertDesk>().UnsilenceAsync(house.Person("lin"), group.Id, Token))
        );

        await LaterAsync(databases);
        Assert.Equal("already-silenced", Code(await SilenceAsync(house, group)));
        Assert.Equal(1, house.Alertmanager.Made);
    }

    [Fact]
    public async Task A_silence_that_never_came_to_be_is_asked_for_anew()
    {
        var databases = await postgres.TakeAsync(Token);
        await using var house = OpsHouse.Build(databases);
        var group = await house.HearAsync(Told("k", Fires("a")), Token);
        house.Alertmanager.Mute = true;
        await SilenceAsync(house, group);
        house.Alertmanager.Silences.Clear();
        house.Alertmanager.Mute = false;
        await LaterAsync(databases);

        Assert.IsType<AlertOutcome.Accepted>(await SilenceAsync(house, group));
        Assert.Single(house.Alertmanager.Silences);
    }

    [Fact]
    public async Task A_silence_is_ended_before_its_time_even_when_it_is_gone_already()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var group = await house.HearAsync(Told("k", Fires("a")), Token);
        foreach (var gone in new[] { false, true })
        {
            Assert.IsType<AlertOutcome.Accepted>(await SilenceAsync(house, group));
            if (gone)
            {
                house.Alertmanager.Silences.Clear();
            }

            Assert.IsType<AlertOutcome.Accepted>(
                await house.Get<AlertDesk>().UnsilenceAsync(house.Person("mei"), group.Id, Token)
            );
            Assert.Empty(house.Alertmanager.Silences);
            Assert.Null(await house.Get<AlertStore>().SilenceAsync(group.Id, Token));
        }
    }

    // The bot itself may not.
    private static async Task LaterAsync(WorldDatabases databases)
    {
        await using var migrator = new NpgsqlConnection(databases.BotMigrator);
        await migrator.ExecuteAsync("update glancy.alert_silence set sent_at = sent_at - interval '31 seconds'");
    }

    private static string Code(AlertOutcome outcome) => Assert.IsType<AlertOutcome.Refused>(outcome).Refusal.Code;

    private static Task<AlertOutcome> SilenceAsync(
        OpsHouse house,
        AlertGroup group,
        string by = "lin",
        TimeSpan? length = null
    ) => house.Get<AlertDesk>().SilenceAsync(house.Person(by), group.Id, length ?? TwoHours, "known", Token);
}
