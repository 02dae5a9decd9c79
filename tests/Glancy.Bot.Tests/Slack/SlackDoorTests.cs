using System.Net;
using System.Text.Json;
using Glancy.Bot.Tests.Crash;

namespace Glancy.Bot.Tests.Slack;

/// <summary>The door that Slack knocks at, on real replicas: what is answered, to whom, once; and what is not let in.</summary>
public sealed class SlackDoorTests(SlackWorld house) : IClassFixture<SlackWorld>
{
    private const string Lin = "ULIN00000";
    private const string Olga = "UOLGA0000";
    private static int triggers;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_signed_command_is_answered_to_who_typed_it()
    {
        var trigger = Trigger();

        Assert.Equal(HttpStatusCode.OK, await house.SendAsync("a", "commands", house.Command(Olga, "hk", trigger), Token));

        var answer = Assert.Single(await house.AnswersAsync(trigger, Token));
        Assert.Equal("ephemeral", answer.GetProperty("response_type").GetString());
        var shown = answer.GetProperty("blocks").Said();
        Assert.Contains("HK-01", shown, StringComparison.Ordinal);
        Assert.Contains("RED", shown, StringComparison.Ordinal);
        Assert.NotEqual("", answer.GetProperty("text").GetString());
    }

    [Fact]
    public async Task People_are_answered_in_their_language_and_what_phones_make_of_it_is_understood()
    {
        var trigger = Trigger();

        await house.SendAsync("b", "commands", house.Command(Lin, "钩子 HK‑01", trigger), Token);

        Assert.Contains("红", Assert.Single(await house.AnswersAsync(trigger, Token)).GetProperty("blocks").Said(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_delivery_twice_is_answered_once_whichever_replica_gets_it()
    {
        var trigger = Trigger();
        var body = house.Command(Lin, "oncall", trigger);

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK], await Task.WhenAll(house.SendAsync("a", "commands", body, Token), house.SendAsync("b", "commands", body, Token)));

        await house.AnswersAsync(trigger, Token);
        await FinishedAsync(trigger);
        Assert.Single(await house.AnswersAsync(trigger, Token));
    }

    [Fact]
    public async Task A_button_says_its_command_as_who_pressed_it()
    {
        var trigger = Trigger();

        Assert.Equal(HttpStatusCode.OK, await house.SendAsync("a", "interactions", house.Click(Olga, "glancy release freeze --reason \"lookups fail\"", trigger), Token));

        var shown = Assert.Single(await house.AnswersAsync(trigger, Token)).GetProperty("blocks").Said();
        Assert.Contains("not on the roster", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_not_in_the_runbook_is_told_so_and_nobody_is_stood_in_for()
    {
        var (stranger, standIn) = (Trigger(), Trigger());
        await house.SendAsync("a", "commands", house.Command("UNOBODY00", "hk", stranger), Token);
        await house.SendAsync("a", "commands", house.Command(Olga, "--as lin release freeze --reason x", standIn), Token);

        Assert.Contains("UNOBODY00", Assert.Single(await house.AnswersAsync(stranger, Token)).GetProperty("blocks").Said(), StringComparison.Ordinal);
        Assert.DoesNotContain("HK-01", Assert.Single(await house.AnswersAsync(stranger, Token)).GetProperty("blocks").Said(), StringComparison.Ordinal);
        Assert.Contains("§8", Assert.Single(await house.AnswersAsync(standIn, Token)).GetProperty("blocks").Said(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outside_text_mentions_nobody()
    {
        var trigger = Trigger();
        await house.SendAsync("a", "commands", house.Command(Olga, "hk <!channel>", trigger), Token);

        var shown = Assert.Single(await house.AnswersAsync(trigger, Token)).GetProperty("blocks").Said();
        Assert.DoesNotContain("<!channel>", shown, StringComparison.Ordinal);
        Assert.Contains("&lt;!channel&gt;", shown, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task What_is_not_signed_by_slack_is_refused_and_not_written_down()
    {
        var trigger = Trigger();

        Assert.Equal(HttpStatusCode.Unauthorized, await house.SendAsync("a", "commands", house.Command(Lin, "hk", trigger), Token, signature: "v0=" + new string('0', 64)));

        Assert.Equal("0", await house.BotAsync($"select count(*) from glancy.slack_inbox where dedupe_key like '%{trigger}'", Token));
    }

    [Theory]
    [InlineData("POST", "/terminal")]
    [InlineData("POST", "/clock")]
    [InlineData("GET", "/healthz/ready")]
    [InlineData("GET", "/slack/../terminal")]
    [InlineData("GET", "/SLACK/commands")]
    public async Task No_other_door_opens_to_the_network(string method, string path) =>
        Assert.Contains(await house.KnockAsync("a", HttpMethod.Parse(method), path, Token), new[] { HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed });

    [Fact]
    public async Task After_a_death_what_reads_is_answered_and_what_changes_is_not_done_again()
    {
        var (reads, changes) = (Trigger(), Trigger());
        foreach (var (trigger, line) in new[] { (reads, "oncall"), (changes, "release freeze --reason \"lookups fail\"") })
        {
            // As a replica leaves it that died at it.
            await house.BotAsync(
                $"insert into glancy.slack_inbox (dedupe_key, kind, raw_body, attempts, owner, lease_until) values ('command:{trigger}', 'Command', '{house.Command(Lin, line, trigger)}', 1, 'c', now()) returning id", Token);
        }

        Assert.Single(await house.AnswersAsync(reads, Token));
        Assert.Contains("glancy run list", Assert.Single(await house.AnswersAsync(changes, Token)).GetProperty("blocks").Said(), StringComparison.Ordinal);
        Assert.Equal("0", await house.BotAsync("select count(*) from glancy.audit where document ->> 'action' = 'release-freeze' and document ->> 'actor' = 'lin'", Token));
    }

    private Task FinishedAsync(string trigger) => Wait.UntilAsync(
        async () => await house.BotAsync($"select count(*) from glancy.slack_inbox where dedupe_key like '%{trigger}' and finished_at is not null", Token) == "1", $"{trigger} is finished", Token);

    private static string Trigger() => $"t{Interlocked.Increment(ref triggers)}";
}
