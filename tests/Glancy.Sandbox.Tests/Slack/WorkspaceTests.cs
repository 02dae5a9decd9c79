using Glancy.Sandbox.Slack;
using Microsoft.Extensions.Time.Testing;

namespace Glancy.Sandbox.Tests.Slack;

/// <summary>What a person does, and what they see of it.</summary>
public sealed class WorkspaceTests
{
    private const string Lin = SlackHouse.Lin;
    private readonly HeardApp app = new();
    private readonly Workspace workspace;

    public WorkspaceTests() =>
        workspace = new Workspace(
            Workspace.PeopleOf(Path.Combine(Repository.Root, "runbook", "people.yaml")),
            new FakeTimeProvider(new DateTimeOffset(2026, 1, 5, 3, 0, 0, TimeSpan.Zero))
        )
        {
            App = app,
        };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Everybody_of_the_runbook_is_there_with_a_channel_a_conversation_and_a_language()
    {
        Assert.Equal(
            ("lin", "林晓", "zh-CN"),
            workspace.Members.Person(Lin) is { } lin ? (lin.Login, lin.Name, lin.Locale) : default
        );
        Assert.Equal("en-US", workspace.Members.Person("UOLGA0000")?.Locale);
        Assert.Equal([Team.OpsChannel, "DLIN00000"], workspace.Members.ChannelsOf(Lin).Select(c => c.Id));
        Assert.Contains(Team.BotUser, workspace.Members.Channel(Team.OpsChannel)?.Members ?? []);
    }

    [Fact]
    public async Task A_typed_line_is_a_message_with_its_mentions_marked_and_its_signs_escaped()
    {
        var said = await workspace.SayAsync(
            Lin,
            Team.OpsChannel,
            "@wu @oncall @channel a < b & c, see https://x.example/?a=1&b=2 mail@wu",
            null,
            Token
        );

        Assert.Equal(
            "<@UWU000000> <!subteam^S0ONCALL> <!channel> a &lt; b &amp; c, see <https://x.example/?a=1&amp;b=2> "
                + "mail@wu",
            said?.Text
        );
        Assert.Equal(said, Assert.Single(workspace.Board.In(Team.OpsChannel)));
        Assert.Equal("message", app.Events.Single()["type"]?.GetValue<string>());
    }

    [Fact]
    public async Task Messages_have_names_that_only_grow_however_many_are_posted_at_once()
    {
        await Task.WhenAll(
            Enumerable
                .Range(0, 200)
                .Select(i => Task.Run(() => workspace.SayAsync(Lin, Team.OpsChannel, $"{i}", null, Token), Token))
        );

        var names = workspace.Board.In(Team.OpsChannel).Select(m => m.Ts).ToList();
        Assert.Equal(200, names.Distinct().Count());
        Assert.Equal(names.Order(StringComparer.Ordinal), workspace.Board.All.Select(m => m.Ts));
        Assert.All(names, n => Assert.Matches(@"^\d{10}\.\d{6}$", n));
    }

    [Fact]
    public async Task An_answer_makes_a_thread_and_stays_out_of_the_channel()
    {
        var first = await workspace.SayAsync(Lin, Team.OpsChannel, "first", null, Token);
        var answer = await workspace.SayAsync("UWU000000", Team.OpsChannel, "answer", first?.Ts, Token);

        Assert.Equal([first?.Ts], workspace.Board.In(Team.OpsChannel).Select(m => m.Ts));
        Assert.Equal(
            [first?.Ts, answer?.Ts],
            workspace.Board.Thread(Team.OpsChannel, first?.Ts ?? "").Select(m => m.Ts)
        );
        Assert.Equal(first?.Ts, workspace.Board.Find(Team.OpsChannel, first?.Ts ?? "")?.ThreadTs);
    }

    [Fact]
    public async Task A_command_nobody_has_and_one_in_a_thread_are_answered_by_Slack_itself()
    {
        await workspace.SayAsync(Lin, Team.OpsChannel, "/nosuch thing", null, Token);
        var first = await workspace.SayAsync(Lin, Team.OpsChannel, "first", null, Token);
        await workspace.SayAsync(Lin, Team.OpsChannel, "/glancy hk", first?.Ts, Token);

        var said = workspace.Asides.Of(Lin);
        Assert.StartsWith("`/nosuch` is not a valid command.", said[0].Text, StringComparison.Ordinal);
        Assert.Equal("/glancy is not supported in threads. Sorry!", said[1].Text);
        Assert.All(said, s => Assert.Equal(Team.Slackbot, s.From));
        Assert.Empty(app.Commands);
        Assert.Empty(workspace.Asides.Of("UWU000000"));
    }

