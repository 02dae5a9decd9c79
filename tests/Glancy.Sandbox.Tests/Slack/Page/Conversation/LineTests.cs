using Glancy.Sandbox.Slack;
using Glancy.Sandbox.Slack.Page.Conversation;

namespace Glancy.Sandbox.Tests.Slack.Page.Conversation;

public sealed class LineTests
{
    private const string Lin = "ULIN00000";
    private const string Olga = "UOLGA0000";
    private DateTimeOffset now = Drawing.Morning;
    private readonly Workspace workspace;

    public LineTests() => workspace = new Workspace(Drawing.People, TimeProvider.System, () => now);

    [Fact]
    public async Task A_second_message_soon_after_needs_no_name()
    {
        await SayAsync(Lin, "one");
        now += TimeSpan.FromMinutes(1);
        await SayAsync(Lin, "two");
        await SayAsync(Olga, "three");
        now += TimeSpan.FromMinutes(6);
        await SayAsync(Olga, "four");

        Assert.Equal([false, true, false, false], Line.In(workspace, Team.OpsChannel, Lin).Select(l => l.Follows));
    }

    [Fact]
    public async Task A_day_begins_at_midnight_in_Shanghai()
    {
        now = new DateTimeOffset(2025, 4, 18, 15, 59, 0, TimeSpan.Zero);
        await SayAsync(Lin, "late");
        now += TimeSpan.FromMinutes(2);
        await SayAsync(Lin, "early");

        Assert.Equal([true, true], Line.In(workspace, Team.OpsChannel, Lin).Select(l => l.OpensDay));
    }

    [Fact]
    public async Task Answers_are_counted_at_the_first_message_and_shown_in_the_thread()
    {
        var first = await SayAsync(Lin, "question");
        await workspace.SayAsync(Olga, Team.OpsChannel, "answer", first.Ts, TestContext.Current.CancellationToken);

        var line = Assert.IsType<Line.Shared>(Assert.Single(Line.In(workspace, Team.OpsChannel, Lin)));
        Assert.Equal(1, line.Answers);
        Assert.Equal([Olga], line.Answerers);
        Assert.Equal(2, Line.InThread(workspace, Team.OpsChannel, first.Ts, Lin).Count);
    }

    [Fact]
    public async Task What_only_one_person_may_see_no_other_sees()
    {
        // Slack itself answers, because nobody knows this command.
        await workspace.SayAsync(Lin, Team.OpsChannel, "/nothing", null, TestContext.Current.CancellationToken);

        Assert.IsType<Line.Aside>(Assert.Single(Line.In(workspace, Team.OpsChannel, Lin)));
        Assert.Empty(Line.In(workspace, Team.OpsChannel, Olga));
    }

    [Fact]
    public async Task Only_what_others_say_elsewhere_is_unread()
    {
        var unread = new Unread();
        await SayAsync(Lin, "before");
        unread.Begin(workspace, Olga);
        await SayAsync(Lin, "after");
        await SayAsync(Olga, "own");

        unread.Count(workspace, Olga);
        Assert.Equal(1, unread.Of(Team.OpsChannel));

        unread.Seen(Team.OpsChannel, Line.In(workspace, Team.OpsChannel, Olga));
        unread.Count(workspace, Olga);
        Assert.Equal(0, unread.Of(Team.OpsChannel));
    }

    private async Task<Message> SayAsync(string person, string text)
    {
        var message = await workspace.SayAsync(
            person,
            Team.OpsChannel,
            text,
            null,
            TestContext.Current.CancellationToken
        );
        Assert.NotNull(message);
        return message;
    }
}
