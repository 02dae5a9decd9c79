using Glancy.Ops.Alerts;
using Glancy.Ops.Database;
using Glancy.Ops.Notices;
using Glancy.Ops.Tests.Procedures;
using static Glancy.Ops.Tests.Alerts.AlertHouse;

namespace Glancy.Ops.Tests.Alerts;

/// <summary>Alertmanager is asked where its deliveries leave a doubt, and about ends that it never tells of.</summary>
public sealed class AlertCensusTests(PostgresFixture postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_ended_while_it_was_silenced_is_over_when_the_group_is_told_of_without_it()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        Fire(house, "a", "b");
        var group = await house.HearAsync(Told("k", Fires("a"), Fires("b")), Token);
        await AskAsync(house);
        house.Alertmanager.Firing.Remove("b");
        await house.HearAsync(Told("k", Fires("a")), Token);
        Assert.Equal((2, 0), await StandAsync(house, group));

        await AskAsync(house);
        Assert.Equal((1, 1), await StandAsync(house, group));
        Assert.Equal("1", (await house.CardAsync(group, Token)).Arguments["over"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_silenced_and_fires_is_never_called_over(bool resolved)
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        Fire(house, "a", "b");
        var group = await house.HearAsync(Told("k", Fires("a"), Fires("b")), Token);
        house.Alertmanager.Firing["b"] = (Began, true);
        await house.HearAsync(Told("k", resolved ? Fires("a").Over() : Fires("a")), Token);
        await AskAsync(house);

        Assert.Equal(resolved ? (1, 1) : (2, 0), await StandAsync(house, group));
        var now = await house.GroupAsync(group.Id, Token);
        Assert.Equal((null, null), (now.ResolvedAt, now.UnknownSince));
    }

    [Fact]
    public async Task Not_to_be_reached_it_leaves_it_firing_and_not_known()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        Fire(house, "a", "b");
        var group = await house.HearAsync(Told("k", Fires("a"), Fires("b")), Token);
        await AskAsync(house);
        var before = await house.CardAsync(group, Token);
        (house.Alertmanager.Away, var at) = (true, house.Now);
        house.Alertmanager.Firing.Remove("b");
        await house.HearAsync(Told("k", Fires("a")), Token);
        await AskAsync(house);
        await AskAsync(house);

        var now = await house.GroupAsync(group.Id, Token);
        Assert.Equal((2, at), (now.Firing, now.UnknownSince));
        Assert.Equal([("a", null), ("b", (DateTimeOffset?)at)], (await house.Get<AlertStore>().AlertsAsync(group.Id, 9, Token)).Select(a => (a.Fingerprint, a.UnknownSince)));
        Assert.Equal(before.Revision + 1, (await house.CardAsync(group, Token)).Revision);

        house.Alertmanager.Away = false;
        await AskAsync(house);
        Assert.Equal((1, 1), await StandAsync(house, group));
        Assert.Null((await house.GroupAsync(group.Id, Token)).UnknownSince);
    }

    [Fact]
    public async Task A_cut_delivery_leaves_no_doubt_about_what_it_does_not_list()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Alertmanager.Away = true;
        var group = await house.HearAsync(Told("k", Fires("a"), Fires("b")), Token);
        await house.HearAsync(Told("k", Fires("a")) with { Truncated = 1 }, Token);
        await AskAsync(house);

        Assert.Equal((2, 0), await StandAsync(house, group));
        Assert.Null((await house.GroupAsync(group.Id, Token)).UnknownSince);
    }

    [Fact]
    public async Task An_old_word_that_comes_after_the_end_is_over_once_it_has_been_asked()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        Fire(house, "a");
        var group = await house.HearAsync(Told("k", Fires("a")), Token);
        await AskAsync(house);
        house.Alertmanager.Firing.Clear();
        await house.HearAsync(Told("k", Fires("a").Over()), Token);
        await house.HearAsync(Told("k", Fires("a")), Token);
        Assert.Equal((1, 0), await StandAsync(house, group));

        await AskAsync(house);
        Assert.Equal((0, 1), await StandAsync(house, group));
    }

    [Fact]
    public async Task An_end_that_was_none_is_found_out()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        Fire(house, "a");
        var group = await house.HearAsync(Told("k", Fires("a")), Token);
        await house.HearAsync(Told("k", Fires("a").Over()), Token);
        await AskAsync(house);
        Assert.Equal((0, 1), await StandAsync(house, group));

        await PassAsync(house, 60);
        await AskAsync(house);
        Assert.Equal((1, 0), await StandAsync(house, group));
        Assert.Null((await house.GroupAsync(group.Id, Token)).ResolvedAt);
    }

    [Fact]
    public async Task That_one_just_started_lists_nothing_means_nothing()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        Fire(house, "a");
        var group = await house.HearAsync(Told("k", Fires("a")), Token);
        await AskAsync(house);
        house.Alertmanager.Firing.Clear();
        house.Alertmanager.UpSince = TimeProvider.System.GetUtcNow().AddMinutes(-1);
        await AskAsync(house);
        Assert.Equal((1, 0), await StandAsync(house, group));

        house.Alertmanager.UpSince = house.Alertmanager.UpSince.AddMinutes(-10);
        await AskAsync(house);
        Assert.Equal((0, 1), await StandAsync(house, group));
    }

    [Theory]
    [InlineData("http://other", 1)]
    [InlineData("http://this", 0)]
    public async Task Alerts_of_another_Alertmanager_are_none_of_its_business(string source, int firing)
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        Fire(house, "a");
        await house.HearAsync(Told("k", Fires("a")) with { Source = "http://this" }, Token);
        await AskAsync(house);

        // Never listed: it ended before it was asked about, or the one that is asked has never heard of it.
        var group = await house.HearAsync(Told("l", Fires("x")) with { Source = source }, Token);
        await PassAsync(house, 60);
        await AskAsync(house);
        Assert.Equal(firing, (await house.GroupAsync(group.Id, Token)).Firing);
    }

    [Fact]
    public async Task It_is_asked_while_something_fires_and_left_alone_otherwise()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        await house.Get<AlertCensus>().GoAsync(Token);
        Assert.Equal(0, house.Alertmanager.Asked);

        // At once for what is new, and then every minute.
        Fire(house, "a");
        await house.HearAsync(Told("k", Fires("a")), Token);
        await house.Get<AlertCensus>().GoAsync(Token);
        await house.Get<AlertCensus>().GoAsync(Token);
        Assert.Equal(1, house.Alertmanager.Asked);
    }

    [Fact]
    public async Task What_is_lost_is_said_once_an_hour_for_each_name_and_not_without_end()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var losses = house.Get<AlertLosses>();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => losses.SayAsync(AlertLosses.TooLarge, "PodDown", "4 MiB", Token)));
        await losses.SayAsync(AlertLosses.TooLarge, "DiskFull", "4 MiB", Token);
        Assert.Equal(["PodDown", "DiskFull"], (await SaidAsync(house)).Select(n => n.Arguments["called"]));

        for (var i = 0; i < 30; i++)
        {
            await losses.SayAsync(AlertLosses.TooLarge, "n" + i, "4 MiB", Token);
        }

        Assert.Equal(10, (await SaidAsync(house)).Count);
        house.Advance(TimeSpan.FromHours(1));
        await losses.SayAsync(AlertLosses.TooLarge, "PodDown", "4 MiB", Token);
        Assert.Equal(11, (await SaidAsync(house)).Count);
    }

    private static void Fire(OpsHouse house, params string[] names)
    {
        foreach (var name in names)
        {
            house.Alertmanager.Firing[name] = (Began, false);
        }
    }

    private static async Task<List<Notice>> SaidAsync(OpsHouse house) => [.. (await house.Get<NoticeBoard>().ListAsync(0, 99, Token)).Where(n => n.Template == AlertLosses.TooLarge)];

    // So much real time goes by.
    private static Task<int> PassAsync(OpsHouse house, int seconds) =>
        house.Get<BotDatabase>().ExecuteAsync("update glancy.alert set heard_at = heard_at - @seconds * interval '1 second'", new { seconds }, Token);

    // As a replica would that has just been started: it does not know when it was asked last.
    private static Task AskAsync(OpsHouse house) => new AlertCensus(
        house.Get<BotDatabase>(), house.Get<Ops.Connectors.Alertmanager.AlertmanagerClient>(), house.Get<AlertInbox>(), house.Get<AlertCards>(), house.Get<Microsoft.Extensions.Options.IOptions<AlertsOptions>>()).GoAsync(Token);

    private static async Task<(int Firing, int Resolved)> StandAsync(OpsHouse house, AlertGroup group)
    {
        var now = await house.GroupAsync(group.Id, Token);
        return (now.Firing, now.Resolved);
    }
}
