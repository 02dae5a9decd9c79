using System.Text;
using System.Text.Json.Nodes;
using Glancy.Bot.Slack;
using Glancy.Bot.Tests.Crash;
using Glancy.Ops.Roster.Sources;
using Glancy.Sandbox.Bastion;
using Glancy.Sandbox.Slack;
using Glancy.Slack;
using Glancy.Slack.Api;
using Glancy.Slack.Blocks;
using Microsoft.Extensions.DependencyInjection;

namespace Glancy.Bot.Tests.Slack;

/// <summary>
/// Our client against the sandbox's Slack, by the scenarios it passes against somebody else's idea of Slack too.
/// </summary>
public sealed class OwnClientTests : IAsyncLifetime
{
    private const string Lin = "ULIN00000";
    private SandboxSlack? sandbox;
    private ServiceProvider? services;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private SandboxSlack Sandbox => sandbox ?? throw new InvalidOperationException("not started");

    private ISlackApiClient Slack =>
        services?.GetRequiredService<ISlackApiClient>() ?? throw new InvalidOperationException("not started");

    public async ValueTask InitializeAsync()
    {
        var started = await SandboxSlack.StartAsync(
            Path.Combine(RepositoryRoot.Find(), "runbook", "people.yaml"),
            TimeProvider.System,
            TimeProvider.System.GetUtcNow,
            Token
        );
        sandbox = started;
        services = new ServiceCollection()
            .AddLogging()
            .AddSlack(options =>
            {
                options.SigningSecret = started.SigningSecret;
                options.TeamId = Team.Id;
                options.BotToken = started.BotToken;
                options.ApiBase = started.Api;
                options.AttemptTimeout = TimeSpan.FromSeconds(2);
                options.RetryDelay = TimeSpan.FromMilliseconds(50);
            })
            .BuildServiceProvider();
    }

    public async ValueTask DisposeAsync()
    {
        if (services is not null)
        {
            await services.DisposeAsync();
        }

        if (sandbox is not null)
        {
            await sandbox.DisposeAsync();
        }
    }

    [Fact]
    public async Task The_token_is_the_bots() =>
        Assert.Equal(
            (Team.Id, Team.BotUser, Team.Bot),
            Ok(await Slack.Auth.Test(Token)) is var me ? (me.TeamId, me.UserId, me.BotId) : default
        );

    [Fact]
    public async Task A_role_that_is_kept_as_a_user_group_is_its_members_and_without_the_group_it_is_not_heard()
    {
        var reader = new SlackGroupReader(Slack);
        Ok(await Slack.UserGroups.Users.Update(Team.OnCallGroup, [Lin, "UWU000000"], Token));

        var heard = Assert.IsType<RosterReading.Heard>(
            await reader.ReadAsync(Team.OnCallGroup, default, default, Token)
        );
        Assert.Equal([Lin, "UWU000000"], heard.Turns.Select(t => t.Account).Order());
        Assert.All(heard.Turns, t => Assert.Equal((null, null), (t.From, t.To)));
        Assert.Null(heard.Until);

        Assert.NotEqual(
            "",
            Assert.IsType<RosterReading.NotHeard>(await reader.ReadAsync("S0NOBODY1", default, default, Token)).Why
        );
    }

    [Fact]
    public async Task A_message_is_posted_found_changed_answered_and_deleted()
    {
        var posted = Ok(
            await Slack.Chat.PostMessage(
                new OutgoingMessage(
                    Team.OpsChannel,
                    "红灯",
                    [new HeaderBlock("Draft")],
                    Metadata: MessageMetadata.Of("card", ("id", "R-41"))
                ),
                Token
            )
        );
        Assert.Equal(
            posted,
            Ok(
                await Slack.Conversations.FindAsync(Team.OpsChannel, null, ("card", "id", "R-41"), "0", Team.Bot, Token)
            ).Found
        );

        Assert.Equal(posted, Ok(await Slack.Chat.Update(new MessageUpdate(Team.OpsChannel, posted.Ts, "done"), Token)));
        Assert.Equal(0, Sandbox.Workspace.Board.Find(Team.OpsChannel, posted.Ts)?.Blocks?.GetArrayLength());
        var reply = Ok(
            await Slack.Chat.PostMessage(new OutgoingMessage(Team.OpsChannel, "a line", ThreadTs: posted.Ts), Token)
        );
        var thread = Ok(await Slack.Conversations.Replies(Team.OpsChannel, posted.Ts, new MessageRange(), Token));
        Assert.Equal([(posted.Ts, "done"), (reply.Ts, "a line")], thread.Messages.Select(m => (m.Ts, m.Text)));
        Assert.Contains(
            posted.Ts.Replace(".", "", StringComparison.Ordinal),
            Ok(await Slack.Chat.GetPermalink(Team.OpsChannel, posted.Ts, Token)).AbsoluteUri,
            StringComparison.Ordinal
        );

        Ok(await Slack.Chat.Delete(Team.OpsChannel, reply.Ts, Token));
        Assert.Equal("message_not_found", Code(await Slack.Chat.Delete(Team.OpsChannel, reply.Ts, Token)));
    }

