using System.Text;
using Glancy.Ops.Alerts;

namespace Glancy.Ops.Tests.Alerts;

public sealed class AlertPayloadTests
{
    private const string Good = """
        {
          "version": "4", "groupKey": "{}:{alertname=\"ExportQueueHigh\"}", "truncatedAlerts": 2,
          "status": "firing", "receiver": "glancy", "groupLabels": { "alertname": "ExportQueueHigh" },
          "commonLabels": { "alertname": "ExportQueueHigh", "env": "prod" }, "commonAnnotations": {},
          "externalURL": "http://am",
          "alerts": [
            { "status": "firing", "labels": { "alertname": "ExportQueueHigh" },
              "annotations": { "summary": "queue" }, "startsAt": "2025-04-18T09:29:00.123456789+08:00",
              "endsAt": "0001-01-01T00:00:00Z", "generatorURL": "http://prometheus", "fingerprint": "c0ffee" },
            { "status": "resolved", "labels": {}, "annotations": {}, "startsAt": "2025-04-18T01:00:00Z",
              "endsAt": "2025-04-18T01:10:00Z", "generatorURL": "", "fingerprint": "f00d" }
          ]
        }
        """;

    [Fact]
    public void A_delivery_is_read_with_all_its_facts()
    {
        Assert.True(AlertPayload.TryRead(Encoding.UTF8.GetBytes(Good), out var read, out var problem), problem);

        Assert.Equal(
            ("{}:{alertname=\"ExportQueueHigh\"}", "glancy", 2),
            (read.GroupKey, read.Receiver, read.Truncated)
        );
        Assert.Equal("prod", read.CommonLabels["env"]);
        Assert.Equal(
            ("c0ffee", true, null),
            (read.Alerts[0].Fingerprint, read.Alerts[0].Firing, read.Alerts[0].EndsAt)
        );

        // To the microsecond, which is what the database keeps.
        Assert.Equal(
            new DateTimeOffset(2025, 4, 18, 1, 29, 0, TimeSpan.Zero).AddTicks(1234560),
            read.Alerts[0].StartsAt
        );
        Assert.Equal(new DateTimeOffset(2025, 4, 18, 1, 10, 0, TimeSpan.Zero), read.Alerts[1].EndsAt);
    }

    [Theory]
    [InlineData("\"version\": \"4\"", "\"version\": \"3\"", "version")]
    [InlineData("\"version\": \"4\", ", "", "version")]
    [InlineData("\"version\": \"4\"", "\"version\": \"\\ud800\"", "text")]
    [InlineData("\"groupKey\"", "\"groupkey\"", "groupKey")]
    [InlineData("\"alerts\": [", "\"alarms\": [", "alerts")]
    [InlineData("\"version\": \"4\"", "\"version\"", "json")]
    public void What_is_no_delivery_at_all_is_refused(string old, string wrong, string place)
    {
        Assert.False(
            AlertPayload.TryRead(
                Encoding.UTF8.GetBytes(Good.Replace(old, wrong, StringComparison.Ordinal)),
                out _,
                out var problem
            )
        );
        Assert.Equal(place, problem);
    }

    [Theory]
    [InlineData("\"status\": \"firing\", \"receiver\"", "\"status\": \"burning\", \"receiver\"", "status")]
    [InlineData("\"truncatedAlerts\": 2", "\"truncatedAlerts\": -2", "truncatedAlerts")]
    [InlineData("\"truncatedAlerts\": 2", "\"truncatedAlerts\": 9999999999", "truncatedAlerts")]
    [InlineData("\"receiver\": \"glancy\"", "\"receiver\": null", "receiver")]
    [InlineData("\"groupLabels\": { \"alertname\": \"ExportQueueHigh\" }", "\"groupLabels\": 7", "groupLabels")]
    [InlineData("\"fingerprint\": \"f00d\"", "\"fingerprint\": \"\"", "alerts[1].fingerprint")]
    [InlineData("\"fingerprint\": \"f00d\"", "\"fingerprint\": [1]", "alerts[1].fingerprint")]
    [InlineData("2025-04-18T01:00:00Z", "yesterday", "alerts[1].startsAt")]
    [InlineData("2025-04-18T01:00:00Z", "0001-01-01T00:00:00Z", "alerts[1].startsAt")]
    [InlineData("2025-04-18T01:00:00Z", "1234-01-01T00:00:00Z", "alerts[1].startsAt")]
    [InlineData("2025-04-18T01:10:00Z", "9999-12-31T23:59:59+14:00", "alerts[1].endsAt")]
    [InlineData("\"endsAt\": \"2025-04-18T01:10:00Z\"", "\"endsAt\": 12", "alerts[1].endsAt")]
    [InlineData("\"status\": \"resolved\"", "\"status\": null", "alerts[1].status")]
    [InlineData("\"summary\": \"queue\"", "\"summary\": 7", "alerts[0].annotations.summary")]
    [InlineData("\"summary\": \"queue\"", "\"summary\": null", "alerts[0].annotations.summary")]
    [InlineData("\"summary\": \"queue\"", "\"summary\": \"a\\u0000b\"", "alerts[0].annotations.summary")]
    [InlineData("\"summary\": \"queue\"", "\"summary\": \"\\ud800\"", "alerts[0].annotations.summary")]
    [InlineData("\"summary\": \"queue\"", "\"\\udc00\": \"queue\"", "alerts[0].annotations")]
    [InlineData("\"annotations\": { \"summary\": \"queue\" }", "\"annotations\": \"queue\"", "alerts[0].annotations")]
    public void A_field_that_cannot_be_read_costs_that_field_and_is_named(string old, string wrong, string place)
    {
        Assert.True(
            AlertPayload.TryRead(
                Encoding.UTF8.GetBytes(Good.Replace(old, wrong, StringComparison.Ordinal)),
                out var read,
                out var problem
            ),
            problem
        );

        Assert.Equal([place], read.Spoiled.Distinct());
        Assert.Equal((2, "c0ffee", true), (read.Alerts.Count, read.Alerts[0].Fingerprint, read.Alerts[0].Firing));
        Assert.Equal("prod", read.CommonLabels["env"]);
        Assert.All(
            read.Alerts.SelectMany(a => a.Annotations.Concat(a.Labels)),
            pair => Assert.DoesNotContain('\0', pair.Key + pair.Value)
        );
    }

