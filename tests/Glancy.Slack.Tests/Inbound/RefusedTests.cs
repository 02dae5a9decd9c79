using System.Net;
using Microsoft.Extensions.Options;

namespace Glancy.Slack.Tests.Inbound;

public sealed class RefusedTests(NodeSigner signer) : IClassFixture<NodeSigner>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Doors =>
        new()
        {
            { "commands", Bodies.Command() },
            { "interactions", Bodies.Click() },
            { "events", Bodies.Reaction() },
            { "events", """{"type":"url_verification","challenge":"c"}""" },
        };

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task An_old_or_early_request_is_refused_at_every_door(string door, string body)
    {
        await using var house = await DoorHouse.OpenAsync(Token);

        await RefusedAsync(
            house,
            HttpStatusCode.Unauthorized,
            await house.PostSignedAsync(signer, door, body, Token, secondsOff: -301)
        );
        await RefusedAsync(
            house,
            HttpStatusCode.Unauthorized,
            await house.PostSignedAsync(signer, door, body, Token, secondsOff: 301)
        );
    }

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task A_wrong_secret_a_changed_body_and_missing_headers_are_refused_at_every_door(
        string door,
        string body
    )
    {
        await using var house = await DoorHouse.OpenAsync(Token);
        var time = DoorHouse.Now.ToUnixTimeSeconds();
        var signature = await signer.SignAsync(DoorHouse.Secret, time, body, Token);

        await RefusedAsync(
            house,
            HttpStatusCode.Unauthorized,
            await house.PostSignedAsync(signer, door, body, Token, secret: "another")
        );
        await RefusedAsync(
            house,
            HttpStatusCode.Unauthorized,
            await house.PostAsync(door, body + " ", signature, $"{time}", Token)
        );
        await RefusedAsync(
            house,
            HttpStatusCode.Unauthorized,
            await house.PostAsync(door, body, null, $"{time}", Token)
        );
        await RefusedAsync(
            house,
            HttpStatusCode.Unauthorized,
            await house.PostAsync(door, body, signature, null, Token)
        );
    }

    [Fact]
    public async Task An_unsigned_body_is_not_parsed_and_its_challenge_not_echoed()
    {
        await using var house = await DoorHouse.OpenAsync(Token);

        await RefusedAsync(
            house,
            HttpStatusCode.Unauthorized,
            await house.PostAsync("events", """{"type":"url_verification","challenge":"c"}""", "v0=00", "1", Token)
        );
        await RefusedAsync(
            house,
            HttpStatusCode.Unauthorized,
            await house.PostAsync("events", "{{{", null, null, Token)
        );
    }

    [Fact]
    public async Task Without_a_secret_the_program_does_not_start_and_says_why()
    {
        var e = await Assert.ThrowsAsync<OptionsValidationException>(() =>
            DoorHouse.OpenAsync(Token, o => o.SigningSecret = " ")
        );

        Assert.Contains(
            "SigningSecret is missing; without it every request would be refused",
            e.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Without_a_workspace_the_program_does_not_start_and_says_why()
    {
        var e = await Assert.ThrowsAsync<OptionsValidationException>(() =>
            DoorHouse.OpenAsync(Token, o => o.TeamId = "")
        );

        Assert.Contains("TeamId is missing", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_beyond_the_limit_is_refused_signed_or_not_with_a_length_or_without(bool saysLength)
    {
        await using var house = await DoorHouse.OpenAsync(Token, o => o.MaxBodyBytes = 1000);
        var body = Bodies.Command(new string('x', 1000));
        var time = DoorHouse.Now.ToUnixTimeSeconds();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/slack/commands", UriKind.Relative))
        {
            Content = new StringContent(body),
        };
        request.Headers.TransferEncodingChunked = saysLength ? null : true;
        request.Headers.Add("X-Slack-Signature", await signer.SignAsync(DoorHouse.Secret, time, body, Token));
        request.Headers.Add("X-Slack-Request-Timestamp", $"{time}");

        await RefusedAsync(house, HttpStatusCode.RequestEntityTooLarge, await house.Http.SendAsync(request, Token));
    }

    [Fact]
    public async Task A_body_at_the_limit_is_taken()
    {
        var body = Bodies.Command(new string('x', 1000));
        await using var house = await DoorHouse.OpenAsync(Token, o => o.MaxBodyBytes = body.Length);

        using var response = await house.PostSignedAsync(signer, "commands", body, Token);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Single(house.Inbox.Taken);
    }

    public static TheoryData<string, string> Strangers =>
        new()
        {
            { "commands", Bodies.Command(team: "T0OTHER") },
            { "interactions", Bodies.Click(team: "T0OTHER") },
            { "interactions", Bodies.Click(personsTeam: "T0OTHER") },
            { "interactions", Bodies.Click(team: "T0OTHER", personsTeam: DoorHouse.Team) },
            { "events", Bodies.Reaction(installed: "T0OTHER") },
            { "events", Bodies.Reaction(team: "T0OTHER") },
        };

    [Theory]
    [MemberData(nameof(Strangers))]
    public async Task Another_workspace_is_acknowledged_and_left_alone_though_the_signature_holds(
        string door,
        string body
    )
    {
        await using var house = await DoorHouse.OpenAsync(Token);

        await RefusedAsync(house, HttpStatusCode.OK, await house.PostSignedAsync(signer, door, body, Token));
    }

    public static TheoryData<string, string> Unwanted =>
        new()
        {
            {
                "interactions",
                Bodies.Payload(
                    new
                    {
                        type = "view_closed",
                        team = new { id = DoorHouse.Team },
                        user = new { id = "U0LIN" },
                        view = new { id = "V1" },
                    }
                )
            },
            {
                "interactions",
                Bodies.Payload(
                    new
                    {
                        type = "shortcut",
                        team = new { id = DoorHouse.Team },
                        user = new { id = "U0LIN" },
                        callback_id = "global",
                        trigger_id = "1.2",
                    }
                )
            },
            {
                "interactions",
                Bodies.Payload(
                    new
                    {
                        type = "block_suggestion",
                        team = new { id = DoorHouse.Team },
                        user = new { id = "U0LIN" },
                    }
                )
            },
            { "events", """{"type":"app_rate_limited","team_id":"T0HOME","minute_rate_limited":1518467820}""" },
            { "events", """{"type":"something_else"}""" },
            { "commands", "ssl_check=1&token=unused" },
            { "commands", Bodies.Command() + "&ssl_check=1" },
        };

    [Theory]
    [MemberData(nameof(Unwanted))]
    public async Task What_slack_sends_and_nobody_wants_is_acknowledged_and_left_alone(string door, string body)
    {
        await using var house = await DoorHouse.OpenAsync(Token);

        await RefusedAsync(house, HttpStatusCode.OK, await house.PostSignedAsync(signer, door, body, Token));
    }

    [Theory]
    [InlineData("commands", "ssl_check=1&token=unused", HttpStatusCode.OK)]
    [InlineData("commands", "ssl_check=1", HttpStatusCode.OK)]
    [InlineData("commands", "ssl_check=0&token=unused", HttpStatusCode.Unauthorized)]
    [InlineData("commands", "ssl_check=1&ssl_check=1", HttpStatusCode.Unauthorized)]
    [InlineData(
        "commands",
        "ssl_check=1&command=%2Fglancy&team_id=T0HOME&user_id=U0LIN&channel_id=C0OPS&trigger_id=1.2&text=freeze",
        HttpStatusCode.Unauthorized
    )]
    [InlineData("interactions", "ssl_check=1", HttpStatusCode.Unauthorized)]
    [InlineData("interactions", "ssl_check=1&payload=%7B%7D", HttpStatusCode.Unauthorized)]
    [InlineData("events", "ssl_check=1", HttpStatusCode.Unauthorized)]
    public async Task Only_the_look_at_the_certificate_is_answered_without_a_signature(
        string door,
        string body,
        HttpStatusCode status
    )
    {
        await using var house = await DoorHouse.OpenAsync(Token);

        await RefusedAsync(house, status, await house.PostAsync(door, body, null, null, Token));
        await RefusedAsync(house, status, await house.PostAsync(door, body, "v0=00", "1", Token));
    }

    [Fact]
    public async Task A_long_body_is_no_look_at_the_certificate()
    {
        await using var house = await DoorHouse.OpenAsync(Token);

        await RefusedAsync(
            house,
            HttpStatusCode.Unauthorized,
            await house.PostAsync("commands", "ssl_check=1&token=" + new string('x', 2_000), null, null, Token)
        );
    }

    [Theory]
    [InlineData("commands", "not=a&command=at+all")]
    [InlineData("commands", "")]
    [InlineData("commands", "team_id=T0HOME&team_id=T0HOME&user_id=U&channel_id=C&command=%2Fx&trigger_id=1")]
    [InlineData("interactions", "payload=%7B%7B")]
    [InlineData("interactions", "payload=%5B%5D")]
    [InlineData("interactions", "{}")]
    [InlineData(
        "interactions",
        "payload=%7B%22type%22%3A%22block_actions%22%2C%22team%22%3A%7B%22id%22%3A%22T0HOME%22%7D"
            + "%2C%22user%22%3A%7B%22id%22%3A%22U%22%7D%2C%22actions%22%3A%5B%5D%7D"
    )]
    [InlineData("events", "{{")]
    [InlineData("events", "[]")]
    [InlineData("events", """{"type":"event_callback","event_id":"E","team_id":"T0HOME","event":{}}""")]
    [InlineData("events", """{"no":"type"}""")]
    public async Task A_signed_body_that_is_no_such_thing_is_refused(string door, string body)
    {
        await using var house = await DoorHouse.OpenAsync(Token);

        await RefusedAsync(house, HttpStatusCode.BadRequest, await house.PostSignedAsync(signer, door, body, Token));
    }

    [Fact]
    public async Task Only_posts_are_heard()
    {
        await using var house = await DoorHouse.OpenAsync(Token);

        await RefusedAsync(
            house,
            HttpStatusCode.MethodNotAllowed,
            await house.Http.GetAsync(new Uri("/slack/commands", UriKind.Relative), Token)
        );
    }

    private static async Task RefusedAsync(DoorHouse house, HttpStatusCode status, HttpResponseMessage response)
    {
        using (response)
        {
            Assert.Equal(status, response.StatusCode);
            Assert.Equal("", await response.Content.ReadAsStringAsync(Token));
            Assert.Empty(house.Inbox.Taken);
        }
    }
}
