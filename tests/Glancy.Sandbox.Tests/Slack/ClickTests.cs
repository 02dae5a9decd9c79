using System.Text.Json;
using System.Text.Json.Nodes;
using Glancy.Sandbox.Slack;

namespace Glancy.Sandbox.Tests.Slack;

/// <summary>Buttons, response addresses, modals.</summary>
public sealed class ClickTests(SlackHouse house) : IClassFixture<SlackHouse>
{
    private const string Lin = SlackHouse.Lin;
    private static readonly object[] Buttons =
    [
        new { type = "section", text = new { type = "mrkdwn", text = "Sure?" } },
        new
        {
            type = "actions",
            block_id = "do",
            elements = new object[]
            {
                new
                {
                    type = "button",
                    action_id = "yes",
                    value = "R-1",
                    text = new { type = "plain_text", text = "Yes" },
                },
            },
        },
    ];

    private static readonly object Form = new
    {
        type = "modal",
        callback_id = "why",
        title = new { type = "plain_text", text = "Why" },
        submit = new { type = "plain_text", text = "Send" },
        blocks = new object[]
        {
            new
            {
                type = "input",
                block_id = "reason",
                label = new { type = "plain_text", text = "Reason" },
                element = new { type = "plain_text_input", action_id = "text" },
            },
        },
    };

