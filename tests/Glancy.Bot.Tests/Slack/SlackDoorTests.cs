using System.Net;
using System.Text.Json;
using Glancy.Bot.Tests.Crash;

namespace Glancy.Bot.Tests.Slack;

/// <summary>
/// The door that Slack knocks at, on real replicas: what is answered, to whom, once; and what is not let in.
/// </summary>
public sealed class SlackDoorTests(SlackWorld house) : IClassFixture<SlackWorld>
{
    private const string Lin = "ULIN00000";
    private const string Wu = "UWU000000";
    private const string Mei = "UMEI00000";
    private const string Olga = "UOLGA0000";
    private static int triggers;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_signed_command_is_answered_to_who_typed_it()
    {
        var trigger = Trigger();

        Assert.Equal(
            HttpStatusCode.OK,
            await house.SendAsync("a", "commands", house.Command(Olga, "hk", trigger), Token)
        );

        var answer = Assert.Single(await house.AnswersAsync(trigger, Token));
        Assert.Equal("ephemeral", answer.GetProperty("response_type").GetString());
        var shown = answer.GetProperty("blocks").Said();
        Assert.Contains("HK-01", shown, StringComparison.Ordinal);
        Assert.Contains("RED", shown, StringComparison.Ordinal);
        Assert.NotEqual("", answer.GetProperty("text").GetString());
    }

