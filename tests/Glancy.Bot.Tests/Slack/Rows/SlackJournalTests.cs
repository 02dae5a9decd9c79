using System.Globalization;
using Glancy.Bot.Slack.Inbox;
using Glancy.Ops.Kernel.Database;
using Glancy.Ops.Procedures.Engine;
using Glancy.Slack.Inbound;
using Npgsql;

namespace Glancy.Bot.Tests.Slack.Rows;

/// <summary>Which delivery is worked on next, and how much of one person's may wait.</summary>
public sealed class SlackJournalTests(RowsHouse house) : IClassFixture<RowsHouse>
{
    private static int deliveries;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_click_that_confirms_goes_before_all_reads_that_were_there_first()
    {
        await house.AnewAsync(Token);
        foreach (var person in Enumerable.Range(1, 6))
        {
            Many($"U{person}", SlackUrgency.Read, 18);
        }

        Add("ULIN", SlackUrgency.Change, "confirm");

        Assert.Equal("confirm", (await TakeAsync(SlackUrgency.Read))?.RawBody);
        Assert.Null(await TakeAsync(SlackUrgency.Change));
    }

    [Fact]
    public async Task Hands_kept_for_changes_take_no_reads()
    {
        await house.AnewAsync(Token);
        Many("U1", SlackUrgency.Read, 3);

        Assert.Null(await TakeAsync(SlackUrgency.Change));
        Add("U2", SlackUrgency.Change, "freeze");
        Assert.Equal("freeze", (await TakeAsync(SlackUrgency.Change))?.RawBody);
    }

    [Fact]
    public async Task Others_come_in_between_one_persons_reads()
    {
        await house.AnewAsync(Token);
        Many("UBUSY", SlackUrgency.Read, 10);
        Add("ULIN", SlackUrgency.Read, "lin");
        Many("", SlackUrgency.Read, 3);

        var taken = new List<string?>();
        for (var i = 0; i < 7; i++)
        {
            taken.Add((await TakeAsync(SlackUrgency.Read))?.RawBody);
        }

        Assert.Equal(["UBUSY", "UBUSY", "lin", "", "", "", null], taken);
    }

    [Fact]
    public async Task Who_has_too_much_waiting_is_told_and_others_are_not_touched()
    {
        await house.AnewAsync(Token);
        Many("UBUSY", SlackUrgency.Read, SlackJournal.MostWaiting);

        Assert.Equal(SlackJournalled.TooMany, Add("UBUSY", SlackUrgency.Read, "one more"));
        Assert.Equal(SlackJournalled.New, Add("UBUSY", SlackUrgency.Change, "a confirmation"));
        Assert.Equal(SlackJournalled.New, Add("ULIN", SlackUrgency.Read, "another person"));
        Many("", SlackUrgency.Read, SlackJournal.MostWaiting + 1);
        Assert.Equal(
            "0",
            await house.SqlAsync("select count(*) from glancy.slack_inbox where raw_body = 'one more'", Token)
        );

        await house.SqlAsync(
            "update glancy.slack_inbox set finished_at = now() where id = (select min(id) from glancy.slack_inbox)",
            Token
        );
        Assert.Equal(SlackJournalled.New, Add("UBUSY", SlackUrgency.Read, "room again"));
    }

    [Fact]
    public async Task What_was_delivered_before_is_known_however_much_waits()
    {
        await house.AnewAsync(Token);
        Many("UBUSY", SlackUrgency.Read, SlackJournal.MostWaiting - 1);
        var delivery = Delivery("UBUSY", "the last one");

        Assert.Equal(SlackJournalled.New, Add(delivery, "UBUSY", SlackUrgency.Read));
        Assert.Equal(SlackJournalled.Known, Add(delivery, "UBUSY", SlackUrgency.Read));
    }

    [Fact]
    public async Task Together_each_is_told_what_became_of_it_as_if_it_had_come_alone()
    {
        await house.AnewAsync(Token);
        Many("UBUSY", SlackUrgency.Read, SlackJournal.MostWaiting - 2);
        var twice = Delivery("UBUSY", "twice");
        SlackArrival[] together =
        [
            Of(twice, SlackUrgency.Read),
            Of(Delivery("UBUSY", "the last there is room for"), SlackUrgency.Read),
            Of(Delivery("UBUSY", "one more"), SlackUrgency.Read),
            Of(twice, SlackUrgency.Read),
            Of(Delivery("UBUSY", "a confirmation"), SlackUrgency.Change),
        ];

        Assert.Equal(
            [
                SlackJournalled.New,
                SlackJournalled.New,
                SlackJournalled.TooMany,
                SlackJournalled.Known,
                SlackJournalled.New,
            ],
            house.Add(together)
        );
        Assert.Equal(
            [
                SlackJournalled.Known,
                SlackJournalled.Known,
                SlackJournalled.TooMany,
                SlackJournalled.Known,
                SlackJournalled.Known,
            ],
            house.Add(together)
        );

        static SlackArrival Of(SlackDelivery delivery, SlackUrgency urgency) =>
            new(delivery, "UBUSY", urgency, TimeSpan.Zero);
    }

