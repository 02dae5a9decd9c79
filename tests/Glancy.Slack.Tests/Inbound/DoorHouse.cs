using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Glancy.Slack.Inbound;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Glancy.Slack.Tests.Inbound;

/// <summary>
/// A program with the three doors open on loopback, an inbox that remembers, and a clock that stands.
/// </summary>
public sealed class DoorHouse : IAsyncDisposable
{
    public const string Secret = "5f1c0ffee0ddba11feedfacecafebeef";
    public const string Team = "T0HOME";
    public static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);
    private readonly WebApplication app;

    private DoorHouse(WebApplication app, RememberingInbox inbox) =>
        (this.app, Inbox, Http) = (
            app,
            inbox,
            new HttpClient { BaseAddress = new Uri(app.Urls.Single()), Timeout = TimeSpan.FromSeconds(30) }
        );

    public RememberingInbox Inbox { get; }

    public HttpClient Http { get; }

    public static async Task<DoorHouse> OpenAsync(
        CancellationToken cancellationToken,
        Action<SlackOptions>? change = null,
        TimeProvider? wire = null
    )
    {
        var inbox = new RememberingInbox();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddKeyedSingleton<TimeProvider>(SlackServices.SignatureClock, new FakeTimeProvider(Now));
        builder.Services.AddKeyedSingleton(SlackServices.WireClock, wire ?? TimeProvider.System);
        builder.Services.AddSingleton<ISlackInbox>(inbox);
        builder.Services.AddSlack(options =>
        {
            options.SigningSecret = Secret;
            options.TeamId = Team;
            options.BotToken = "xoxb-test";
            change?.Invoke(options);
        });
        var app = builder.Build();
        app.MapSlack("/slack");
        await app.StartAsync(cancellationToken);
        return new DoorHouse(app, inbox);
    }

    /// <summary>Posts as Slack does, with these headers and no others.</summary>
    public async Task<HttpResponseMessage> PostAsync(
        string door,
        string body,
        string? signature,
        string? timestamp,
        CancellationToken cancellationToken,
        int retry = 0
    )
    {
        var type = door == "events" ? "application/json" : "application/x-www-form-urlencoded";
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/slack/" + door, UriKind.Relative))
        {
            Content = new StringContent(body, Encoding.UTF8, type),
        };
        Add(request, SlackSignature.SignatureHeader, signature);
        Add(request, SlackSignature.TimestampHeader, timestamp);
        Add(request, "X-Slack-Retry-Num", retry == 0 ? null : retry.ToString(CultureInfo.InvariantCulture));
        Add(request, "X-Slack-Retry-Reason", retry == 0 ? null : "http_timeout");
        return await Http.SendAsync(request, cancellationToken);
    }

    /// <summary>Signed by node, now or some seconds off.</summary>
    public async Task<HttpResponseMessage> PostSignedAsync(
        NodeSigner signer,
        string door,
        string body,
        CancellationToken cancellationToken,
        int secondsOff = 0,
        string secret = Secret,
        int retry = 0
    )
    {
        ArgumentNullException.ThrowIfNull(signer);
        var timestamp = Now.ToUnixTimeSeconds() + secondsOff;
        return await PostAsync(
            door,
            body,
            await signer.SignAsync(secret, timestamp, body, cancellationToken),
            timestamp.ToString(CultureInfo.InvariantCulture),
            cancellationToken,
            retry
        );
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Inbox.Release();
        await app.DisposeAsync();
    }

    private static void Add(HttpRequestMessage request, string name, string? value)
    {
        if (value is not null)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
    }
}

/// <summary>An inbox that keeps what it took, and answers as told.</summary>
public sealed class RememberingInbox : ISlackInbox
{
    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ConcurrentQueue<SlackDelivery> Taken { get; } = [];

    public Func<SlackDelivery, SlackReply> Answer { get; set; } = _ => SlackReply.Taken;

    /// <summary>Never comes back, and does not listen to its token either.</summary>
    public bool Hangs { get; set; }

    public void Release() => released.TrySetResult();

    public async ValueTask<SlackReply> TakeAsync(SlackDelivery delivery, CancellationToken cancellationToken)
    {
        Taken.Enqueue(delivery);
        if (Hangs)
        {
            await released.Task;
        }

        return Answer(delivery);
    }
}
