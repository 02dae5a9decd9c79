using Glancy.Ops.Alerts;
using Glancy.Ops.Connectors.Alertmanager;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Notices;
using Glancy.Ops.Tests.Procedures;
using Microsoft.Extensions.Options;
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
        Assert.Equal(
            [("a", null), ("b", (DateTimeOffset?)at)],
            (await house.Get<AlertStore>().AlertsAsync(group.Id, 9, Token)).Select(a => (a.Fingerprint, a.UnknownSince))
        );
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

    // What is silenced at its end is none that fires again: nobody would be told of it.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_end_that_was_none_is_found_out_unless_it_is_silenced(bool silenced)
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        house.Alertmanager.Firing["a"] = (Began, silenced);
        var group = await house.HearAsync(Told("k", Fires("a")), Token);
        await house.HearAsync(Told("k", Fires("a").Over()), Token);
        await AskAsync(house);
        Assert.Equal((0, 1), await StandAsync(house, group));

        await PassAsync(house, 60);
        await AskAsync(house);
        Assert.Equal(silenced ? (0, 1) : (1, 0), await StandAsync(house, group));
        Assert.Equal(silenced, (await house.GroupAsync(group.Id, Token)).ResolvedAt is not null);
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

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_in_doubt_is_asked_at_once(bool late)
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var (url, hour) = (new Uri("http://alertmanager"), TimeSpan.FromHours(1));
        var options = new AlertsOptions
        {
            AlertmanagerUrl = url,
            AskAgain = TimeSpan.Zero,
            AskEvery = hour,
        };
        var census = Census(house, options);
        Fire(house, "a", "b");
        await house.HearAsync(Told("k", Fires("a"), Fires("b")), Token);
        await census.GoAsync(Token);
        await census.GoAsync(Token);
        Assert.Equal(1, house.Alertmanager.Asked);

        // A word that may be older than the end before it, or one that does not list what fires.
        if (late)
        {
            await house.HearAsync(Told("k", Fires("a"), Fires("b").Over()), Token);
        }

        await house.HearAsync(Told("k", late ? [Fires("a"), Fires("b")] : [Fires("a")]), Token);
        await census.GoAsync(Token);
        Assert.Equal(2, house.Alertmanager.Asked);

        // It is listed, and there is no doubt any more.
        await census.GoAsync(Token);
        Assert.Equal(2, house.Alertmanager.Asked);
    }

    // Seconds from the asking to the last word: what is not listed is over, when the answer can have known of it.
    [Theory]
    [InlineData(true, 1, false)]
    [InlineData(true, -1, true)]
    [InlineData(false, -29, false)]
    [InlineData(false, -31, true)]
    public void A_word_that_the_answer_cannot_have_known_of_is_not_judged_by_it(bool listed, int heard, bool over)
    {
        var asked = Began.AddMinutes(5);
        var standing = new AlertStanding([
            new StandingAlert(Fires("a"), Listed: listed, HeardAt: asked.AddSeconds(heard)),
        ]);

        var nothing = new AlertsListed(Began, new Dictionary<string, ListedAlert>());
        standing.Settle(new AlertAnswer(asked, nothing, AbsenceCounts: true, IsItsOwn: true), asked);

        Assert.Equal(over ? 1 : 0, standing.Changed.Count(c => !c.Firing));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_beginning_inside_what_has_just_ended_is_listed_and_in_doubt(bool recent)
    {
        var standing = new AlertStanding([new StandingAlert(Fires("a").Over(), Recent: recent)]);

        standing.Hear(Told("k", Fires("a", Began.AddMinutes(2))), Began.AddMinutes(6));

        var fires = Assert.Single(standing.Changed);
        Assert.Equal((true, recent), (fires.Firing, fires.DoubtedAt is not null));
    }

    [Fact]
    public async Task What_is_lost_is_said_once_an_hour_for_each_name_and_not_without_end()
    {
        await using var house = await OpsHouse.BuildAsync(postgres, Token);
        var losses = house.Get<AlertLosses>();
        await house.ConnectAsync(8, Token);
        string[] names = ["PodDown", "DiskFull"];
        await Task.WhenAll(
            Enumerable.Range(0, 8).Select(i => losses.SayAsync(AlertLosses.TooLarge, names[i % 2], "4 MiB", Token))
        );
        Assert.Equal(["DiskFull", "PodDown"], (await SaidAsync(house)).Select(n => n.Arguments["called"]).Order());

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

    private static async Task<List<Notice>> SaidAsync(OpsHouse house) =>
        [.. (await house.Get<NoticeBoard>().ListAsync(0, 99, Token)).Where(n => n.Template == AlertLosses.TooLarge)];

    // So much real time goes by.
    private static Task<int> PassAsync(OpsHouse house, int seconds) =>
        house
            .Get<BotDatabase>()
            .ExecuteAsync(
                "update glancy.alert set heard_at = heard_at - @seconds * interval '1 second'",
                new { seconds },
                Token
            );

    // As a replica would that has just been started: it does not know when it was asked last.
    private static Task AskAsync(OpsHouse house) =>
        Census(house, house.Get<IOptions<AlertsOptions>>().Value).GoAsync(Token);

    private static AlertCensus Census(OpsHouse house, AlertsOptions options) =>
        new(
            house.Get<BotDatabase>(),
            house.Get<AlertmanagerClient>(),
            house.Get<AlertInbox>(),
            house.Get<AlertCards>(),
            Options.Create(options)
        );

    private static async Task<(int Firing, int Resolved)> StandAsync(OpsHouse house, AlertGroup group)
    {
        var now = await house.GroupAsync(group.Id, Token);
        return (now.Firing, now.Resolved);
    }
}