    [Fact]
    public async Task One_that_the_database_will_not_have_takes_none_of_those_with_it_that_came_at_the_same_time()
    {
        await house.AnewAsync(Token);
        using var arrivals = new SlackArrivals(house.Journal, new NoKillPoints());
        var came = Enumerable
            .Range(0, 40)
            .Select(i => Delivery("U" + i, i == 20 ? "a zero \0 is no text" : "text"))
            .Select(d => arrivals.AddAsync(new SlackArrival(d, "", SlackUrgency.Read, TimeSpan.Zero)))
            .ToList();

        await Task.WhenAll(came.Select(task => task.ContinueWith(_ => { }, TaskScheduler.Default)));

        Assert.IsType<PostgresException>(Assert.Single(came, task => task.IsFaulted).Exception?.InnerException);
        Assert.Equal(39, came.Count(task => task.IsCompletedSuccessfully && task.Result == SlackJournalled.New));
        Assert.Equal("39", await house.SqlAsync("select count(*) from glancy.slack_inbox", Token));
    }

    [Fact]
    public async Task A_replica_that_ends_writes_down_what_it_has_taken_and_takes_no_more()
    {
        await house.AnewAsync(Token);
        var arrivals = new SlackArrivals(house.Journal, new NoKillPoints());
        var came = Enumerable
            .Range(0, 250)
            .Select(i => Delivery("U" + i, "text"))
            .Select(d => arrivals.AddAsync(new SlackArrival(d, "", SlackUrgency.Read, TimeSpan.Zero)))
            .ToList();

        arrivals.Dispose();

        Assert.All(await Task.WhenAll(came), became => Assert.Equal(SlackJournalled.New, became));
        Assert.Equal("250", await house.SqlAsync("select count(*) from glancy.slack_inbox", Token));
        var late = new SlackArrival(Delivery("U", "late"), "", SlackUrgency.Read, TimeSpan.Zero);
        await Assert.ThrowsAnyAsync<InvalidOperationException>(() => arrivals.AddAsync(late));
    }

    /// <summary>Planned on a day when nothing waits, a statement stays so when a flood comes.</summary>
    [Fact]
    public async Task What_waits_of_a_person_is_counted_without_reading_what_waits_of_others()
    {
        await house.AnewAsync(Token);
        await house.SqlAsync(
            "insert into glancy.slack_inbox (dedupe_key, kind, raw_body, person, finished_at) select 'done' || n, "
                + "'Command', '', 'U' || n, now() from generate_series(1, 2000) n",
            Token
        );
        await house.SqlAsync("vacuum analyze glancy.slack_inbox", Token);
        var settings = new NpgsqlConnectionStringBuilder(house.Connection)
        {
            MaxAutoPrepare = 10,
            AutoPrepareMinUsages = 1,
            NoResetOnClose = true,
            Options = "-c enable_seqscan=off",
        };
        await using var source = NpgsqlDataSource.Create(settings.ConnectionString);
        using var connection = new BotDatabase(source).Hold();
        void Come(int times)
        {
            for (var i = 0; i < times; i++)
            {
                var arrival = new SlackArrival(Delivery("ULIN", "x"), "ULIN", SlackUrgency.Read, TimeSpan.Zero);
                Assert.Equal([SlackJournalled.New], SlackJournal.Add(connection, [arrival]));
            }
        }

        Come(10);
        await house.SqlAsync(
            "insert into glancy.slack_inbox (dedupe_key, kind, raw_body, person) select 'other' || n, 'Command', 'x', "
                + "'U' || n from generate_series(1, 2000) n",
            Token
        );
        _ = connection.Query<int>("select 1 from (select pg_stat_force_next_flush()) flushed", null);
        var before = await ReadAsync();
        Come(5);
        _ = connection.Query<int>("select 1 from (select pg_stat_force_next_flush()) flushed", null);

        // The person's own, each time; the index of keys, which is looked into for each.
        Assert.InRange(await ReadAsync() - before, 5, 200);

        async Task<long> ReadAsync() =>
            long.Parse(
                await house.SqlAsync(
                    "select sum(idx_tup_read)::bigint from pg_stat_user_indexes where relname = 'slack_inbox'",
                    Token
                ),
                CultureInfo.InvariantCulture
            );
    }

    [Fact]
    public async Task Answers_that_cannot_be_read_are_none_and_the_delivery_is_still_taken()
    {
        await house.AnewAsync(Token);
        Add("ULIN", SlackUrgency.Change, "x");
        await house.SqlAsync("update glancy.slack_inbox set answers = '[{\"text\": 7}]'", Token);

        var task = await TakeAsync(SlackUrgency.Change);
        Assert.NotNull(task);
        Assert.Null(task.Answers);
    }

    private Task<SlackTask?> TakeAsync(SlackUrgency upTo) => house.Journal.TakeAsync("a", RowsHouse.Lease, upTo, Token);

    private SlackJournalled Add(string person, SlackUrgency urgency, string body) =>
        Add(Delivery(person, body), person, urgency);

    private SlackJournalled Add(SlackDelivery delivery, string person, SlackUrgency urgency) =>
        house.Add(new SlackArrival(delivery, person, urgency, TimeSpan.Zero))[0];

    private void Many(string person, SlackUrgency urgency, int count)
    {
        for (var i = 0; i < count; i++)
        {
            Assert.Equal(SlackJournalled.New, Add(person, urgency, person));
        }
    }

    private static SlackDelivery Delivery(string person, string body)
    {
        var number = Interlocked.Increment(ref deliveries);
        return new SlackDelivery(
            SlackDoorKind.Command,
            new SlashCommand("T1", person, $"{number}.1")
            {
                UserName = "x",
                ChannelId = "C1",
                ChannelName = "ops",
                Command = "/glancy",
                Text = body,
                ResponseUrl = null,
            },
            body,
            TimeProvider.System.GetUtcNow(),
            0,
            null
        );
    }
}
