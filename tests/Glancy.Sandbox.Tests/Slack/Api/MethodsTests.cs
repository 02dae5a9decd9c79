using System.Net.Http.Json;
using System.Text.Json;
using Glancy.Sandbox.Slack;

namespace Glancy.Sandbox.Tests.Slack.Api;

/// <summary>What the methods answer, and Slack's names for what is wrong.</summary>
public sealed class MethodsTests(SlackHouse house) : IClassFixture<SlackHouse>
{
    private const string Ops = Team.OpsChannel;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_the_token_nothing_is_answered()
    {
        Assert.Equal("not_authed", await ErrorAsync(null));
        Assert.Equal("invalid_auth", await ErrorAsync("xoxb-other"));
        Assert.Equal("unknown_method", await house.ErrorAsync("chat.shout", new { }));

        async Task<string?> ErrorAsync(string? token)
        {
            using var response = await house.PostAsync("auth.test", JsonContent.Create(new { }), token);
            return (await response.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("error").GetString();
        }
    }

    [Fact]
    public async Task The_token_is_the_bots()
    {
        var test = await house.CallAsync("auth.test", new { });

        Assert.Equal(
            (Team.Id, Team.BotUser, Team.Bot),
            (Text(test, "team_id"), Text(test, "user_id"), Text(test, "bot_id"))
        );
    }

    [Fact]
    public async Task A_read_takes_a_form_and_no_JSON()
    {
        Assert.Equal("user_not_found", await house.ErrorAsync("users.info", new { user = SlackHouse.Lin }));

        var user = (
            await house.FormAsync("users.info", ("user", SlackHouse.Lin), ("include_locale", "true"))
        ).GetProperty("user");
        Assert.Equal(("lin", "林晓", "zh-CN"), (Text(user, "name"), Text(user, "real_name"), Text(user, "locale")));
        Assert.False(
            (await house.FormAsync("users.info", ("user", SlackHouse.Lin)))
                .GetProperty("user")
                .TryGetProperty("locale", out _)
        );
    }

    [Fact]
    public async Task A_post_stands_in_the_channel_with_a_name_for_every_part()
    {
        var ts = await house.PostAsync(
            new
            {
                channel = Ops,
                text = "card",
                blocks = new object[]
                {
                    new
                    {
                        type = "actions",
                        elements = new object[]
                        {
                            new { type = "button", text = new { type = "plain_text", text = "Go" } },
                        },
                    },
                },
            }
        );

        var blocks = house.Workspace.Board.Find(Ops, ts)?.Blocks ?? default;
        Assert.NotEqual("", Text(blocks[0], "block_id"));
        Assert.NotEqual("", Text(blocks[0].GetProperty("elements")[0], "action_id"));
    }

    [Theory]
    [InlineData("C0NONE", "x", "channel_not_found")]
    [InlineData(Ops, "", "no_text")]
    public async Task A_post_that_cannot_be_is_refused(string channel, string text, string error) =>
        Assert.Equal(error, await house.ErrorAsync("chat.postMessage", new { channel, text }));

    [Fact]
    public async Task Where_the_bot_is_no_member_it_neither_speaks_nor_reads()
    {
        house.Workspace.Members.Put(new Channel("C0OTHER", "other", "", [SlackHouse.Lin]));
        house.Workspace.Members.Put(new Channel("C0OLD", "old", "", [Team.BotUser]) { IsArchived = true });

        Assert.Equal(
            "not_in_channel",
            await house.ErrorAsync("chat.postMessage", new { channel = "C0OTHER", text = "x" })
        );
        Assert.Equal(
            "not_in_channel",
            Text(await house.FormAsync("conversations.history", ("channel", "C0OTHER")), "error")
        );
        Assert.Equal("is_archived", await house.ErrorAsync("chat.postMessage", new { channel = "C0OLD", text = "x" }));
    }

    [Fact]
    public async Task An_update_changes_what_it_names_and_keeps_the_rest()
    {
        var ts = await house.PostAsync(
            new
            {
                channel = Ops,
                text = "old",
                blocks = new[] { new { type = "divider" } },
                metadata = new { event_type = "card", event_payload = new { id = "R-1" } },
            }
        );

        Assert.Equal(
            "ok",
            await house.ErrorAsync(
                "chat.update",
                new
                {
                    channel = Ops,
                    ts,
                    text = "new",
                }
            )
        );
        var kept = house.Workspace.Board.Find(Ops, ts);
        Assert.Equal(("new", 1, true), (kept?.Text, kept?.Blocks?.GetArrayLength(), kept?.Metadata is not null));
        Assert.NotNull(kept?.Edited);

        Assert.Equal(
            "ok",
            await house.ErrorAsync(
                "chat.update",
                new
                {
                    channel = Ops,
                    ts,
                    text = "bare",
                    blocks = Array.Empty<object>(),
                    metadata = new { },
                }
            )
        );
        var bare = house.Workspace.Board.Find(Ops, ts);
        Assert.Equal((0, null), (bare?.Blocks?.GetArrayLength(), bare?.Metadata));
        Assert.Equal(
            "msg_too_long",
            await house.ErrorAsync(
                "chat.update",
                new
                {
                    channel = Ops,
                    ts,
                    text = new string('x', 4001),
                }
            )
        );
        Assert.Equal(
            "message_not_found",
            await house.ErrorAsync(
                "chat.update",
                new
                {
                    channel = Ops,
                    ts = "1.1",
                    text = "x",
                }
            )
        );
    }

    [Fact]
    public async Task The_words_of_a_person_are_not_the_bots_to_change()
    {
        var said = await house.Workspace.SayAsync(SlackHouse.Lin, Ops, "mine", null, Token);

        Assert.Equal(
            "cant_update_message",
            await house.ErrorAsync(
                "chat.update",
                new
                {
                    channel = Ops,
                    ts = said?.Ts,
                    text = "x",
                }
            )
        );
        Assert.Equal(
            "cant_delete_message",
            await house.ErrorAsync("chat.delete", new { channel = Ops, ts = said?.Ts })
        );
    }

    [Fact]
    public async Task Metadata_has_a_shape_and_is_shown_to_who_asks()
    {
        Assert.Equal(
            "invalid_metadata_format",
            await house.ErrorAsync(
                "chat.postMessage",
                new
                {
                    channel = Ops,
                    text = "x",
                    metadata = new { event_type = "card" },
                }
            )
        );
        var ts = await house.PostAsync(
            new
            {
                channel = Ops,
                text = "x",
                metadata = new { event_type = "card", event_payload = new { id = "R-1" } },
            }
        );

        var with = await house.FormAsync(
            "conversations.replies",
            ("channel", Ops),
            ("ts", ts),
            ("include_all_metadata", "true")
        );
        Assert.Equal(
            "R-1",
            with.GetProperty("messages")[0]
                .GetProperty("metadata")
                .GetProperty("event_payload")
                .GetProperty("id")
                .GetString()
        );
        var without = await house.FormAsync("conversations.replies", ("channel", Ops), ("ts", ts));
        Assert.False(without.GetProperty("messages")[0].TryGetProperty("metadata", out _));
    }

    [Fact]
    public async Task A_history_goes_back_page_by_page_and_leaves_answers_out()
    {
        house.Workspace.Members.Put(new Channel("C0LONG", "long", "", [Team.BotUser, SlackHouse.Lin]));
        var all = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            all.Add(await house.PostAsync(new { channel = "C0LONG", text = $"m{i}" }));
        }

        await house.PostAsync(
            new
            {
                channel = "C0LONG",
                text = "answer",
                thread_ts = all[0],
            }
        );

        var seen = new List<string>();
        var cursor = "";
        do
        {
            var page = await house.FormAsync(
                "conversations.history",
                ("channel", "C0LONG"),
                ("limit", "2"),
                ("cursor", cursor)
            );
            seen.AddRange(page.GetProperty("messages").EnumerateArray().Select(m => Text(m, "ts")));
            cursor = page.GetProperty("has_more").GetBoolean()
                ? Text(page.GetProperty("response_metadata"), "next_cursor")
                : "";
        } while (cursor.Length > 0);

        Assert.Equal(Enumerable.Reverse(all), seen);
        Assert.Equal([all[3]], await Between(false));
        Assert.Equal([all[4], all[3], all[2]], await Between(true));
        Assert.Equal(
            "invalid_cursor",
            Text(await house.FormAsync("conversations.history", ("channel", "C0LONG"), ("cursor", "x")), "error")
        );

        async Task<IEnumerable<string>> Between(bool inclusive) =>
            (
                await house.FormAsync(
                    "conversations.history",
                    ("channel", "C0LONG"),
                    ("oldest", all[2]),
                    ("latest", all[4]),
                    ("inclusive", inclusive ? "true" : "false")
                )
            )
                .GetProperty("messages")
                .EnumerateArray()
                .Select(m => Text(m, "ts"));
    }

