using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Glancy.Bot.Tests.Crash;
using Glancy.Sandbox.Slack;
using Glancy.Sandbox.Slack.Inbound;

namespace Glancy.Bot.Tests.Slack;

/// <summary>
/// A message's menu, its reactions and the forms behind them: each use makes one line and is answered, whatever dies
/// and whoever does it twice.
/// </summary>
public sealed class SlackShortcutTests(ChannelWorld house) : IClassFixture<ChannelWorld>
{
    private const string HandoverAdd = "handover-add";
    private const string IncidentPin = "incident-pin";
    private const string IncidentOpen = "incident-open";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_becomes_one_follow_up_by_shortcut_reaction_and_shortcut_again()
    {
        var said = await SayAsync("drill pictures are missing <!channel> & “more”");
        var told = house.Told(ChannelWorld.Lin).Count;

        await house.Workspace.ShortcutAsync(ChannelWorld.Lin, said.Channel, said.Ts, HandoverAdd, Token);
        await house.AnswerAsync(ChannelWorld.Lin, told, Token);
        house.Workspace.React(ChannelWorld.Wu, said.Channel, said.Ts, "pushpin");
        await house.Workspace.ShortcutAsync(ChannelWorld.Lin, said.Channel, said.Ts, HandoverAdd, Token);
        Assert.Contains("“more”", await house.AnswerAsync(ChannelWorld.Lin, told + 1, Token), StringComparison.Ordinal);
        await SettledAsync();

        Assert.Equal(
            "1 lin",
            await house.BotAsync(
                $"select count(*) || ' ' || min(by) from glancy.follow_up where source = '{said.Channel}/{said.Ts}'",
                Token
            )
        );
        Assert.Contains(
            "/archives/",
            await house.BotAsync($"select link from glancy.follow_up where source = '{said.Channel}/{said.Ts}'", Token),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_bots_own_post_of_a_follow_up_makes_no_second_one_and_leads_to_the_message()
    {
        var said = await SayAsync("the certificate runs out");
        house.Workspace.React(ChannelWorld.Wu, said.Channel, said.Ts, "pushpin");
        var query = $"select id from glancy.follow_up where source = '{said.Channel}/{said.Ts}'";
        await Wait.UntilAsync(async () => (await house.BotAsync(query, Token)).Length > 0, "it is a follow-up", Token);
        var key = "follow-up:" + await house.BotAsync(query, Token);
        await Wait.UntilAsync(
            async () =>
                house.Carrying(key).Count == 1
                && (await house.BotAsync($"select ts from glancy.slack_post where notice_key = '{key}'", Token)).Length
                    > 0,
            "it is posted",
            Token
        );
        var post = house.Carrying(key)[0];
        var link = await house.BotAsync(
            $"select link from glancy.follow_up where source = '{said.Channel}/{said.Ts}'",
            Token
        );
        var drawn = post
            .Blocks?.GetRawText()
            .Replace("\\u003C", "<", StringComparison.OrdinalIgnoreCase)
            .Replace("\\u003E", ">", StringComparison.OrdinalIgnoreCase);
        Assert.Contains($"<{link}|", drawn, StringComparison.Ordinal);
        var count = await house.BotAsync("select count(*) from glancy.follow_up", Token);
        var told = house.Told(ChannelWorld.Lin).Count;

        house.Workspace.React(ChannelWorld.Wu, post.Channel, post.Ts, "pushpin");
        await house.Workspace.ShortcutAsync(ChannelWorld.Lin, post.Channel, post.Ts, HandoverAdd, Token);

        Assert.Contains(
            "the certificate runs out",
            await house.AnswerAsync(ChannelWorld.Lin, told, Token),
            StringComparison.Ordinal
        );
        await SettledAsync();
        Assert.Equal(count, await house.BotAsync("select count(*) from glancy.follow_up", Token));
    }

    [Fact]
    public async Task Delivered_twice_and_killed_between_journal_and_work_it_makes_one_and_is_answered()
    {
        var said = await SayAsync("the export is still late");
        var told = house.Told(ChannelWorld.Wu).Count;
        await house.World.Slack.FaultOnAsync(new SlackFault(SlackFaultKind.DeliverTwice), Token);
        try
        {
            await house.KillingAsync(
                "slack-taken",
                () => house.Workspace.ShortcutAsync(ChannelWorld.Wu, said.Channel, said.Ts, HandoverAdd, Token),
                null,
                Token
            );
        }
        finally
        {
            await house.World.Slack.FaultOffAsync(null, Token);
        }

        await house.AnswerAsync(ChannelWorld.Wu, told, Token);
        await SettledAsync();
        Assert.Equal(
            "1",
            await house.BotAsync(
                $"select count(*) from glancy.follow_up where source = '{said.Channel}/{said.Ts}'",
                Token
            )
        );
        Assert.DoesNotContain(
            "glancy run list",
            string.Join(' ', house.Told(ChannelWorld.Wu).Skip(told)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Who_is_a_stranger_gets_no_form_and_no_line_but_an_answer()
    {
        var said = await SayAsync("who reads this");
        house.Workspace.Members.Add(new Person("UNOBODY00", "nobody", "Nobody", "en-US"));
        house.Workspace.Members.Add(new Person("UBAI00000", "bai", "白洁", "zh-CN") { IsRestricted = true });
        foreach (var stranger in new[] { "UNOBODY00", "UBAI00000" })
        {
            var told = house.Told(stranger).Count;
            foreach (var shortcut in new[] { HandoverAdd, IncidentPin, IncidentOpen })
            {
                await house.Workspace.ShortcutAsync(stranger, said.Channel, said.Ts, shortcut, Token);
                await house.AnswerAsync(stranger, told++, Token);
            }

            Assert.Empty(house.Workspace.Screens.ModalsOf(stranger));
        }

        Assert.Equal(
            "0",
            await house.BotAsync(
                $"select count(*) from glancy.follow_up where source = '{said.Channel}/{said.Ts}'",
                Token
            )
        );
    }

    [Fact]
    public async Task With_none_one_and_several_open_a_message_opens_joins_or_asks()
    {
        await CloseAllAsync();
        var said = await SayAsync("lookups are slow <!here>");
        var told = house.Told(ChannelWorld.Lin).Count;

        // None: the reaction says what to do, the shortcut opens the form with the message's words.
        house.Workspace.React(ChannelWorld.Lin, said.Channel, said.Ts, "round_pushpin");
        Assert.Contains(
            "glancy incident open",
            await house.AnswerAsync(ChannelWorld.Lin, told, Token),
            StringComparison.Ordinal
        );
        await house.Workspace.ShortcutAsync(ChannelWorld.Lin, said.Channel, said.Ts, IncidentPin, Token);
        var form = Assert.Single(house.Workspace.Screens.ModalsOf(ChannelWorld.Lin));
        Assert.Contains("lookups are slow", form.Content.GetRawText(), StringComparison.Ordinal);
        await SubmitAsync(ChannelWorld.Lin, form, ("severity", "sev2", true), ("title", "lookups are slow", false));
        var first = await IncidentAsync("lookups are slow");
        Assert.Equal(
            "2 lin",
            await house.BotAsync(
                $"select severity || ' ' || opened_by from glancy.incident where id = '{first}'",
                Token
            )
        );

        // One: at once, and once.
        await house.Workspace.ShortcutAsync(ChannelWorld.Lin, said.Channel, said.Ts, IncidentPin, Token);
        house.Workspace.React(ChannelWorld.Wu, said.Channel, said.Ts, "round_pushpin");
        await Wait.UntilAsync(async () => await PinsAsync(first, said) == "1", "it is pinned", Token);
        await SettledAsync();
        Assert.Equal("1", await PinsAsync(first, said));
        Assert.Empty(house.Workspace.Screens.ModalsOf(ChannelWorld.Lin));
        await house.SayAsync(ChannelWorld.Lin, $"/glancy incident show {first} --lang en", Token);
        await Wait.UntilAsync(
            () => house.Told(ChannelWorld.Lin)[^1].Contains("lookups are slow &lt;", StringComparison.Ordinal),
            "it stands in the timeline, inert",
            Token
        );

        // Several: the newest stands first in the form.
        await house.SayAsync(ChannelWorld.Wu, "/glancy incident open sev3 exports late too", Token);
        var second = await IncidentAsync("exports late too");
        await house.Workspace.ShortcutAsync(ChannelWorld.Wu, said.Channel, said.Ts, IncidentPin, Token);
        var choice = Assert.Single(house.Workspace.Screens.ModalsOf(ChannelWorld.Wu));
        var text = choice.Content.GetRawText();
        Assert.True(
            text.IndexOf(second, StringComparison.Ordinal) < text.IndexOf(first, StringComparison.Ordinal),
            "the newest first"
        );
        await SubmitAsync(ChannelWorld.Wu, choice, ("incident", second, true));
        await Wait.UntilAsync(
            async () => await PinsAsync(second, said) == "1",
            "it is pinned to the chosen one",
            Token
        );
        Assert.Equal(
            "1",
            await house.BotAsync(
                $"select count(*) from glancy.audit where document @> jsonb_build_object('action', 'incident-pin', "
                    + $"'incident', '{second}', 'actor', 'wu')",
                Token
            )
        );
        await CloseAllAsync();
    }

    [Fact]
    public async Task A_command_without_its_words_opens_its_form_and_a_wrong_one_is_said_in_it()
    {
        await house.SayAsync(ChannelWorld.Mei, "/glancy incident open sev1", Token);
        var form = Assert.Single(house.Workspace.Screens.ModalsOf(ChannelWorld.Mei));
        Assert.Equal(
            "sev1",
            form.Content.GetProperty("blocks")[1]
                .GetProperty("element")
                .GetProperty("initial_option")
                .GetProperty("value")
                .GetString()
        );

        await SubmitAsync(ChannelWorld.Mei, form, ("severity", "sev1", true), ("title", "--", false));
        var still = Assert.Single(house.Workspace.Screens.ModalsOf(ChannelWorld.Mei));
        Assert.Contains("title", still.Errors.Keys);
        await SubmitAsync(ChannelWorld.Mei, still, ("severity", "sev1", true), ("title", "payments fail", false));
        var id = await IncidentAsync("payments fail");
        Assert.Empty(house.Workspace.Screens.ModalsOf(ChannelWorld.Mei));
        Assert.Equal(
            "1 mei",
            await house.BotAsync($"select severity || ' ' || opened_by from glancy.incident where id = '{id}'", Token)
        );

        await house.SayAsync(ChannelWorld.Mei, "/glancy handover add", Token);
        await SubmitAsync(
            ChannelWorld.Mei,
            Assert.Single(house.Workspace.Screens.ModalsOf(ChannelWorld.Mei)),
            ("follow-up", "look at the payments again", false)
        );
        await Wait.UntilAsync(
            async () =>
                await house.BotAsync(
                    "select count(*) from glancy.follow_up where words = 'look at the payments again'",
                    Token
                ) == "1",
            "it is left for the next shift",
            Token
        );
        await CloseAllAsync();
    }

    [Fact]
    public async Task A_form_that_Slack_does_not_open_is_answered_in_words()
    {
        await house.World.Slack.FaultOnAsync(
            new SlackFault(SlackFaultKind.DeliverLate, For: TimeSpan.FromSeconds(3.5)),
            Token
        );
        var said = await SayAsync("late trigger");
        var told = house.Told(ChannelWorld.Wu).Count;
        try
        {
            await house.Workspace.ShortcutAsync(ChannelWorld.Wu, said.Channel, said.Ts, IncidentOpen, Token);
        }
        finally
        {
            await house.World.Slack.FaultOffAsync(null, Token);
        }

        Assert.Contains(
            "incident open",
            await house.AnswerAsync(ChannelWorld.Wu, told, Token),
            StringComparison.Ordinal
        );
        Assert.Empty(house.Workspace.Screens.ModalsOf(ChannelWorld.Wu));
    }

    [Fact]
    public async Task A_replica_that_dies_before_the_form_stands_open_leaves_the_answer_to_the_other()
    {
        var said = await SayAsync("nobody opens the form");

        await house.KillingAsync(
            "slack-journalled",
            () => house.Workspace.ShortcutAsync(ChannelWorld.Wu, said.Channel, said.Ts, IncidentOpen, Token),
            null,
            Token
        );

        await Wait.UntilAsync(
            () =>
                house
                    .Told(ChannelWorld.Wu)
                    .Any(t => t.Contains("incident open &lt;severity&gt;", StringComparison.Ordinal)),
            "what to type is said",
            Token
        );
    }

    /// <summary>
    /// Many arrive at once, and the replica dies with them collected, or written down and not answered yet: whoever was
    /// answered is in the journal, and what Slack brings again is done once.
    /// </summary>
    [Theory]
    [InlineData("slack-collected")]
    [InlineData("slack-journalled")]
    public async Task What_was_acknowledged_is_there_whatever_dies_and_what_comes_again_is_done_once(string transition)
    {
        const int Many = 12;
        house.World.KillAt("a", transition);
        var first = await Task.WhenAll(Enumerable.Range(0, Many).Select(i => KnockAsync("a", transition, i)));
        await Wait.UntilAsync(() => !house.World.Replicas[0].IsAlive, $"a dies at {transition}", Token);

        var there = await WrittenAsync();
        Assert.All(
            Enumerable.Range(0, Many).Where(i => first[i]),
            i => Assert.Contains(there, key => key.Contains(Trigger(transition, i), StringComparison.Ordinal))
        );
        Assert.Contains(false, first);
        if (transition == "slack-collected")
        {
            Assert.Empty(there);
        }

        await Task.WhenAll(
            Enumerable
                .Range(0, 2 * Many)
                .Select(i =>
                    Wait.UntilAsync(
                        () => KnockAsync("b", transition, i % Many),
                        "b acknowledges what comes again",
                        Token
                    )
                )
        );
        Assert.Equal(Many, (await WrittenAsync()).Length);
        File.Delete(house.World.Folder.Replica("a").KillFile);
        await house.World.StartReplicaAsync("a", Token);
        await Wait.UntilAsync(
            async () => await DoneAsync() == Many.ToString(CultureInfo.InvariantCulture),
            "each is done",
            Token
        );
        Assert.Equal(
            "0",
            await house.BotAsync(
                $"select count(*) from glancy.slack_inbox where attempts > 1 and dedupe_key like '%{transition}.%'",
                Token
            )
        );

        async Task<string[]> WrittenAsync() =>
            (
                await house.BotAsync(
                    "select coalesce(string_agg(dedupe_key, ' '), '') from glancy.slack_inbox "
                        + $"where dedupe_key like '%{transition}.%'",
                    Token
                )
            ).Split(' ', StringSplitOptions.RemoveEmptyEntries);

        Task<string> DoneAsync() =>
            house.BotAsync($"select count(*) from glancy.follow_up where words like '{transition} %'", Token);
    }

    [Fact]
    public async Task In_another_channel_a_message_is_left_for_the_next_shift_and_the_Home_opens_an_incident()
    {
        house.Workspace.Members.Put(
            new Channel("C0SUPPORT", "support", "", [ChannelWorld.Lin, ChannelWorld.Mei, Team.BotUser])
        );
        var said =
            await house.Workspace.SayAsync(ChannelWorld.Mei, "C0SUPPORT", "a customer waits", null, Token)
            ?? throw new InvalidOperationException("Nothing was said.");
        await house.Workspace.ShortcutAsync(ChannelWorld.Lin, said.Channel, said.Ts, HandoverAdd, Token);
        await Wait.UntilAsync(
            async () =>
                await house.BotAsync(
                    $"select count(*) from glancy.follow_up where source = '{said.Channel}/{said.Ts}'",
                    Token
                ) == "1",
            "it is noted",
            Token
        );

        house.Workspace.OpenHome(ChannelWorld.Mei);
        await Wait.UntilAsync(
            () => house.Workspace.Screens.HomeOf(ChannelWorld.Mei) is not null,
            "the Home is there",
            Token
        );
        var home = house.Workspace.Screens.HomeOf(ChannelWorld.Mei) ?? throw new InvalidOperationException("no Home");
        var offer =
            ChannelWorld.Button(home.Content.GetProperty("blocks"), "incident open")
            ?? throw new InvalidOperationException("no button");
        await house.Workspace.PressAsync(
            ChannelWorld.Mei,
            new Place.InView(home.Id),
            offer.BlockId,
            offer.ActionId,
            offer.Choice,
            null,
            Token
        );
        await SubmitAsync(
            ChannelWorld.Mei,
            Assert.Single(house.Workspace.Screens.ModalsOf(ChannelWorld.Mei)),
            ("severity", "sev3", true),
            ("title", "seen from the Home", false)
        );
        await IncidentAsync("seen from the Home");
        await CloseAllAsync();
    }

    private static string Trigger(string transition, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{transition}.{number}.");

    // As Slack says it, at one replica; whether it was acknowledged.
    private async Task<bool> KnockAsync(string replica, string transition, int number)
    {
        var slack = house.World.Slack.Settings(replica);
        var body = Encoding.UTF8.GetBytes(
            $"team_id={slack["Slack__TeamId"]}&user_id={ChannelWorld.Lin}&user_name=lin&channel_id={Team.OpsChannel}"
                + $"&channel_name=glancy-ops&command=%2Fglancy&text=handover+add+{transition}+{number}"
                + $"&trigger_id={Trigger(transition, number)}"
        );
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://{slack["Slack__Listen"]}/slack/commands")
        {
            Content = new ByteArrayContent(body)
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded") },
            },
        };
        SlackSigner.Sign(request, house.World.Slack.SigningSecret, TimeProvider.System.GetUtcNow(), body);
        try
        {
            using var response = await http.SendAsync(request, Token);
            return response.StatusCode == HttpStatusCode.OK
                && (await response.Content.ReadAsStringAsync(Token)).Length == 0;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task<Message> SayAsync(string text) =>
        await house.Workspace.SayAsync(ChannelWorld.Wu, Team.OpsChannel, text, null, Token)
        ?? throw new InvalidOperationException("Nothing was said.");

    private Task SubmitAsync(string person, ShownView form, params (string Block, string Value, bool Chosen)[] fields)
    {
        var values = fields.ToDictionary(
            f => f.Block,
            f => new Dictionary<string, object>
            {
                ["value"] = f.Chosen
                    ? new
                    {
                        type = "static_select",
                        selected_option = new { value = f.Value, text = new { type = "plain_text", text = f.Value } },
                    }
                    : new { type = "plain_text_input", value = f.Value },
            }
        );
        return house.Workspace.SubmitAsync(person, form.Id, JsonSerializer.SerializeToElement(values), Token);
    }

    private async Task<string> IncidentAsync(string title)
    {
        var query = $"select max(id) from glancy.incident where title = '{title}'";
        await Wait.UntilAsync(async () => (await house.BotAsync(query, Token)).Length > 0, $"{title} is open", Token);
        return await house.BotAsync(query, Token);
    }

    private Task<string> PinsAsync(string incident, Message said) =>
        house.BotAsync(
            $"select count(*) from glancy.incident_event where incident_id = '{incident}' and kind = 'pinned-by' and "
                + $"detail ->> 'source' = '{said.Channel}/{said.Ts}' and detail ->> 'by' = 'wu'",
            Token
        );

    private async Task CloseAllAsync()
    {
        var open = await house.BotAsync(
            "select coalesce(string_agg(id, ' '), '') from glancy.incident where closed_at is null",
            Token
        );
        foreach (var id in open.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            await house.SayAsync(
                ChannelWorld.Wu,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"/glancy incident close {id} --reason over --anyway tried"
                ),
                Token
            );
        }

        await Wait.UntilAsync(
            async () =>
                await house.BotAsync("select count(*) from glancy.incident where closed_at is null", Token) == "0",
            "none is open",
            Token
        );

        // The word that it is closed is not to be taken for another test's answer.
        await SettledAsync();
    }

    // Everything that was delivered has been worked on.
    private Task SettledAsync() =>
        Wait.UntilAsync(
            async () =>
                await house.BotAsync("select count(*) from glancy.slack_inbox where finished_at is null", Token) == "0",
            "the inbox is empty",
            Token
        );
}