    [Fact]
    public async Task A_post_whose_answer_was_lost_is_in_doubt_and_found_again()
    {
        await Sandbox.FaultOnAsync(new SlackFault(SlackFaultKind.LoseAnswer, "chat.postMessage", Times: 1), Token);

        Assert.IsType<SlackUnknown<PostedMessage>>(
            await Slack.Chat.PostMessage(
                new OutgoingMessage(Team.OpsChannel, "red", Metadata: MessageMetadata.Of("card", ("id", "R-42"))),
                Token
            )
        );

        Assert.NotNull(
            Ok(
                await Slack.Conversations.FindAsync(Team.OpsChannel, null, ("card", "id", "R-42"), "0", Team.Bot, Token)
            ).Found
        );
    }

    [Theory]
    [InlineData(SlackFaultKind.TooMany)]
    [InlineData(SlackFaultKind.ServerError)]
    [InlineData(SlackFaultKind.Hang)]
    [InlineData(SlackFaultKind.LoseAnswer)]
    public async Task What_may_be_repeated_is_repeated_until_it_is_done(SlackFaultKind fault)
    {
        await Sandbox.FaultOnAsync(new SlackFault(fault, Times: 1), Token);

        Ok(await Slack.Conversations.SetTopic(Team.OpsChannel, "REL-B3 15 %", Token));

        Assert.Equal("REL-B3 15 %", Ok(await Slack.Conversations.Info(Team.OpsChannel, Token)).Topic);
    }

    [Fact]
    public async Task While_Slack_is_down_nothing_was_sent()
    {
        await Sandbox.FaultOnAsync(new SlackFault(SlackFaultKind.Down), Token);

        Assert.Equal(
            "unavailable",
            Code(await Slack.Chat.PostMessage(new OutgoingMessage(Team.OpsChannel, "red"), Token))
        );
    }

    [Fact]
    public async Task An_ephemeral_message_a_person_a_group_and_marks_are_known()
    {
        Ok(await Slack.Chat.PostEphemeral(new EphemeralMessage(Team.OpsChannel, Lin, "only you"), Token));
        Assert.Equal("only you", Assert.Single(Sandbox.Workspace.Asides.Of(Lin)).Text);

        var lin = Ok(await Slack.Users.Info(Lin, Token));
        Assert.Equal(("lin", "zh-CN", true), (lin.Name, lin.Locale, lin.IsMemberOf(Team.Id)));
        Assert.Equal(
            [Lin],
            Ok(await Slack.UserGroups.Users.Update(Ok(await Slack.UserGroups.List(Token)).Single().Id, [Lin], Token))
        );
        Assert.Equal(
            Ok(await Slack.Conversations.Open([Lin], Token)).Id,
            Ok(await Slack.Conversations.Open([Lin], Token)).Id
        );

        var message = Ok(await Slack.Chat.PostMessage(new OutgoingMessage(Team.OpsChannel, "look"), Token));
        Ok(await Slack.Reactions.Add(Team.OpsChannel, message.Ts, "eyes", Token));
        Assert.Equal("already_reacted", Code(await Slack.Reactions.Add(Team.OpsChannel, message.Ts, "eyes", Token)));
        Ok(await Slack.Pins.Add(Team.OpsChannel, message.Ts, Token));
        Assert.Equal("already_pinned", Code(await Slack.Pins.Add(Team.OpsChannel, message.Ts, Token)));
    }

    [Theory]
    [InlineData("guest")]
    [InlineData("stranger")]
    [InlineData("gone")]
    public async Task Who_is_no_full_member_is_known_for_it(string kind)
    {
        var person = new Person("UOTHER000", "other", "Other", "en-US")
        {
            IsRestricted = kind == "guest",
            Deleted = kind == "gone",
            TeamId = kind == "stranger" ? "T00000002" : Team.Id,
        };
        Sandbox.Workspace.Members.Add(person);

        Assert.False(Ok(await Slack.Users.Info(person.Id, Token)).IsMemberOf(Team.Id));
    }