    [Fact]
    public void What_cannot_be_read_takes_the_side_of_firing()
    {
        var wrong = Good.Replace("\"resolved\"", "\"?\"", StringComparison.Ordinal)
            .Replace("2025-04-18T01:00:00Z", "?", StringComparison.Ordinal)
            .Replace("\"f00d\"", "null", StringComparison.Ordinal);
        Assert.True(AlertPayload.TryRead(Encoding.UTF8.GetBytes(wrong), out var read, out _));

        Assert.Equal((true, AlertFact.Undated), (read.Alerts[1].Firing, read.Alerts[1].StartsAt));
        Assert.Matches("^[0-9a-f]{16}$", read.Alerts[1].Fingerprint);
    }

    [Theory]
    [InlineData("-2")]
    [InlineData("9999999999")]
    [InlineData("\"two\"")]
    public void How_many_were_left_out_is_some_when_it_cannot_be_read(string wrong)
    {
        var body = Good.Replace("\"truncatedAlerts\": 2", "\"truncatedAlerts\": " + wrong, StringComparison.Ordinal);
        Assert.True(AlertPayload.TryRead(Encoding.UTF8.GetBytes(body), out var read, out _));

        Assert.True(read.Truncated > 0);
    }

    [Fact]
    public void What_has_no_end_is_cut_and_named()
    {
        var labels = string.Join(", ", Enumerable.Range(0, 300).Select(i => $"\"l{i}\": 7"));
        var (one, other) = (Long("a"), Long("b"));

        Assert.Equal((200, 20), (one.Alerts[1].Labels.Count, one.Spoiled.Count));
        Assert.InRange(one.GroupKey.Length, 16_000, 16_100);
        Assert.NotEqual(one.GroupKey, other.GroupKey);

        AlertDelivery Long(string end)
        {
            var body = Good.Replace("\"{}:{", "\"" + new string('k', 20_000) + end, StringComparison.Ordinal)
                .Replace("\"labels\": {}", $"\"labels\": {{ {labels} }}", StringComparison.Ordinal);
            Assert.True(AlertPayload.TryRead(Encoding.UTF8.GetBytes(body), out var read, out var problem), problem);
            return read;
        }
    }

    [Fact]
    public void What_is_no_alert_is_the_only_one_that_is_lost()
    {
        Assert.True(
            AlertPayload.TryRead(
                Encoding.UTF8.GetBytes(Good.Replace("\"alerts\": [", "\"alerts\": [ 7,", StringComparison.Ordinal)),
                out var read,
                out _
            )
        );
        Assert.Equal("alerts[0]", Assert.Single(read.Spoiled));
        Assert.Equal(2, read.Alerts.Count);
    }

    [Theory]
    [InlineData(380, "ExportQueueHigh")]
    [InlineData(4000, "ExportQueueHigh")]
    [InlineData(30, "")]
    public void The_name_of_the_first_alert_stands_at_the_beginning(int length, string called)
    {
        var body = Encoding.UTF8.GetBytes(Good);
        Assert.Equal(called, AlertPayload.Called(body.AsSpan(0, Math.Min(length, body.Length))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"4\"")]
    [InlineData("{}")]
    public void No_body_at_all_is_malformed_and_nothing_worse(string body) =>
        Assert.False(AlertPayload.TryRead(Encoding.UTF8.GetBytes(body), out _, out _));
}