    [Fact]
    public async Task An_ephemeral_message_reaches_one_member_and_no_history()
    {
        Assert.Equal(
            "ok",
            await house.ErrorAsync(
                "chat.postEphemeral",
                new
                {
                    channel = Ops,
                    user = SlackHouse.Lin,
                    text = "only you",
                }
            )
        );
        Assert.Equal(
            "user_not_in_channel",
            await house.ErrorAsync(
                "chat.postEphemeral",
                new
                {
                    channel = Ops,
                    user = "UNOBODY00",
                    text = "x",
                }
            )
        );

        Assert.Contains(house.Workspace.Asides.Of(SlackHouse.Lin), e => e.Text == "only you");
        Assert.DoesNotContain(house.Workspace.Board.All, m => m.Text == "only you");
    }

    [Fact]
    public async Task A_persons_id_stands_for_the_conversation_with_them()
    {
        var ts = await house.PostAsync(new { channel = SlackHouse.Wu, text = "hello" });

        Assert.NotNull(house.Workspace.Board.Find("DWU000000", ts));
        Assert.Equal(
            "DWU000000",
            Text(
                (await house.CallAsync("conversations.open", new { users = SlackHouse.Wu })).GetProperty("channel"),
                "id"
            )
        );
    }

    [Fact]
    public async Task The_group_on_call_has_the_people_it_is_given()
    {
        Assert.Equal(
            "ok",
            await house.ErrorAsync(
                "usergroups.users.update",
                new { usergroup = Team.OnCallGroup, users = $"{SlackHouse.Lin},{SlackHouse.Wu}" }
            )
        );
        Assert.Equal(
            [SlackHouse.Lin, SlackHouse.Wu],
            (await house.FormAsync("usergroups.users.list", ("usergroup", Team.OnCallGroup)))
                .GetProperty("users")
                .EnumerateArray()
                .Select(u => u.GetString())
        );
        Assert.Equal("oncall", Text((await house.FormAsync("usergroups.list")).GetProperty("usergroups")[0], "handle"));
        Assert.Equal(
            "no_users_provided",
            await house.ErrorAsync("usergroups.users.update", new { usergroup = Team.OnCallGroup, users = "" })
        );
        Assert.Equal(
            "invalid_users",
            await house.ErrorAsync("usergroups.users.update", new { usergroup = Team.OnCallGroup, users = "UNOBODY00" })
        );
        Assert.Equal(
            "no_such_subteam",
            await house.ErrorAsync("usergroups.users.update", new { usergroup = "S0NONE", users = SlackHouse.Lin })
        );
    }

    [Fact]
    public async Task A_topic_is_set_and_said_once()
    {
        Assert.Equal(
            "ok",
            await house.ErrorAsync("conversations.setTopic", new { channel = Ops, topic = "REL-B3 15 %" })
        );
        Assert.Equal(
            "ok",
            await house.ErrorAsync("conversations.setTopic", new { channel = Ops, topic = "REL-B3 15 %" })
        );

        Assert.Equal(
            "REL-B3 15 %",
            Text(
                (await house.FormAsync("conversations.info", ("channel", Ops)))
                    .GetProperty("channel")
                    .GetProperty("topic"),
                "value"
            )
        );
        Assert.Single(house.Workspace.Board.In(Ops), m => m.Subtype == "channel_topic");
        Assert.Equal(
            "too_long",
            await house.ErrorAsync("conversations.setTopic", new { channel = Ops, topic = new string('x', 251) })
        );
    }

    private static string Text(JsonElement owner, string name) => owner.GetProperty(name).GetString() ?? "";
}
