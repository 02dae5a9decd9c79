using System.Text.Json;

namespace Glancy.Slack.Tests.Inbound;

/// <summary>Requests as Slack sends them, with people and ids of our own.</summary>
internal static class Bodies
{
    public static string Command(
        string text = "hk --chart",
        string team = DoorHouse.Team,
        string trigger = "111.222.aaa"
    ) =>
        Form(
            ("token", "unused"),
            ("team_id", team),
            ("team_domain", "home"),
            ("channel_id", "C0OPS"),
            ("channel_name", "ops"),
            ("user_id", "U0LIN"),
            ("user_name", "lin"),
            ("command", "/glancy"),
            ("text", text),
            ("api_app_id", "A0APP"),
            ("is_enterprise_install", "false"),
            ("response_url", "https://hooks.slack.com/commands/T0HOME/1/x"),
            ("trigger_id", trigger)
        );

    public static string Click(
        string team = DoorHouse.Team,
        string? personsTeam = null,
        string actionTs = "1772600767.000100"
    ) =>
        Payload(
            new
            {
                type = "block_actions",
                user = new
                {
                    id = "U0LIN",
                    username = "lin",
                    team_id = personsTeam ?? team,
                },
                api_app_id = "A0APP",
                container = new
                {
                    type = "message",
                    message_ts = "1772600000.000200",
                    channel_id = "C0OPS",
                    is_ephemeral = false,
                },
                trigger_id = "333.444.bbb",
                team = new { id = team, domain = "home" },
                channel = new { id = "C0OPS", name = "ops" },
                message = new
                {
                    type = "message",
                    ts = "1772600000.000200",
                    thread_ts = "1772600000.000200",
                    text = "a card",
                    blocks = new object[] { new { type = "rich_text" } },
                },
                state = new { values = new { } },
                response_url = "https://hooks.slack.com/actions/T0HOME/2/y",
                actions = new[]
                {
                    new
                    {
                        action_id = "run.confirm",
                        block_id = "b1",
                        text = new { type = "plain_text", text = "Roll back" },
                        value = "q7",
                        style = "danger",
                        type = "button",
                        action_ts = actionTs,
                    },
                },
            }
        );

    public static string Submission(string trigger = "555.666.ccc") =>
        Payload(
            new
            {
                type = "view_submission",
                team = new { id = DoorHouse.Team },
                user = new { id = "U0LIN", team_id = DoorHouse.Team },
                trigger_id = trigger,
                view = new
                {
                    id = "V0VIEW",
                    type = "modal",
                    callback_id = "rollback",
                    private_metadata = "q8",
                    hash = "1.a",
                    state = new
                    {
                        values = new Dictionary<string, object>
                        {
                            ["why"] = new { reason = new { type = "plain_text_input", value = "red" } },
                            ["way"] = new
                            {
                                choice = new { type = "static_select", selected_option = new { value = "full" } },
                            },
                            ["who"] = new { person = new { type = "users_select", selected_user = "U0WEI" } },
                            ["note"] = new { text = new { type = "plain_text_input", value = (string?)null } },
                        },
                    },
                },
            }
        );

    public static string Shortcut() =>
        Payload(
            new
            {
                type = "message_action",
                callback_id = "pin_to_incident",
                trigger_id = "777.888.ddd",
                message_ts = "1772600001.000300",
                team = new { id = DoorHouse.Team },
                user = new { id = "U0LIN", team_id = DoorHouse.Team },
                channel = new { id = "C0OPS" },
                response_url = "https://hooks.slack.com/app/T0HOME/3/z",
                message = new
                {
                    type = "message",
                    user = "U0WEI",
                    ts = "1772600001.000300",
                    text = "it is <!channel> again",
                },
            }
        );

    /// <param name="installed">Which installation it is delivered to.</param>
    public static string Reaction(string team = DoorHouse.Team, string id = "Ev0ONE", string? installed = null) =>
        JsonSerializer.Serialize(
            new Dictionary<string, object>
            {
                ["authorizations"] = installed is null
                    ? []
                    : new[]
                    {
                        new
                        {
                            team_id = installed,
                            user_id = "U0BOT",
                            is_bot = true,
                        },
                    },
                ["token"] = "unused",
                ["team_id"] = team,
                ["api_app_id"] = "A0APP",
                ["type"] = "event_callback",
                ["event_id"] = id,
                ["event_time"] = 1772600767,
                ["event"] = new
                {
                    type = "reaction_added",
                    user = "U0LIN",
                    reaction = "pushpin",
                    item = new
                    {
                        type = "message",
                        channel = "C0OPS",
                        ts = "1.2",
                    },
                    item_user = "U0WEI",
                    event_ts = "3.4",
                },
            }
        );

    public static string Payload(object payload) => Form(("payload", JsonSerializer.Serialize(payload)));

    /// <summary>The JSON of a payload's form.</summary>
    public static string Json(string form) => Uri.UnescapeDataString(form["payload=".Length..].Replace('+', ' '));

    public static string Form(params (string Name, string Value)[] fields) =>
        string.Join(
            '&',
            fields.Select(f =>
                $"{f.Name}={Uri.EscapeDataString(f.Value).Replace("%20", "+", StringComparison.Ordinal)}"
            )
        );
}
