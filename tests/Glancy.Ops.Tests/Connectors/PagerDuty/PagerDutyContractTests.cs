using System.Text.Json;

namespace Glancy.Ops.Tests.Connectors.PagerDuty;

/// <summary>The contract itself: it takes what PagerDuty takes, and each of its rules refuses something.</summary>
public class PagerDutyContractTests
{
    private const string Key = "0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData(
        """
            { "routing_key": "KEY", "event_action": "trigger", "payload": { "summary": "s", "source": "h",
             "severity": "critical" } }
            """
    )]
    [InlineData(
        """
            { "routing_key": "KEY", "event_action": "trigger", "dedup_key": "k", "payload": { "summary": "s",
             "source": "h", "severity": "info", "timestamp": "2025-04-18T01:30:00Z", "custom_details": { "a": 1 } },
             "links": [{ "href": "https://x" }] }
            """
    )]
    [InlineData("""{ "routing_key": "KEY", "event_action": "resolve", "dedup_key": "k" }""")]
    public void What_PagerDuty_takes_passes(string body) => Assert.Empty(PagerDutyContract.Event(Read(body)));

    [Theory]
    [InlineData("""{ "event_action": "resolve", "dedup_key": "k" }""")]
    [InlineData("""{ "routing_key": "short", "event_action": "resolve", "dedup_key": "k" }""")]
    [InlineData("""{ "routing_key": "KEY", "event_action": "ring", "dedup_key": "k" }""")]
    [InlineData("""{ "routing_key": "KEY", "event_action": "acknowledge" }""")]
    [InlineData("""{ "routing_key": "KEY", "event_action": "trigger", "dedup_key": "k" }""")]
    [InlineData(
        """{ "routing_key": "KEY", "event_action": "trigger", "payload": { "summary": "s", "source": "h" } }"""
    )]
    [InlineData(
        """
            { "routing_key": "KEY", "event_action": "trigger", "payload": { "summary": "s", "source": "h",
             "severity": "grave" } }
            """
    )]
    [InlineData(
        """
            { "routing_key": "KEY", "event_action": "trigger", "payload": { "summary": "s", "source": "h",
             "severity": "info", "timestamp": "yesterday" } }
            """
    )]
    [InlineData("""{ "routing_key": "KEY", "event_action": "resolve", "dedup_key": "k", "colour": "red" }""")]
    [InlineData(
        """{ "routing_key": "KEY", "event_action": "resolve", "dedup_key": "k", "links": [{ "text": "x" }] }"""
    )]
    [InlineData(
        """{ "routing_key": "KEY", "event_action": "resolve", "dedup_key": "k", "images": [{ "src": "http://x" }] }"""
    )]
    public void What_PagerDuty_refuses_is_found(string body) => Assert.NotEmpty(PagerDutyContract.Event(Read(body)));

    [Fact]
    public void Of_on_calls_the_answer_and_the_question_are_judged()
    {
        Assert.Empty(
            PagerDutyContract.OnCallsAnswer(
                Read(
                    """
                    { "oncalls": [{ "user": { "id": "P1", "type": "user_reference" }, "schedule": null,
                     "escalation_level": 1, "start": null, "end": null }], "more": false }
                    """
                )
            )
        );
        Assert.NotEmpty(
            PagerDutyContract.OnCallsAnswer(Read("""{ "oncalls": [{ "user": { "type": "user_reference" } }] }"""))
        );
        Assert.NotEmpty(PagerDutyContract.OnCallsAnswer(Read("""{ "more": false }""")));
        Assert.NotEmpty(PagerDutyContract.OnCallsQuery(Read("""{ "schedule_ids[]": "P1", "limit": "101" }""")));
        Assert.NotEmpty(PagerDutyContract.OnCallsQuery(Read("""{ "schedule_id": "P1" }""")));
    }

    private static JsonElement Read(string text)
    {
        using var document = JsonDocument.Parse(text.Replace("KEY", Key, StringComparison.Ordinal));
        return document.RootElement.Clone();
    }
}