    [Fact]
    public async Task A_file_is_uploaded_and_shared()
    {
        var file = Ok(
            await Slack.Files.Upload(
                new FileUpload(
                    "chart.png",
                    Encoding.UTF8.GetBytes("数据"),
                    "Chart",
                    ChannelId: Team.OpsChannel,
                    InitialComment: "look"
                ),
                Token
            )
        );

        Assert.Equal(
            ("Chart", 6),
            Sandbox.Workspace.Files.Find(file.Id) is { } stored ? (stored.Title, stored.Content.Length) : default
        );
        var shown = Sandbox.Workspace.Board.In(Team.OpsChannel)[^1];
        Assert.Equal(("look", file.Id), (shown.Text, Assert.Single(shown.Files)));
    }

    [Fact]
    public async Task A_block_shows_a_picture_that_is_in_no_channel_once_slack_has_looked_at_it()
    {
        var file = Ok(await Slack.Files.Upload(new FileUpload("chart.png", Encoding.UTF8.GetBytes("数据")), Token));
        var text = Ok(await Slack.Files.Upload(new FileUpload("log.txt", Encoding.UTF8.GetBytes("数据")), Token));

        Assert.False(await ShowsAsync("F0NOSUCH0"));
        await Wait.UntilAsync(() => ShowsAsync(file.Id), "Slack shows it", Token);
        Assert.False(await ShowsAsync(text.Id));
        Assert.Empty(Sandbox.Workspace.Files.Find(file.Id)?.Channels ?? ["none"]);

        // What Slack does not show stands there in words.
        async Task<bool> ShowsAsync(string id) =>
            Assert
                .IsType<SlackOk<PostedMessage>>(
                    await Slack.Chat.PostMessage(
                        new OutgoingMessage(
                            Team.OpsChannel,
                            "red",
                            [new ImageBlock(null, "HK-01", SlackFile: new SlackFile(id))]
                        ),
                        Token
                    )
                )
                .InWords.Count == 0;
    }

    [Fact]
    public async Task A_command_is_answered_and_a_view_opened_changed_and_published()
    {
        var heard = new Heard();
        Sandbox.Workspace.App = heard;
        await Sandbox.Workspace.SayAsync(Lin, Team.OpsChannel, "/glancy rollback", null, Token);
        var (trigger, address) = (heard.Command["trigger_id"], new Uri(heard.Command["response_url"]));
        var view = new ModalView(
            "Roll back",
            [new InputBlock("Reason", new PlainTextInput("reason"), BlockId: "why")],
            "Draft",
            CallbackId: "rollback",
            PrivateMetadata: "q8"
        );

        Ok(await Slack.Respond(address, new ResponseMessage("heard", ReplaceOriginal: false), Token));
        Assert.Equal("heard", Assert.Single(Sandbox.Workspace.Asides.Of(Lin)).Text);
        var shown = Ok(await Slack.Views.Open(trigger, view, Token));
        Assert.Equal("exchanged_trigger_id", Code(await Slack.Views.Open(trigger, view, Token)));
        Assert.Equal(shown.Id, Ok(await Slack.Views.Update(shown.Id, view, shown.Hash, Token)).Id);
        Assert.Equal("hash_conflict", Code(await Slack.Views.Update(shown.Id, view, "0.stale", Token)));
        Ok(await Slack.Views.Publish(Lin, new HomeView([new DividerBlock()]), null, Token));
    }

    private static T Ok<T>(SlackResult<T> result) => Assert.IsType<SlackOk<T>>(result).Value;

    private static string Code<T>(SlackResult<T> result) => Assert.IsType<SlackFailed<T>>(result).Error.Code;

    private sealed class Heard : IApp
    {
        public IReadOnlyDictionary<string, string> Command { get; private set; } = new Dictionary<string, string>();

        public Task<AppAnswer> CommandAsync(
            IReadOnlyDictionary<string, string> form,
            CancellationToken cancellationToken
        )
        {
            Command = form;
            return Task.FromResult<AppAnswer>(new AppAnswer.Acknowledged(null));
        }

        public Task<AppAnswer> InteractionAsync(JsonObject payload, CancellationToken cancellationToken) =>
            Task.FromResult<AppAnswer>(new AppAnswer.Acknowledged(null));

        public void Tell(JsonObject happened) { }
    }
}
