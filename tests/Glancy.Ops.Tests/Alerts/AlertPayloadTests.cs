using System.Text;
using Glancy.Ops.Alerts;

namespace Glancy.Ops.Tests.Alerts;

public sealed class AlertPayloadTests
{
    private const string Good = """
        {
          "version": "4", "groupKey": "{}:{alertname=\"ExportQueueHigh\"}", "truncatedAlerts": 2, "status": "firing", "receiver": "glancy",
          "groupLabels": { "alertname": "ExportQueueHigh" }, "commonLabels": { "alertname": "ExportQueueHigh", "env": "prod" }, "commonAnnotations": {}, "externalURL": "http://am",
          "alerts": [
            { "status": "firing", "labels": { "alertname": "ExportQueueHigh" }, "annotations": { "summary": "queue" }, "startsAt": "2025-04-18T09:29:00.123456789+08:00",
              "endsAt": "0001-01-01T00:00:00Z", "generatorURL": "http://prometheus", "fingerprint": "c0ffee" },
            { "status": "resolved", "labels": {}, "annotations": {}, "startsAt": "2025-04-18T01:00:00Z", "endsAt": "2025-04-18T01:10:00Z", "generatorURL": "", "fingerprint": "f00d" }
          ]
        }
        """;

    [Fact]
    public void A_delivery_is_read_with_all_its_facts()
    {
        Assert.True(AlertPayload.TryRead(Encoding.UTF8.GetBytes(Good), out var read, out var problem), problem);

        Assert.Equal(("{}:{alertname=\"ExportQueueHigh\"}", "glancy", 2), (read.GroupKey, read.Receiver, read.Truncated));
        Assert.Equal("prod", read.CommonLabels["env"]);
        Assert.Equal(("c0ffee", true, null), (read.Alerts[0].Fingerprint, read.Alerts[0].Firing, read.Alerts[0].EndsAt));

        // To the microsecond, which is what the database keeps.
        Assert.Equal(new DateTimeOffset(2025, 4, 18, 1, 29, 0, TimeSpan.Zero).AddTicks(1234560), read.Alerts[0].StartsAt);
        Assert.Equal(new DateTimeOffset(2025, 4, 18, 1, 10, 0, TimeSpan.Zero), read.Alerts[1].EndsAt);
    }

    [Theory]
    [InlineData("\"version\": \"4\"", "\"version\": \"3\"", "version")]
    [InlineData("\"version\": \"4\", ", "", "version")]
    [InlineData("\"groupKey\"", "\"groupkey\"", "groupKey")]
    [InlineData("\"status\": \"firing\", \"receiver\"", "\"status\": \"burning\", \"receiver\"", "status")]
    [InlineData("\"truncatedAlerts\": 2", "\"truncatedAlerts\": -2", "truncatedAlerts")]
    [InlineData("\"fingerprint\": \"f00d\"", "\"fingerprint\": \"\"", "alerts[1].fingerprint")]
    [InlineData("2025-04-18T01:00:00Z", "yesterday", "alerts[1].startsAt")]
    [InlineData("2025-04-18T01:00:00Z", "0001-01-01T00:00:00Z", "alerts[1].startsAt")]
    [InlineData("2025-04-18T01:00:00Z", "1234-01-01T00:00:00Z", "alerts[1].startsAt")]
    [InlineData("\"summary\": \"queue\"", "\"summary\": 7", "alerts[0].annotations.summary")]
    [InlineData("\"summary\": \"queue\"", "\"summary\": \"a\\u0000b\"", "alerts[0].annotations")]
    [InlineData("\"summary\": \"queue\"", "\"summary\": \"\\ud800\"", "text")]
    [InlineData("\"alerts\": [", "\"alarms\": [", "alerts")]
    [InlineData("\"version\": \"4\"", "\"version\"", "json")]
    public void What_is_wrong_is_named(string old, string wrong, string place)
    {
        Assert.False(AlertPayload.TryRead(Encoding.UTF8.GetBytes(Good.Replace(old, wrong, StringComparison.Ordinal)), out _, out var problem));
        Assert.Equal(place, problem);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"4\"")]
    [InlineData("{}")]
    public void No_body_at_all_is_malformed_and_nothing_worse(string body) => Assert.False(AlertPayload.TryRead(Encoding.UTF8.GetBytes(body), out _, out _));
}
