using Glancy.Bot.Slack.Charts;
using Glancy.Bot.Slack.Outbox;

namespace Glancy.Bot.Tests.Slack.Rows;

/// <summary>Which notice is brought to Slack next, and which never.</summary>
public sealed class SlackPostsTests(RowsHouse house) : IClassFixture<RowsHouse>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_card_of_a_rollback_goes_before_sixty_incidents_that_are_older()
    {
        await house.AnewAsync(Token);
        foreach (var number in Enumerable.Range(1, 60))
        {
            var incident = await house.IncidentAsync(number, number == 60 ? 1 : 3, Token);
            await house.PutAsync($"incident:{incident}", "card", "incident", null, incident, Token);
            await house.PutAsync($"incident:{incident}:call:1", "page", "page-incident", null, incident, Token);
            await house.PutAsync($"incident:{incident}:call:1:lin", "direct", "direct-incident", null, incident, Token);
        }

        await house.PutAsync("frozen", "post", "freeze-by-hook", null, null, Token);
        var running = await house.RunAsync("Running", Token);
        await house.PutAsync($"run:{running}:said", "post", "run-said", running, null, Token);
        var draft = await house.RunAsync("Draft", Token);
        await house.PutAsync("episode:1", "card", "card-draft", draft, null, Token);
        var paused = await house.RunAsync("Paused", Token);
        await house.PutAsync($"run:{paused}:page-failed:x", "page", "page-failed", paused, null, Token);

        Assert.Equal(
            [
                "episode:1",
                $"run:{paused}:page-failed:x",
                "incident:INC-60:call:1",
                "incident:INC-60:call:1:lin",
                $"run:{running}:said",
                "incident:INC-1:call:1",
            ],
            await TakeAllAsync(6)
        );
    }

    [Fact]
    public async Task A_fair_turn_takes_the_oldest_of_what_can_wait_and_still_runs_first()
    {
        await house.AnewAsync(Token);
        await house.PutAsync("frozen", "post", "freeze-by-hook", null, null, Token);
        foreach (var number in Enumerable.Range(1, 30))
        {
            await house.PutAsync(
                $"incident:INC-{number}:call:1",
                "page",
                "page-incident",
                null,
                await house.IncidentAsync(number, 3, Token),
                Token
            );
        }

        await house.PutAsync("episode:1", "card", "card-draft", await house.RunAsync("Draft", Token), null, Token);

        Assert.Equal("episode:1", (await house.NextAsync(Token, fair: true))?.Notice.Key);
        Assert.Equal("frozen", (await house.NextAsync(Token, fair: true))?.Notice.Key);
        Assert.Equal("incident:INC-1:call:1", (await house.NextAsync(Token))?.Notice.Key);
    }

    [Theory]
    [InlineData("acknowledged", "page-incident", true)]
    [InlineData("closed", "direct-incident", true)]
    [InlineData("called again", "page-incident", true)]
    [InlineData("called again", "page-incident-nobody", true)]
    [InlineData("open", "page-incident", false)]
    public async Task A_call_for_an_incident_is_dropped_once_it_is_moot(string incident, string template, bool moot)
    {
        await house.AnewAsync(Token);
        var id = await house.IncidentAsync(1, 2, Token);
        await house.SqlAsync(
            $"insert into glancy.escalation (incident_id, since, calls) values ('{id}', now(), "
                + $"{(incident == "called again" ? 2 : 1)})",
            Token
        );
        await house.SqlAsync(
            incident switch
            {
                "acknowledged" => "update glancy.incident set acked_at = now(), acked_by = 'lin'",
                "closed" => "update glancy.incident set closed_at = now(), closed_by = 'lin', close_reason = 'r'",
                _ => "select 1",
            },
            Token
        );
        await house.PutAsync(
            $"incident:{id}:call:1{(template == "direct-incident" ? ":lin" : "")}",
            template.Split('-')[0],
            template,
            null,
            id,
            Token
        );

        await DroppedAsync(moot);
    }

    [Theory]
    [InlineData("page", "page-failed", "Running", true)]
    [InlineData("page", "page-unknown", "Aborted", true)]
    [InlineData("page", "page-drift", "Paused", false)]
    [InlineData("page", "page-urgent", "Expired", true)]
    [InlineData("page", "page-urgent", "Draft", false)]
    [InlineData("page", "break-glass-used", "Succeeded", false)]
    [InlineData("card", "card-draft", "Superseded", true)]
    [InlineData("card", "card-run", "Succeeded", false)]
    public async Task What_is_said_of_a_run_is_dropped_once_it_is_moot(
        string kind,
        string template,
        string state,
        bool moot
    )
    {
        await house.AnewAsync(Token);
        await house.PutAsync("it", kind, template, await house.RunAsync(state, Token), null, Token);

        await DroppedAsync(moot);
    }

    [Fact]
    public async Task What_stands_in_slack_or_may_stand_there_is_never_dropped()
    {
        await house.AnewAsync(Token);
        var run = await house.RunAsync("Draft", Token);
        await house.PutAsync("shown", "card", "card-draft", run, null, Token);
        await house.PutAsync("begun", "card", "card-draft", run, null, Token);
        var shown = await TakeAsync("shown");
        await house.Posts.ShownAsync(shown, "C1", "1.1", 1, Token);
        var begun = await TakeAsync("begun");
        Assert.True(await house.Posts.BeginPostAsync(begun, "C1", Token));
        await house.Posts.LaterAsync(begun, TimeSpan.Zero, "lost", 0, forget: false, Token);

        await house.SqlAsync("update glancy.run set state = 'Superseded', finished_at = now()", Token);
        await house.PutAsync("shown", "card", "card-draft", run, null, Token);
        await RestAsync();

        Assert.False((await house.NextAsync(Token))?.Moot);
        Assert.False((await house.NextAsync(Token))?.Moot);
    }

    [Fact]
    public async Task A_card_that_was_dropped_is_brought_when_there_is_a_new_draft_on_it()
    {
        await house.AnewAsync(Token);
        await house.PutAsync("episode:1", "card", "card-draft", await house.RunAsync("Superseded", Token), null, Token);
        await DroppedAsync(true);
        Assert.Equal(new SlackPlace(null, "moot"), await house.Posts.PlaceAsync("episode:1", Token));

        await house.SqlAsync(
            $"update glancy.notice set run_id = {await house.RunAsync("Draft", Token)}, revision = revision + 1",
            Token
        );

        Assert.False((await TakeAsync("episode:1")).Moot);
    }

    [Theory]
    [InlineData("Running", false)]
    [InlineData("Verifying", false)]
    [InlineData("Succeeded", false)]
    [InlineData("AwaitingSecond", true)]
    [InlineData("Paused", true)]
    public async Task A_card_rests_three_seconds_between_changes_unless_it_asks_somebody(string state, bool atOnce)
    {
        await house.AnewAsync(Token);
        var run = await house.RunAsync("Running", Token);
        await house.PutAsync("run:1", "card", "card-run", run, null, Token);
        await house.Posts.ShownAsync(await TakeAsync("run:1"), "C1", "1.1", 1, Token);

        await house.SqlAsync(
            $"update glancy.run set state = '{state}', pause = {(state == "Paused" ? "'Failed'" : "null")}",
            Token
        );
        await house.PutAsync("run:1", "card", "card-run", run, null, Token);

        Assert.Equal(atOnce ? "run:1" : null, (await house.NextAsync(Token))?.Notice.Key);
        if (!atOnce)
        {
            await RestAsync();
            Assert.Equal("run:1", (await house.NextAsync(Token))?.Notice.Key);
        }
    }

    [Fact]
    public async Task What_cannot_be_changed_any_more_is_posted_anew_and_remembers_the_older_one()
    {
        await house.AnewAsync(Token);
        await house.PutAsync("run:1", "card", "card-run", await house.RunAsync("Running", Token), null, Token);
        var post = await TakeAsync("run:1");
        await house.Posts.ShownAsync(post, "C1", "1.1", 1, Token);
        await house.SqlAsync("update glancy.slack_post set claim = claim + 1", Token);
        await house.Posts.LaterAsync(
            post with
            {
                Claim = post.Claim + 1,
            },
            TimeSpan.Zero,
            "cant_update_message",
            0,
            forget: true,
            Token,
            continues: "1.1"
        );

        var again = await TakeAsync("run:1");
        Assert.Equal((null, "1.1"), (again.Ts, again.Continues));
    }

    [Fact]
    public async Task Fifty_thousand_delivered_notices_cost_nothing_at_rest()
    {
        await house.AnewAsync(Token);
        await house.SqlAsync(
            """
            insert into glancy.run (definition, runbook_version, arguments, plan, plan_hash, keys, state, requested_by,
              reason, created_at, expires_at, finished_at, context)
            select '{}', 'v', '{}', '{}', 'h', '{}', 'Succeeded', 'bot', 'r', now(), now(), now(), '{}'
              from generate_series(1, 2000);
            insert into glancy.notice (key, kind, at, template, arguments, run_id, delivered)
            select 'n:' || i, case when i <= 2000 then 'card' else 'post' end, now(), 't', '{}',
              case when i <= 2000 then i end, 1 from generate_series(1, 50000) i;
            insert into glancy.slack_post (notice_key, channel, ts, shown_at)
            select key, 'C1', id || '.1', now() - interval '1 hour' from glancy.notice;
            insert into glancy.slack_chart (notice_key, for_run, for_end, done, file, shown, facts)
            select key, run_id, true, true, 'F' || id, 'F' || id, '{}' from glancy.notice where kind = 'card';
            """,
            Token
        );
        await house.SqlAsync("analyze glancy.run, glancy.notice, glancy.slack_post, glancy.slack_chart", Token);
        (string, object)[] given =
        [
            ("owner", "a"),
            ("lease", RowsHouse.Lease),
            ("fair", false),
            ("Pause", TimeSpan.FromSeconds(3)),
            ("MostRefusals", SlackCharts.MostRefusals),
        ];

        Assert.Null(await house.NextAsync(Token));
        Assert.InRange(await house.RowsLookedAtAsync(SlackPosts.Taking, given, Token), 0, 50);
        Assert.InRange(
            await house.RowsLookedAtAsync(SlackCharts.Taking, [("owner", "a"), ("lease", RowsHouse.Lease)], Token),
            0,
            50
        );

        await house.PutAsync("n:1", "card", "t", null, null, Token);
        await house.PutAsync("new", "post", "t", null, null, Token);
        Assert.InRange(await house.RowsLookedAtAsync(SlackPosts.Taking, given, Token), 1, 100);
        Assert.Equal(["n:1", "new", null], await TakeAllAsync(3));
    }

    private async Task<List<string?>> TakeAllAsync(int count)
    {
        var keys = new List<string?>();
        for (var i = 0; i < count; i++)
        {
            keys.Add((await house.NextAsync(Token))?.Notice.Key);
        }

        return keys;
    }

    private async Task<SlackPost> TakeAsync(string key)
    {
        var post = await house.NextAsync(Token) ?? throw new InvalidOperationException("nothing to take");
        Assert.Equal(key, post.Notice.Key);
        return post;
    }

    private async Task DroppedAsync(bool moot)
    {
        var post = await house.NextAsync(Token) ?? throw new InvalidOperationException("nothing to take");
        Assert.Equal(moot, post.Moot);
        if (moot)
        {
            await house.Posts.DropAsync(post, Token);
            Assert.Null(await house.NextAsync(Token));
        }
    }

    // As if the pause were over, and every lease had run out.
    private Task<string> RestAsync() =>
        house.SqlAsync(
            "update glancy.slack_post set shown_at = shown_at - interval '4 seconds', lease_until = null",
            Token
        );
}