    private readonly HeardApp app = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_click_carries_the_message_the_button_and_addresses_to_answer()
    {
        var ts = await BeginAsync();

        await PressAsync(new Place.InMessage(Team.OpsChannel, ts));

        var payload = app.Interactions.Single();
        Assert.Equal(
            ("block_actions", Lin, Team.Id, Team.OpsChannel),
            (
                Text(payload["type"]),
                Text(payload["user"]?["id"]),
                Text(payload["team"]?["id"]),
                Text(payload["channel"]?["id"])
            )
        );
        Assert.Equal(
            (ts, "message", ts),
            (
                Text(payload["container"]?["message_ts"]),
                Text(payload["container"]?["type"]),
                Text(payload["message"]?["ts"])
            )
        );
        var action = payload["actions"]?[0];
        Assert.Equal(
            ("yes", "do", "R-1", "button", "Yes"),
            (
                Text(action?["action_id"]),
                Text(action?["block_id"]),
                Text(action?["value"]),
                Text(action?["type"]),
                Text(action?["text"]?["text"])
            )
        );
        Assert.Matches(@"^\d{10}\.\d{6}$", Text(action?["action_ts"]));
        Assert.StartsWith("http://127.0.0.1:", Text(payload["response_url"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_click_nobody_answered_is_complained_about()
    {
        var ts = await BeginAsync();
        app.Answer = new AppAnswer.Failed("http_service_error");

        await PressAsync(new Place.InMessage(Team.OpsChannel, ts));

        Assert.Contains(
            house.Workspace.Asides.Of(Lin),
            e => e.From == Team.Slackbot && e.Text == "Glancy 没有回应，请再试一次。"
        );
    }

    [Fact]
    public async Task A_shortcut_carries_the_message_and_addresses_to_answer_and_is_complained_about_when_nobody_does()
    {
        var ts = await BeginAsync();
        house.Workspace.Shortcuts = [new Shortcut("Remember it", "remember")];

        await house.Workspace.ShortcutAsync(Lin, Team.OpsChannel, ts, "remember", Token);

        var payload = app.Interactions.Single();
        Assert.Equal(
            ("message_action", "remember", Lin, Team.Id, Team.OpsChannel),
            (
                Text(payload["type"]),
                Text(payload["callback_id"]),
                Text(payload["user"]?["id"]),
                Text(payload["team"]?["id"]),
                Text(payload["channel"]?["id"])
            )
        );
        Assert.Equal(
            (ts, ts, "message"),
            (Text(payload["message_ts"]), Text(payload["message"]?["ts"]), Text(payload["message"]?["type"]))
        );
        Assert.Matches(@"^\d{10}\.\d{6}$", Text(payload["action_ts"]));
        Assert.NotEqual("", Text(payload["trigger_id"]));
        Assert.StartsWith("http://127.0.0.1:", Text(payload["response_url"]), StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() =>
            house.Workspace.ShortcutAsync(Lin, Team.OpsChannel, ts, "forget", Token)
        );

        app.Answer = new AppAnswer.Failed("http_service_error");
        await house.Workspace.ShortcutAsync(Lin, Team.OpsChannel, ts, "remember", Token);
        Assert.Contains(
            house.Workspace.Asides.Of(Lin),
            e => e.From == Team.Slackbot && e.Text == "Glancy 没有回应，请再试一次。"
        );
    }

    [Fact]
    public async Task A_response_address_takes_five_answers_and_no_sixth()
    {
        var address = await AddressAsync(await BeginAsync());

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal((200, "ok"), await house.RespondAsync(address, new { text = $"n{i}" }));
        }

        var (status, body) = await house.RespondAsync(address, new { text = "once more" });
        Assert.Equal(404, status);
        Assert.Contains("used_url", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_response_address_lives_for_half_an_hour()
    {
        var address = await AddressAsync(await BeginAsync());
        house.Clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal((200, "ok"), await house.RespondAsync(address, new { text = "just in time" }));

        house.Clock.Advance(TimeSpan.FromSeconds(1));
        var (status, body) = await house.RespondAsync(address, new { text = "late" });

        Assert.Equal(404, status);
        Assert.Contains("expired_url", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_replaces_the_message_or_deletes_it_or_stands_beside_it()
    {
        var ts = await BeginAsync();
        var address = await AddressAsync(ts);

        await house.RespondAsync(address, new { text = "beside" });
        Assert.Equal("Sure?", house.Workspace.Board.Find(Team.OpsChannel, ts)?.Text);
        Assert.Contains(house.Workspace.Asides.Of(Lin), e => e.Text == "beside");

        await house.RespondAsync(address, new { text = "in the channel", response_type = "in_channel" });
        Assert.Contains(house.Workspace.Board.In(Team.OpsChannel), m => m.Text == "in the channel");

        await house.RespondAsync(address, new { text = "instead", replace_original = true });
        Assert.Equal(
            ("instead", null),
            house.Workspace.Board.Find(Team.OpsChannel, ts) is { } m ? (m.Text, m.Blocks) : default
        );

        await house.RespondAsync(address, new { delete_original = true });
        Assert.Null(house.Workspace.Board.Find(Team.OpsChannel, ts));
    }

    [Fact]
    public async Task A_click_in_an_ephemeral_message_is_sent_without_it_and_answered_in_its_place()
    {
        await BeginAsync();
        app.AnswerWith(new { text = "Sure?", blocks = Buttons });
        await house.Workspace.SayAsync(Lin, Team.OpsChannel, "/glancy ask", null, Token);
        var shown = house.Workspace.Asides.Of(Lin)[^1];
        app.Answer = new AppAnswer.Acknowledged(null);

        await PressAsync(new Place.InEphemeral(shown.Id));

        var payload = app.Interactions.Single();
        Assert.Null(payload["message"]);
        Assert.True(payload["container"]?["is_ephemeral"]?.GetValue<bool>());
        await house.RespondAsync(Text(payload["response_url"]), new { text = "done", replace_original = true });
        Assert.Equal("done", house.Workspace.Asides.Find(shown.Id)?.Text);
    }

    [Fact]
    public async Task Nobody_presses_what_is_not_there_or_what_another_sees()
    {
        var ts = await BeginAsync();
        app.AnswerWith(new { text = "Sure?", blocks = Buttons });
        await house.Workspace.SayAsync(Lin, Team.OpsChannel, "/glancy ask", null, Token);
        var shown = house.Workspace.Asides.Of(Lin)[^1];

        await Assert.ThrowsAsync<ArgumentException>(() =>
            house.Workspace.PressAsync(Lin, new Place.InMessage(Team.OpsChannel, ts), "do", "no", null, null, Token)
        );
        await Assert.ThrowsAsync<ArgumentException>(() =>
            house.Workspace.PressAsync(SlackHouse.Wu, new Place.InEphemeral(shown.Id), "do", "yes", null, null, Token)
        );
    }

    [Fact]
    public async Task A_trigger_opens_one_view_within_three_seconds()
    {
        var first = await TriggerAsync();
        var opened = await house.CallAsync("views.open", new { trigger_id = first, view = Form });
        Assert.True(opened.GetProperty("ok").GetBoolean(), opened.ToString());
        Assert.Equal(
            "exchanged_trigger_id",
            await house.ErrorAsync("views.open", new { trigger_id = first, view = Form })
        );

        var late = await TriggerAsync();
        house.Clock.Advance(TimeSpan.FromSeconds(3.001));
        Assert.Equal(
            "expired_trigger_id",
            await house.ErrorAsync("views.open", new { trigger_id = late, view = Form })
        );
        Assert.Equal(
            "invalid_trigger_id",
            await house.ErrorAsync("views.open", new { trigger_id = "1.2.3", view = Form })
        );
    }

    [Fact]
    public async Task A_form_is_filled_in_sent_back_with_errors_and_closed()
    {
        var view = await OpenAsync();
        await house.Workspace.SubmitAsync(Lin, view, Values(""), Token);
        Assert.Equal("请填写此必填项。", house.Workspace.Screens.Find(view)?.Errors["reason"]);
        Assert.Empty(app.Interactions);

        app.AnswerWith(new { response_action = "errors", errors = new { reason = "Too short." } });
        await house.Workspace.SubmitAsync(Lin, view, Values("x"), Token);
        Assert.Equal("Too short.", house.Workspace.Screens.Find(view)?.Errors["reason"]);
        Assert.Equal("x", Text(app.Interactions.Single()["view"]?["state"]?["values"]?["reason"]?["text"]?["value"]));

        app.Answer = new AppAnswer.Failed("operation_timeout");
        await house.Workspace.SubmitAsync(Lin, view, Values("long enough"), Token);
        Assert.NotNull(house.Workspace.Screens.Find(view)?.Trouble);

        app.Answer = new AppAnswer.Acknowledged(null);
        await house.Workspace.SubmitAsync(Lin, view, Values("long enough"), Token);
        Assert.Null(house.Workspace.Screens.Find(view));
    }

    [Fact]
    public async Task A_view_is_updated_by_its_hash_only_and_a_home_published()
    {
        var view = await OpenAsync();
        var hash = house.Workspace.Screens.Find(view)?.Hash ?? "";

        Assert.Equal(
            "hash_conflict",
            await house.ErrorAsync(
                "views.update",
                new
                {
                    view_id = view,
                    hash = "0.stale",
                    view = Form,
                }
            )
        );
        Assert.Equal(
            "ok",
            await house.ErrorAsync(
                "views.update",
                new
                {
                    view_id = view,
                    hash,
                    view = Form,
                }
            )
        );
        Assert.Equal(
            "hash_conflict",
            await house.ErrorAsync(
                "views.update",
                new
                {
                    view_id = view,
                    hash,
                    view = Form,
                }
            )
        );
        Assert.Equal("not_found", await house.ErrorAsync("views.update", new { view_id = "VNONE", view = Form }));
        Assert.Equal(
            "ok",
            await house.ErrorAsync(
                "views.publish",
                new { user_id = Lin, view = new { type = "home", blocks = new[] { new { type = "divider" } } } }
            )
        );
        Assert.Equal("home", house.Workspace.Screens.HomeOf(Lin)?.Content.GetProperty("type").GetString());
        await house.Workspace.CloseAsync(Lin, view, Token);
        Assert.Empty(house.Workspace.Screens.ModalsOf(Lin));
    }

    private async Task<string> BeginAsync()
    {
        house.Workspace.App = app;
        return await house.PostAsync(
            new
            {
                channel = Team.OpsChannel,
                text = "Sure?",
                blocks = Buttons,
            }
        );
    }

    private Task PressAsync(Place place) => house.Workspace.PressAsync(Lin, place, "do", "yes", null, null, Token);

    private async Task<string> AddressAsync(string ts)
    {
        await PressAsync(new Place.InMessage(Team.OpsChannel, ts));
        return Text(app.Interactions[^1]["response_url"]);
    }

    private async Task<string> TriggerAsync()
    {
        house.Workspace.App = app;
        await house.Workspace.SayAsync(Lin, Team.OpsChannel, "/glancy form", null, Token);
        return app.Commands[^1]["trigger_id"];
    }

    private async Task<string> OpenAsync() =>
        (await house.CallAsync("views.open", new { trigger_id = await TriggerAsync(), view = Form }))
            .GetProperty("view")
            .GetProperty("id")
            .GetString()
        ?? "";

    private static JsonElement Values(string reason) =>
        JsonSerializer.SerializeToElement(
            new { reason = new { text = new { type = "plain_text_input", value = reason } } }
        );

    private static string Text(JsonNode? node) => node?.GetValue<string>() ?? "";
}
