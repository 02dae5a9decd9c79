using System.Diagnostics;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Web;
using Glancy.Sandbox.Processes;
using Glancy.Sandbox.Slack;

namespace Glancy.Sandbox.Tests.Slack.Inbound;

/// <summary>What arrives at the app's doors, and what a person learns when it does not.</summary>
public sealed class AppDoorsTests : IAsyncLifetime
{
    private readonly SlackHouse house = new();
    private int[] ports = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await house.InitializeAsync();
        ports =
        [
            .. new[] { "a", "b" }.Select(r =>
                int.Parse(
                    house.Slack.Settings(r)["Slack__Listen"].Split(':')[1],
                    System.Globalization.CultureInfo.InvariantCulture
                )
            ),
        ];
    }

    public async ValueTask DisposeAsync() => await house.DisposeAsync();

    [Fact]
    public async Task What_is_delivered_is_signed_as_node_signs_it()
    {
        await using var door = await Door.OpenAsync(ports[0]);
        await SayAsync("/glancy hk & 回滚");
        await SayAsync("hello");
        await Deadline.UntilAsync(() => door.Knocks.Count == 2);

        foreach (var knock in door.Knocks)
        {
            var timestamp = knock.Headers["X-Slack-Request-Timestamp"];
            Assert.Equal(
                house.Clock.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture),
                timestamp
            );
            Assert.Equal(await SignAsync(timestamp, knock.Body), knock.Headers["X-Slack-Signature"]);
        }

        var command = door.Knocks.Single(k => k.Path == "/slack/commands");
        Assert.Equal("application/x-www-form-urlencoded", command.ContentType);
        Assert.Equal("hk &amp; 回滚", HttpUtility.ParseQueryString(Encoding.UTF8.GetString(command.Body))["text"]);
        var told = JsonSerializer.Deserialize<JsonElement>(door.Knocks.Single(k => k.Path == "/slack/events").Body);
        Assert.Equal(
            ("event_callback", "hello"),
            (told.GetProperty("type").GetString(), told.GetProperty("event").GetProperty("text").GetString())
        );
    }

    [Fact]
    public async Task The_replicas_take_turns_and_one_takes_over_for_the_other()
    {
        await using var b = await Door.OpenAsync(ports[1]);
        await using (var a = await Door.OpenAsync(ports[0]))
        {
            await SayAsync("/glancy 1", "/glancy 2", "/glancy 3", "/glancy 4");
            Assert.Equal((2, 2), (a.Knocks.Count, b.Knocks.Count));
        }

        await SayAsync("/glancy 5", "/glancy 6");

        Assert.Equal(4, b.Knocks.Count);
        Assert.Empty(house.Workspace.Asides.Of(SlackHouse.Lin));
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable, "http_service_error")]
    [InlineData(HttpStatusCode.Unauthorized, "http_client_error")]
    public async Task A_status_that_is_not_200_is_a_failed_command(HttpStatusCode status, string error)
    {
        await using var door = await Door.OpenAsync(ports[0]);
        door.Status = status;

        await SayAsync("/glancy hk");

        Assert.Contains(error, Assert.Single(house.Workspace.Asides.Of(SlackHouse.Lin)).Text, StringComparison.Ordinal);
        Assert.Single(door.Knocks);
    }

    [Fact]
    public async Task Nobody_at_all_is_a_failed_dispatch()
    {
        await SayAsync("/glancy hk");

        Assert.Contains(
            "dispatch_failed",
            Assert.Single(house.Workspace.Asides.Of(SlackHouse.Lin)).Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task After_three_seconds_Slack_gives_up()
    {
        await using var door = await Door.OpenAsync(ports[0]);
        door.Status = null;
        var saying = SayAsync("/glancy hk");
        await Deadline.UntilAsync(() => door.Knocks.Count == 1);

        house.Clock.Advance(TimeSpan.FromSeconds(2.9));
        Assert.False(saying.IsCompleted);
        house.Clock.Advance(TimeSpan.FromSeconds(0.2));
        await saying;

        Assert.Contains(
            "operation_timeout",
            Assert.Single(house.Workspace.Asides.Of(SlackHouse.Lin)).Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_event_that_is_not_taken_comes_again_at_once_after_a_minute_and_after_five()
    {
        await using var door = await Door.OpenAsync(ports[0]);
        door.Status = HttpStatusCode.ServiceUnavailable;

        await SayAsync("hello");
        await house.Clock.PassAsync(TimeSpan.FromMinutes(1));
        await house.Clock.PassAsync(TimeSpan.FromMinutes(5));
        await Deadline.UntilAsync(() => door.Knocks.Count == 4);

        Assert.Equal(
            ["", "1", "2", "3"],
            door.Knocks.Select(k => k.Headers.GetValueOrDefault("X-Slack-Retry-Num", ""))
        );
        Assert.Equal(
            ["http_error", "http_error", "http_error"],
            door.Knocks.Skip(1).Select(k => k.Headers["X-Slack-Retry-Reason"])
        );
        Assert.Single(
            door.Knocks.Select(k => JsonSerializer.Deserialize<JsonElement>(k.Body).GetProperty("event_id").GetString())
                .Distinct()
        );
    }

    [Fact]
    public async Task What_is_delivered_twice_is_the_same_both_times()
    {
        await using var a = await Door.OpenAsync(ports[0]);
        await using var b = await Door.OpenAsync(ports[1]);
        await house.Slack.FaultOnAsync(new SlackFault(SlackFaultKind.DeliverTwice, Times: 1), Token);

        await SayAsync("/glancy hk");
        await Deadline.UntilAsync(() => a.Knocks.Count + b.Knocks.Count == 2);

        Assert.Equal(a.Knocks.Single().Body, b.Knocks.Single().Body);
    }

    [Fact]
    public async Task What_is_delivered_late_is_signed_at_its_time()
    {
        await using var door = await Door.OpenAsync(ports[0]);
        await house.Slack.FaultOnAsync(
            new SlackFault(SlackFaultKind.DeliverLate, For: TimeSpan.FromMinutes(6), Times: 1),
            Token
        );
        var did = house.Clock.GetUtcNow();

        var saying = SayAsync("/glancy hk");
        Assert.Empty(door.Knocks);
        await house.Clock.PassAsync(TimeSpan.FromMinutes(6));
        await saying;

        Assert.Equal(
            did.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture),
            door.Knocks.Single().Headers["X-Slack-Request-Timestamp"]
        );
    }

    private async Task SayAsync(params string[] lines)
    {
        foreach (var line in lines)
        {
            await house.Workspace.SayAsync(SlackHouse.Lin, Team.OpsChannel, line, null, Token);
        }
    }

    private async Task<string> SignAsync(string timestamp, byte[] body)
    {
        using var node =
            Process.Start(
                new ProcessStartInfo(Programs.Find("node", "nodejs"), [Script()])
                {
                    RedirectStandardInput = true,
                    RedirectStandardOutput = true,
                }
            ) ?? throw new InvalidOperationException("node did not start");
        await node.StandardInput.WriteAsync(
            JsonSerializer
                .Serialize(
                    new
                    {
                        secret = house.Slack.SigningSecret,
                        timestamp,
                        body = Convert.ToBase64String(body),
                    }
                )
                .AsMemory(),
            Token
        );
        node.StandardInput.Close();
        return await node.StandardOutput.ReadToEndAsync(Token);
    }

    private static string Script([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here) ?? "", "sign.mjs");
}
