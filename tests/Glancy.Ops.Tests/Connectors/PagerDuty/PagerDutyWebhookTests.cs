using System.Text;
using Glancy.Ops.Connectors.PagerDuty;

namespace Glancy.Ops.Tests.Connectors.PagerDuty;

public class PagerDutyWebhookTests
{
    private const string Secret = "WMDUnQTTvnKl+EhTTvgsAd3UQjBmuQxfYq80dhNAtJWCG2f4gwtxnBRUsP/xkLGk";
    private static readonly DateTimeOffset At = new(2025, 4, 18, 1, 31, 0, 250, TimeSpan.Zero);
    private static readonly byte[] Body = PagerDelivery.Of(
        "incident.acknowledged",
        At,
        "PLIN",
        "glancy/test/INC-2025-0418-01"
    );

    [Fact]
    public void Who_has_the_secret_is_let_in_also_while_one_secret_follows_another()
    {
        var (signed, other) = (PagerDelivery.Sign(Body, Secret), PagerDelivery.Sign(Body, "another-secret-of-16"));
        Assert.True(PagerDutyWebhook.IsSigned(Body, signed, Secret));
        Assert.True(PagerDutyWebhook.IsSigned(Body, other + "," + signed, Secret));
        Assert.True(PagerDutyWebhook.IsSigned(Body, other + ", " + signed, Secret));
        Assert.True(PagerDutyWebhook.IsSigned(Body, signed, "another-secret-of-16," + Secret));
    }

    // The vector is made with: printf '%s' '{"event":{}}' | openssl dgst -sha256 -hmac 0123456789abcdef
    [Fact]
    public void The_signature_is_what_another_program_makes_of_it() =>
        Assert.True(
            PagerDutyWebhook.IsSigned(
                Encoding.UTF8.GetBytes("""{"event":{}}"""),
                "v1=7fa61f5b45e6a2433a5af6e6807ba3c001e78dbd62b70df85b67e685c4cac749",
                "0123456789abcdef"
            )
        );

    public static TheoryData<string?> Strange() =>
        new(
            null,
            "",
            "v1=",
            "v1=00",
            "v2=" + PagerDelivery.Sign(Body, Secret)[3..],
            PagerDelivery.Sign(Body, Secret)[3..],
            PagerDelivery.Sign(Body, Secret)[..^1],
            PagerDelivery.Sign(Body, Secret) + "0",
            PagerDelivery.Sign(Body, "another-secret-of-16"),
            PagerDelivery.Sign([.. Body, 10], Secret),
            PagerDelivery.Sign(Body, "")
        );

    [Theory]
    [MemberData(nameof(Strange))]
    public void Nobody_else_is(string? header) => Assert.False(PagerDutyWebhook.IsSigned(Body, header, Secret));

    [Theory]
    [InlineData("")]
    [InlineData(",")]
    public void Without_a_secret_nobody_is_at_all(string secret)
    {
        Assert.False(PagerDutyWebhook.IsSigned(Body, PagerDelivery.Sign(Body, secret), secret));
        Assert.False(PagerDutyWebhook.IsSigned(Body, PagerDelivery.Sign(Body, ""), secret));
        Assert.False(PagerDutyWebhook.IsSigned(Body, null, secret));
    }

    [Fact]
    public void A_delivery_is_read()
    {
        Assert.True(PagerDutyWebhook.TryRead(Body, out var word));
        Assert.Equal(
            new PagerWord(
                "01DEF",
                "incident.acknowledged",
                At,
                "PLIN",
                "Somebody <!channel>",
                "PGR0VU2",
                "glancy/test/INC-2025-0418-01"
            ),
            word
        );

        Assert.True(
            PagerDutyWebhook.TryRead(PagerDelivery.Of("incident.acknowledged", At, null, null), out var machine)
        );
        Assert.Equal((null, null), (machine.User, machine.Key));

        Assert.True(
            PagerDutyWebhook.TryRead(
                """
                {"event":{"id":"1","event_type":"pagey.ping","resource_type":"pagey",
                 "occurred_at":"2025-04-18T01:31:00Z","agent":null,"client":null,"data":{"message":"hi",
                 "type":"ping"}}}
                """u8,
                out var ping
            )
        );
        Assert.Equal(("pagey.ping", null), (ping.Type, ping.Incident));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"event":null}""")]
    [InlineData("""{"event":{"id":"1","event_type":"incident.acknowledged"}}""")]
    [InlineData("""{"event":{"id":"1","event_type":"incident.acknowledged","occurred_at":"soon"}}""")]
    [InlineData("""{"event":{"id":1,"event_type":"incident.acknowledged","occurred_at":"2025-04-18T01:31:00Z"}}""")]
    [InlineData(
        """
            {"event":{"id":"1","event_type":"incident.acknowledged","occurred_at":"2025-04-18T01:31:00Z",
             "agent":"PLIN"}}
            """
    )]
    public void What_is_no_delivery_is_not(string body) =>
        Assert.False(PagerDutyWebhook.TryRead(Encoding.UTF8.GetBytes(body), out _));
}
