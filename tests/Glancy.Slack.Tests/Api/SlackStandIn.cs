using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Glancy.Slack.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Glancy.Slack.Tests.Api;

/// <summary>What the stand-in heard.</summary>
public sealed record Heard(string Method, string Body, string? Authorization, string? ContentType)
{
    public string? Json(string name) => JsonNode.Parse(Body)?[name]?.ToString();
}

/// <summary>
/// Somebody that answers like Slack on its bad days, a client of ours before it, and a clock that the test moves.
/// </summary>
public sealed class SlackStandIn : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ServiceProvider services;
    private readonly ConcurrentQueue<Func<HttpContext, Task>> next = [];

    private SlackStandIn(WebApplication app, Action<SlackOptions>? change)
    {
        this.app = app;
        Clock = new FakeTimeProvider();
        var collection = new ServiceCollection()
            .AddLogging()
            .AddKeyedSingleton<TimeProvider>(SlackServices.WireClock, Clock)
            .AddSlack(options =>
            {
                options.SigningSecret = options.TeamId = "unused";
                options.BotToken = "xoxb-test";
                options.ApiBase = new Uri(Address, "/api/");
                change?.Invoke(options);
            });
        services = collection.BuildServiceProvider();
    }

    public FakeTimeProvider Clock { get; }

    public Uri Address => new(app.Urls.Single());

    public ISlackApiClient Client => services.GetRequiredService<ISlackApiClient>();

    public ConcurrentQueue<Heard> Heard { get; } = [];

    /// <summary>What is said when nothing else was ordered.</summary>
    public Func<Heard, string> Usual { get; set; } =
        heard => $$"""{"ok":true,"channel":"C0OPS","ts":"1.{{heard.Body.Length}}"}""";

    public static async Task<SlackStandIn> StartAsync(
        CancellationToken cancellationToken,
        Action<SlackOptions>? change = null
    )
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var owner = new TaskCompletionSource<SlackStandIn>();
        app.Run(async context => await (await owner.Task).AnswerAsync(context));
        await app.StartAsync(cancellationToken);
        owner.SetResult(new SlackStandIn(app, change));
        return await owner.Task;
    }

    public SlackStandIn Then(Func<HttpContext, Task> answer)
    {
        next.Enqueue(answer);
        return this;
    }

    public SlackStandIn ThenSays(string json) => Then(context => context.Response.WriteAsync(json));

    public SlackStandIn ThenStatus(int status, string? retryAfter = null, string body = "") =>
        Then(context =>
        {
            context.Response.StatusCode = status;
            if (retryAfter is not null)
            {
                context.Response.Headers.RetryAfter = retryAfter;
            }

            return context.Response.WriteAsync(body);
        });

    /// <summary>Accepts the request and is gone.</summary>
    public SlackStandIn ThenDies() =>
        Then(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });

    /// <summary>Accepts the request and says nothing for as long as it lives.</summary>
    public SlackStandIn ThenHangs() =>
        Then(context =>
            Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default)
        );

    /// <summary>Waits until so many requests were heard.</summary>
    public async Task HearsAsync(int count, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        while (Heard.Count < count)
        {
            await Task.Delay(5, limit.Token);
        }
    }

    /// <summary>Lets time pass in small pieces until the call has come to its end; the time it took.</summary>
    public async Task<TimeSpan> PassUntilAsync(Task ended, TimeSpan most, CancellationToken cancellationToken)
    {
        var began = Clock.GetUtcNow();
        while (!ended.IsCompleted)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Assert.True(Clock.GetUtcNow() - began <= most, $"not ended after {most}");
            await Task.WhenAny(ended, Task.Delay(5, cancellationToken));
            if (!ended.IsCompleted)
            {
                Clock.Advance(TimeSpan.FromMilliseconds(100));
            }
        }

        return Clock.GetUtcNow() - began;
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var heard = new Heard(
            context.Request.Path.Value?.Split('/')[^1] ?? "",
            await reader.ReadToEndAsync(),
            context.Request.Headers.Authorization,
            context.Request.ContentType
        );
        Heard.Enqueue(heard);
        await (next.TryDequeue(out var answer) ? answer(context) : context.Response.WriteAsync(Usual(heard)));
    }
}
