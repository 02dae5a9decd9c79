using System.Collections.Concurrent;
using System.Globalization;
using Glancy.Slack.Api;
using Glancy.Slack.Handling;
using Glancy.Slack.Inbound;
using Glancy.Slack.Tests.Api;
using Glancy.Slack.Tests.Inbound;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Glancy.Slack.Tests.Handling;

/// <summary>The library with handlers alone: no journal, no Glancy.</summary>
public sealed class MemoryInboxTests(NodeSigner signer) : IClassFixture<NodeSigner>, IAsyncLifetime
{
    private readonly Deeds deeds = new();
    private SlackStandIn? slack;
    private WebApplication? app;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        slack = await SlackStandIn.StartAsync(Token);
        slack.Usual = _ => "ok";
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder
            .Services.AddSingleton(deeds)
            .AddKeyedSingleton<TimeProvider>(SlackServices.SignatureClock, new FakeTimeProvider(DoorHouse.Now));
        builder.Services.AddSlack(o =>
            (o.SigningSecret, o.TeamId, o.BotToken, o.ApiBase) = (
                DoorHouse.Secret,
                DoorHouse.Team,
                "xoxb",
                new Uri(slack.Address, "/api/")
            )
        );
        builder
            .Services.AddSlackHandlers()
            .AddTransient<ISlashCommandHandler, Echo>()
            .AddTransient<IBlockActionHandler, Confirmed>()
            .AddTransient<IViewSubmissionHandler, Rollback>()
            .AddTransient<IMessageShortcutHandler, Pinned>()
            .AddSlackEventHandler<ReactionAdded, Reacted>();
        app = builder.Build();
        app.MapSlack("/slack");
        await app.StartAsync(Token);
    }

    public async ValueTask DisposeAsync()
    {
        await (app?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (slack?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    [Fact]
    public async Task Handlers_are_called_and_what_they_say_goes_to_the_response_address()
    {
        Assert.Equal("", await PostAsync("commands", Local(Bodies.Command("hello"))));
        await HeardAsync(1);
        Assert.Equal("", await PostAsync("interactions", Local(Bodies.Click())));
        await HeardAsync(2);
        Assert.Equal("", await PostAsync("interactions", Local(Bodies.Shortcut())));
        await HeardAsync(3);

        Assert.Equal(["you said hello", "confirmed q7", "pinned"], slack?.Heard.Select(h => h.Json("text")));
    }

    [Fact]
    public async Task A_delivery_that_is_known_has_no_second_effect()
    {
        await PostAsync("events", Bodies.Reaction(id: "Ev1"));
        await PostAsync("events", Bodies.Reaction(id: "Ev1"));
        await PostAsync("events", Bodies.Reaction(id: "Ev2"));

        while (!deeds.Done.Contains("pushpin on 1.2 Ev2"))
        {
            await Task.Delay(5, Token);
        }

        Assert.Equal(["pushpin on 1.2 Ev1", "pushpin on 1.2 Ev2"], deeds.Done);
    }

    [Fact]
    public async Task A_handler_that_fails_does_not_silence_the_next()
    {
        await PostAsync("commands", Local(Bodies.Command("throw", trigger: "1")));
        await PostAsync("commands", Local(Bodies.Command("again", trigger: "2")));
        await HeardAsync(1);

        Assert.Equal("you said again", slack?.Heard.Single().Json("text"));
    }

    [Fact]
    public async Task A_submission_is_answered_at_once() =>
        Json.Same(
            """{"response_action":"errors","errors":{"why":"red is no reason"}}""",
            await PostAsync("interactions", Bodies.Submission())
        );

    private async Task<string> PostAsync(string door, string body)
    {
        var time = DoorHouse.Now.ToUnixTimeSeconds();
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{app?.Urls.Single()}/slack/{door}"))
        {
            Content = new StringContent(body),
        };
        request.Headers.Add(
            SlackSignature.SignatureHeader,
            await signer.SignAsync(DoorHouse.Secret, time, body, Token)
        );
        request.Headers.Add(SlackSignature.TimestampHeader, time.ToString(CultureInfo.InvariantCulture));
        using var response = await http.SendAsync(request, Token);
        Assert.True(response.IsSuccessStatusCode);
        return await response.Content.ReadAsStringAsync(Token);
    }

    private Task HeardAsync(int count) => slack?.HearsAsync(count, Token) ?? Task.CompletedTask;

    // The stand-in's address in the place of Slack's.
    private string Local(string body) =>
        body.Replace(
            Uri.EscapeDataString("https://hooks.slack.com/"),
            Uri.EscapeDataString(slack?.Address.AbsoluteUri ?? ""),
            StringComparison.Ordinal
        );

    private sealed class Deeds
    {
        public ConcurrentQueue<string> Done { get; } = [];
    }

    private sealed class Echo : ISlashCommandHandler
    {
        public string Command => "/glancy";

        public Task<ResponseMessage?> HandleAsync(SlashCommand command, CancellationToken cancellationToken) =>
            command.Text == "throw"
                ? throw new InvalidOperationException("on purpose")
                : Task.FromResult<ResponseMessage?>(new ResponseMessage("you said " + command.Text));
    }

    private sealed class Confirmed : IBlockActionHandler
    {
        public string ActionId => "run.confirm";

        public Task<ResponseMessage?> HandleAsync(
            BlockAction action,
            BlockActions request,
            CancellationToken cancellationToken
        ) => Task.FromResult<ResponseMessage?>(new ResponseMessage("confirmed " + action.Value));
    }

    private sealed class Pinned : IMessageShortcutHandler
    {
        public string CallbackId => "pin_to_incident";

        public Task<ResponseMessage?> HandleAsync(MessageShortcut shortcut, CancellationToken cancellationToken) =>
            Task.FromResult<ResponseMessage?>(new ResponseMessage("pinned"));
    }

    private sealed class Rollback : IViewSubmissionHandler
    {
        public string CallbackId => "rollback";

        public Task<SlackReply> HandleAsync(ViewSubmission submission, CancellationToken cancellationToken) =>
            Task.FromResult(
                SlackReply.Errors(
                    new Dictionary<string, string>
                    {
                        ["why"] = submission.View.Values[("why", "reason")] + " is no reason",
                    }
                )
            );
    }

    private sealed class Reacted(Deeds deeds) : IEventHandler<ReactionAdded>
    {
        public Task HandleAsync(ReactionAdded slackEvent, SlackEvent envelope, CancellationToken cancellationToken)
        {
            deeds.Done.Enqueue($"{slackEvent.Reaction} on {slackEvent.Item.Ts} {envelope.EventId}");
            return Task.CompletedTask;
        }
    }
}