    [Fact]
    public async Task People_are_answered_in_their_language_and_what_phones_make_of_it_is_understood()
    {
        var trigger = Trigger();

        await house.SendAsync("b", "commands", house.Command(Lin, "钩子 HK‑01", trigger), Token);

        Assert.Contains(
            "红",
            Assert.Single(await house.AnswersAsync(trigger, Token)).GetProperty("blocks").Said(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_same_delivery_twice_is_answered_once_whichever_replica_gets_it()
    {
        var trigger = Trigger();
        var body = house.Command(Lin, "oncall", trigger);

        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.OK],
            await Task.WhenAll(
                house.SendAsync("a", "commands", body, Token),
                house.SendAsync("b", "commands", body, Token)
            )
        );

        await house.AnswersAsync(trigger, Token);
        await FinishedAsync(trigger);
        Assert.Single(await house.AnswersAsync(trigger, Token));
    }

    [Fact]
    public async Task A_button_says_its_command_as_who_pressed_it()
    {
        var trigger = Trigger();

        Assert.Equal(
            HttpStatusCode.OK,
            await house.SendAsync(
                "a",
                "interactions",
                house.Click(Olga, "glancy release freeze --reason \"lookups fail\"", trigger),
                Token
            )
        );

        var shown = Assert.Single(await house.AnswersAsync(trigger, Token)).GetProperty("blocks").Said();
        Assert.Contains("not on the roster", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_not_in_the_runbook_is_told_so_and_nobody_is_stood_in_for()
    {
        var (stranger, standIn) = (Trigger(), Trigger());
        await house.SendAsync("a", "commands", house.Command("UNOBODY00", "hk", stranger), Token);
        await house.SendAsync(
            "a",
            "commands",
            house.Command(Olga, "--as lin release freeze --reason x", standIn),
            Token
        );

        Assert.Contains(
            "UNOBODY00",
            Assert.Single(await house.AnswersAsync(stranger, Token)).GetProperty("blocks").Said(),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            "HK-01",
            Assert.Single(await house.AnswersAsync(stranger, Token)).GetProperty("blocks").Said(),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "§8",
            Assert.Single(await house.AnswersAsync(standIn, Token)).GetProperty("blocks").Said(),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("<@UCHEN0000>")]
    [InlineData("<@UCHEN0000|chen>")]
    [InlineData("@chen")]
    [InlineData("陈默 (chen)")]
    public async Task A_mention_is_the_person_of_the_runbook(string mention)
    {
        var trigger = Trigger();
        await house.SendAsync(
            "a",
            "commands",
            house.Command(Olga, $"policy can {mention} rollback batch=REL-B3", trigger),
            Token
        );

        var shown = Assert.Single(await house.AnswersAsync(trigger, Token)).GetProperty("blocks").Said();
        Assert.Contains("陈默", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("people list", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outside_text_mentions_nobody()
    {
        var trigger = Trigger();
        await house.SendAsync("a", "commands", house.Command(Olga, "hk <!channel>", trigger), Token);

        var shown = Assert.Single(await house.AnswersAsync(trigger, Token)).GetProperty("blocks").Said();
        Assert.DoesNotContain("<!channel>", shown, StringComparison.Ordinal);
        Assert.Contains("&lt;!channel&gt;", shown, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task What_is_not_signed_by_slack_is_refused_and_not_written_down()
    {
        var trigger = Trigger();

        Assert.Equal(
            HttpStatusCode.Unauthorized,
            await house.SendAsync(
                "a",
                "commands",
                house.Command(Lin, "hk", trigger),
                Token,
                signature: "v0=" + new string('0', 64)
            )
        );

        Assert.Equal(
            "0",
            await house.BotAsync($"select count(*) from glancy.slack_inbox where dedupe_key like '%{trigger}'", Token)
        );
    }

    [Theory]
    [InlineData(302, HttpStatusCode.Unauthorized)]
    [InlineData(-303, HttpStatusCode.Unauthorized)]
    [InlineData(290, HttpStatusCode.OK)]
    public async Task What_was_signed_more_than_five_minutes_ago_or_ahead_is_refused(int age, HttpStatusCode expected)
    {
        var trigger = Trigger();

        Assert.Equal(
            expected,
            await house.SendAsync(
                "b",
                "commands",
                house.Command(Lin, "oncall", trigger),
                Token,
                age: TimeSpan.FromSeconds(age)
            )
        );

        Assert.Equal(
            expected == HttpStatusCode.OK ? "1" : "0",
            await house.BotAsync($"select count(*) from glancy.slack_inbox where dedupe_key like '%:{trigger}'", Token)
        );
    }

    [Theory]
    [InlineData("{{")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"Command":""}""")]
    public async Task A_form_whose_memory_cannot_be_read_is_said_to_be_and_not_worked_on_for_ever(string metadata)
    {
        var (filled, empty) = (Trigger(), Trigger());

        var (status, said) = await house.TellAsync(
            "a",
            "interactions",
            SlackWorld.Submission(Lin, metadata, filled, filled: true),
            Token
        );
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains(
            "这张表单已无法读取",
            JsonDocument.Parse(said).RootElement.GetProperty("errors").GetProperty("reason").GetString(),
            StringComparison.Ordinal
        );

        var told = await house.BotAsync("select count(*) from glancy.slack_inbox", Token);
        Assert.Equal(
            (HttpStatusCode.OK, ""),
            await house.TellAsync(
                "a",
                "interactions",
                SlackWorld.Submission(Mei, metadata, empty, filled: false),
                Token
            )
        );
        await FinishedAsync(empty);
        Assert.Contains(
            "这张表单已无法读取",
            (await house.AnswersAsync("D" + Mei, Token))[^1].ToString(),
            StringComparison.Ordinal
        );
        Assert.NotEqual(told, await house.BotAsync("select count(*) from glancy.slack_inbox", Token));
    }

    [Fact]
    public async Task A_guest_is_not_served()
    {
        var trigger = Trigger();
        await house.SendAsync("a", "commands", house.Command(SlackWorld.Guest, "hk", trigger), Token);

        Assert.Contains(
            "不是正式成员",
            Assert.Single(await house.AnswersAsync(trigger, Token)).ToString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Who_has_twenty_waiting_is_told_at_once_and_can_still_confirm()
    {
        await house.BotAsync(
            $"insert into glancy.slack_inbox (dedupe_key, kind, raw_body, next_at, person, lane) select 'full:' || "
                + $"i, 'Command', '', now() + interval '1 hour', '{Wu}', 1 from generate_series(1, 20) i",
            Token
        );
        try
        {
            var (read, change) = (Trigger(), Trigger());
            Assert.Contains(
                "你已有 20 条请求在等待答复",
                (await house.TellAsync("a", "commands", house.Command(Wu, "hk", read), Token)).Said,
                StringComparison.Ordinal
            );
            Assert.Equal(
                "0",
                await house.BotAsync($"select count(*) from glancy.slack_inbox where dedupe_key like '%:{read}'", Token)
            );

            Assert.Equal(
                (HttpStatusCode.OK, ""),
                await house.TellAsync("a", "commands", house.Command(Wu, "run confirm R-9999 abcdef", change), Token)
            );
            Assert.Single(await house.AnswersAsync(change, Token));
        }
        finally
        {
            await house.BotAsync("delete from glancy.slack_inbox where dedupe_key like 'full:%'", Token);
        }
    }

    [Fact]
    public async Task What_fails_time_and_again_is_given_up()
    {
        const string body = """
            {"type":"event_callback","event_id":"Ev1","team_id":"T00000001","event":{"type":"reaction_added",
             "user":7,"reaction":[],"item":9}}
            """;
        await house.BotAsync(
            $"insert into glancy.slack_inbox (dedupe_key, kind, raw_body, attempts) values ('poison', 'Event', "
                + $"'{body}', 4)",
            Token
        );

        await Wait.UntilAsync(
            async () =>
                await house.BotAsync(
                    "select finished_at is not null and attempts = 5 from glancy.slack_inbox where dedupe_key = "
                        + "'poison'",
                    Token
                ) == "True",
            "it is given up",
            Token
        );
    }

    [Fact]
    public async Task A_replay_of_what_is_done_is_acknowledged_and_has_no_effect()
    {
        var trigger = Trigger();
        var body = house.Command(Lin, "kill-switch on --reason drill", trigger);
        await house.SendAsync("a", "commands", body, Token, age: TimeSpan.FromSeconds(100));
        await FinishedAsync(trigger);
        var drafts = await house.BotAsync("select count(*) from glancy.run", Token);

        Assert.Equal(
            HttpStatusCode.OK,
            await house.SendAsync("a", "commands", body, Token, age: TimeSpan.FromSeconds(100))
        );
        Assert.Equal(HttpStatusCode.OK, await house.SendAsync("b", "commands", body, Token));

        // What comes after it is worked on after it.
        var next = Trigger();
        await house.SendAsync("b", "commands", house.Command(Lin, "oncall", next), Token);
        await FinishedAsync(next);
        Assert.Equal(drafts, await house.BotAsync("select count(*) from glancy.run", Token));
        Assert.Single(await house.AnswersAsync(trigger, Token));
    }

    [Fact]
    public async Task What_arrives_in_the_wrong_order_is_judged_as_things_stand_and_answered()
    {
        var (draft, confirm, dismiss) = (Trigger(), Trigger(), Trigger());
        await house.SendAsync("a", "commands", house.Command(Wu, "kill-switch on --reason drill", draft), Token);
        await FinishedAsync(draft);

        // Another test's draft of the same thing may wait already; then it is that.
        var run = await house.BotAsync(
            "select 'R-' || id from glancy.run where definition ->> 'id' = 'kill-switch' and state = "
                + "'AwaitingSecond' order by id desc limit 1",
            Token
        );
        var code = await CodeAsync(run);

        // Confirmed first, put away after it; but it comes the other way round, through different replicas.
        await house.SendAsync(
            "b",
            "commands",
            house.Command(Mei, $"run dismiss {run} --reason \"not needed\"", dismiss),
            Token
        );
        await FinishedAsync(dismiss);
        await house.SendAsync(
            "a",
            "interactions",
            house.Click(Lin, $"glancy run confirm {run} {code}", confirm),
            Token,
            age: TimeSpan.FromSeconds(60)
        );

        Assert.Contains(
            "拒绝",
            Assert.Single(await house.AnswersAsync(confirm, Token)).GetProperty("text").GetString(),
            StringComparison.Ordinal
        );
        Assert.Single(await house.AnswersAsync(dismiss, Token));
        Assert.Equal(
            "Aborted",
            await house.BotAsync($"select state from glancy.run where 'R-' || id = '{run}'", Token)
        );
    }

    [Fact]
    public async Task An_old_button_after_expiry_does_nothing_and_says_so()
    {
        await Wait.UntilAsync(
            async () =>
                (
                    await house.BotAsync(
                        "select count(*) from glancy.run where requested_by = 'glancy' and state = 'Draft'",
                        Token
                    )
                ) != "0",
            "the bot has drafted",
            Token
        );
        var run = await house.BotAsync(
            "select 'R-' || id from glancy.run where requested_by = 'glancy' and state = 'Draft' order by id limit 1",
            Token
        );
        var code = await CodeAsync(run);
        for (
            var minutes = 0;
            minutes < 40
                && await house.BotAsync($"select state from glancy.run where 'R-' || id = '{run}'", Token) == "Draft";
            minutes += 2
        )
        {
            await house.World.AdvanceAsync(TimeSpan.FromMinutes(2), Token);
        }

        var trigger = Trigger();
        await house.SendAsync(
            "a",
            "interactions",
            house.Click(Lin, $"glancy run confirm {run} {code}", trigger),
            Token
        );

        var answer = Assert.Single(await house.AnswersAsync(trigger, Token));
        Assert.Contains(
            "过期",
            answer.GetProperty("text").GetString() + answer.GetProperty("blocks").Said(),
            StringComparison.Ordinal
        );
        Assert.Equal(
            "Expired 0",
            await house.BotAsync(
                $"select state || ' ' || (select count(*) from glancy.confirmation where run_id = r.id) from "
                    + $"glancy.run r where 'R-' || id = '{run}'",
                Token
            )
        );
        Assert.Empty(house.World.Effects.All);
    }

    [Theory]
    [InlineData("POST", "/terminal")]
    [InlineData("POST", "/clock")]
    [InlineData("GET", "/healthz/ready")]
    [InlineData("GET", "/slack/../terminal")]
    [InlineData("GET", "/SLACK/commands")]
    public async Task No_other_door_opens_to_the_network(string method, string path) =>
        Assert.Contains(
            await house.KnockAsync("a", HttpMethod.Parse(method), path, Token),
            new[] { HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed }
        );

    [Fact]
    public async Task After_a_death_what_reads_is_answered_and_what_changes_is_not_done_again()
    {
        var (reads, changes) = (Trigger(), Trigger());
        foreach (
            var (trigger, line) in new[] { (reads, "oncall"), (changes, "release freeze --reason \"lookups fail\"") }
        )
        {
            // As a replica leaves it that died at it.
            await house.BotAsync(
                $"insert into glancy.slack_inbox (dedupe_key, kind, raw_body, attempts, owner, lease_until) values "
                    + $"('command:{trigger}', 'Command', '{house.Command(Lin, line, trigger)}', 1, 'c', now()) "
                    + $"returning id",
                Token
            );
        }

        Assert.Single(await house.AnswersAsync(reads, Token));
        Assert.Contains(
            "glancy run list",
            Assert.Single(await house.AnswersAsync(changes, Token)).GetProperty("blocks").Said(),
            StringComparison.Ordinal
        );
        Assert.Equal(
            "0",
            await house.BotAsync(
                "select count(*) from glancy.audit where document ->> 'action' = 'release-freeze' and document ->> "
                    + "'actor' = 'lin'",
                Token
            )
        );
    }

    private Task FinishedAsync(string trigger) =>
        Wait.UntilAsync(
            async () =>
                await house.BotAsync(
                    $"select count(*) from glancy.slack_inbox where dedupe_key like '%{trigger}' and finished_at is "
                        + $"not null",
                    Token
                ) == "1",
            $"{trigger} is finished",
            Token
        );

    // As the page shows it to whoever wants to confirm.
    private async Task<string> CodeAsync(string run)
    {
        var trigger = Trigger();
        await house.SendAsync("a", "commands", house.Command(Lin, $"run show {run}", trigger), Token);
        return Assert
            .Single(await house.AnswersAsync(trigger, Token))
            .GetProperty("blocks")
            .Said()
            .Split($"run confirm {run} ")[1][..6];
    }

    private static string Trigger() => $"t{Interlocked.Increment(ref triggers)}";
}