    [Fact]
    public async Task A_command_carries_what_Slack_sends_and_is_no_message()
    {
        Assert.Null(await workspace.SayAsync(Lin, "DLIN00000", "/glancy  hk <HK-03>", null, Token));

        var form = app.Commands.Single();
        Assert.Equal(
            ("T00000001", Lin, "lin", "DLIN00000", "directmessage", "/glancy", "hk &lt;HK-03&gt;"),
            (
                form["team_id"],
                form["user_id"],
                form["user_name"],
                form["channel_id"],
                form["channel_name"],
                form["command"],
                form["text"]
            )
        );
        Assert.NotEqual("", form["trigger_id"]);
        Assert.Empty(workspace.Board.All);
    }

    [Theory]
    [InlineData("operation_timeout")]
    [InlineData("dispatch_failed")]
    [InlineData("http_service_error")]
    public async Task A_person_is_told_when_a_command_did_not_reach_the_app(string error)
    {
        app.Answer = new AppAnswer.Failed(error);

        await workspace.SayAsync(Lin, Team.OpsChannel, "/glancy hk", null, Token);

        Assert.Equal($"/glancy failed with the error \"{error}\"", Assert.Single(workspace.Asides.Of(Lin)).Text);
    }

    [Fact]
    public async Task The_body_of_an_acknowledgement_is_shown_to_the_person_or_in_the_channel()
    {
        app.AnswerWith(new { text = "only you" });
        await workspace.SayAsync(Lin, Team.OpsChannel, "/glancy a", null, Token);
        app.AnswerWith(new { response_type = "in_channel", text = "everybody" });
        await workspace.SayAsync(Lin, Team.OpsChannel, "/glancy b", null, Token);
        app.AnswerWith("plain words");
        await workspace.SayAsync(Lin, Team.OpsChannel, "/glancy c", null, Token);

        Assert.Equal(["only you", "plain words"], workspace.Asides.Of(Lin).Select(e => e.Text));
        Assert.Equal(("everybody", Team.Bot), workspace.Board.All.Single() is var m ? (m.Text, m.BotId) : default);
    }

    [Fact]
    public async Task A_reaction_is_given_and_taken_back_and_both_are_told()
    {
        var said = await workspace.SayAsync(Lin, Team.OpsChannel, "look", null, Token);

        workspace.React("UWU000000", Team.OpsChannel, said?.Ts ?? "", "eyes");
        Assert.Equal(
            ["UWU000000"],
            Assert.Single(workspace.Board.Find(Team.OpsChannel, said?.Ts ?? "")?.Reactions ?? []).Users
        );
        workspace.React("UWU000000", Team.OpsChannel, said?.Ts ?? "", "eyes");

        Assert.Empty(workspace.Board.Find(Team.OpsChannel, said?.Ts ?? "")?.Reactions ?? []);
        Assert.Equal(
            ["message", "reaction_added", "reaction_removed"],
            app.Events.Select(e => e["type"]?.GetValue<string>())
        );
    }

    [Fact]
    public async Task Nobody_speaks_where_they_are_not()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => workspace.SayAsync(Lin, "DWU000000", "hello", null, Token));
        await Assert.ThrowsAsync<ArgumentException>(() =>
            workspace.SayAsync("UNOBODY00", Team.OpsChannel, "hello", null, Token)
        );
    }

    [Fact]
    public async Task Whoever_waits_for_a_change_hears_of_it_once()
    {
        var drawn = 0;
        workspace.Changes.Changed += (_, _) => drawn++;
        var next = workspace.Changes.AfterAsync(workspace.Changes.Version, Token);
        Assert.False(next.IsCompleted);

        await workspace.SayAsync(Lin, Team.OpsChannel, "look", null, Token);

        await next;
        Assert.Equal(1, drawn);
    }
}
