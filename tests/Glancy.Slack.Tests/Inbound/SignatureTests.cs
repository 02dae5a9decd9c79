using System.Globalization;
using System.Text;
using Glancy.Slack.Inbound;

namespace Glancy.Slack.Tests.Inbound;

public sealed class SignatureTests(NodeSigner signer) : IClassFixture<NodeSigner>
{
    // The example of Slack's page "Verifying requests from Slack".
    private const string PublishedSecret = "8f742231b10e8888abcd99yyyzzz85a5";
    private const string PublishedTime = "1531420618";
    private const string PublishedSignature = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";
    private const string PublishedBody =
        "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
        + "&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner"
        + "&command=%2Fwebhook-collect&text="
        + "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
        + "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";

    private static readonly DateTimeOffset Published = DateTimeOffset.FromUnixTimeSeconds(
        long.Parse(PublishedTime, CultureInfo.InvariantCulture)
    );
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(300);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, true)]
    [InlineData(300, true)]
    [InlineData(301, false)]
    [InlineData(-300, true)]
    [InlineData(-301, false)]
    public void The_published_example_holds_within_300_seconds_in_either_direction(int seconds, bool holds) =>
        Assert.Equal(
            holds,
            Holds(PublishedSecret, PublishedTime, PublishedSignature, PublishedBody, Published.AddSeconds(seconds))
        );

    [Theory]
    [InlineData("", "a body")]
    [InlineData("snow ❄ 雪", "payload=%7B%7D&text=中文")]
    public async Task What_node_signed_holds(string suffix, string body)
    {
        var secret = DoorHouse.Secret + suffix;
        var signature = await signer.SignAsync(secret, 1_700_000_000, body, Token);

        Assert.True(Holds(secret, "1700000000", signature, body, DateTimeOffset.FromUnixTimeSeconds(1_700_000_000)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    public async Task Without_a_secret_nothing_holds_not_even_what_is_signed_with_it(string? secret)
    {
        var signature = await signer.SignAsync(
            secret ?? "",
            long.Parse(PublishedTime, CultureInfo.InvariantCulture),
            PublishedBody,
            Token
        );

        Assert.False(Holds(secret, PublishedTime, signature, PublishedBody, Published));
    }

    [Theory]
    [InlineData(PublishedTime, null)]
    [InlineData(null, PublishedSignature)]
    [InlineData("", PublishedSignature)]
    [InlineData("+1531420618", PublishedSignature)]
    [InlineData(" 1531420618", PublishedSignature)]
    [InlineData("1531420618.0", PublishedSignature)]
    [InlineData("99999999999999999", PublishedSignature)]
    [InlineData("1531420619", PublishedSignature)]
    [InlineData(PublishedTime, "v0=")]
    [InlineData(PublishedTime, "v1=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503")]
    [InlineData(PublishedTime, "a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503")]
    [InlineData(PublishedTime, "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b5")]
    [InlineData(PublishedTime, "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b504")]
    [InlineData(PublishedTime, "v0=zz114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503")]
    [InlineData(PublishedTime, "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b50300")]
    public void What_is_missing_or_malformed_does_not_hold(string? timestamp, string? signature) =>
        Assert.False(Holds(PublishedSecret, timestamp, signature, PublishedBody, Published));

    [Fact]
    public void One_changed_byte_of_the_body_does_not_hold() =>
        Assert.False(
            Holds(
                PublishedSecret,
                PublishedTime,
                PublishedSignature,
                PublishedBody.Replace("roadrunner", "roadrunnes", StringComparison.Ordinal),
                Published
            )
        );

    private static bool Holds(string? secret, string? timestamp, string? signature, string body, DateTimeOffset now) =>
        SlackSignature.Holds(secret, timestamp, signature, Encoding.UTF8.GetBytes(body), now, Window);
}
