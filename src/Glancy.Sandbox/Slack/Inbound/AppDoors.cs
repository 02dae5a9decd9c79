using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Glancy.Sandbox.Slack.Inbound;

/// <summary>
/// The app behind signed requests over HTTP: each is acknowledged with 200 within 3 s, or has failed.
/// </summary>
/// <param name="addresses">Where the app's replicas listen, alive or not.</param>
public sealed class AppDoors(Func<IReadOnlyList<Uri>> addresses, string secret, SlackFaults faults, TimeProvider real)
    : IApp,
        IAsyncDisposable
{
    private const string Form = "application/x-www-form-urlencoded";
    private const int Remembered = 500;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly Replicas replicas = new(addresses);
    private readonly CancellationTokenSource ending = new();
    private readonly ConcurrentDictionary<Task, bool> background = [];
    private readonly ConcurrentQueue<Delivered> log = [];
    private long events;

    /// <summary>Which events the app wants.</summary>
    public IReadOnlySet<string> Subscriptions { get; init; } = AppManifest.Everything.Events;

    /// <summary>The last deliveries, the oldest first.</summary>
    public IReadOnlyList<Delivered> Log => [.. log];

    public Task<AppAnswer> CommandAsync(IReadOnlyDictionary<string, string> form, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(form);
        return DeliverAsync(new Delivery("slack/commands", Form, Fields(form)), cancellationToken);
    }

    public Task<AppAnswer> InteractionAsync(JsonObject payload, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(payload);
        return DeliverAsync(
            new Delivery(
                "slack/interactions",
                Form,
                Fields(new Dictionary<string, string> { ["payload"] = payload.ToJsonString(SlackWire.Options) })
            ),
            cancellationToken
        );
    }

    public void Tell(JsonObject happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        if (Subscriptions.Contains(Subscribed(happened)))
        {
            InBackground(TellAsync(Envelope(happened), ending.Token));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await Task.WhenAll(background.Keys).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        replicas.Dispose();
        ending.Dispose();
    }

    // Messages are subscribed to by the kind of place, and arrive as one.
    private static string Subscribed(JsonObject happened)
    {
        var type = happened["type"]?.GetValue<string>() ?? "";
        return type != "message" ? type
            : happened["channel_type"]?.GetValue<string>() == "im" ? "message.im"
            : "message.channels";
    }

    // At once, at once again, after a minute, after five.
    private async Task TellAsync(byte[] body, CancellationToken cancellationToken)
    {
        string? reason = null;
        foreach (
            var (retry, wait) in new[]
            {
                TimeSpan.Zero,
                TimeSpan.Zero,
                TimeSpan.FromMinutes(1),
                TimeSpan.FromMinutes(5),
            }.Index()
        )
        {
            await Task.Delay(wait, real, cancellationToken);
            if (
                await DeliverAsync(
                    new Delivery("slack/events", "application/json", body, retry, reason),
                    cancellationToken
                )
                is not AppAnswer.Failed failed
            )
            {
                return;
            }

            reason = failed.Error switch
            {
                "operation_timeout" => "http_timeout",
                "dispatch_failed" => "connection_failed",
                _ => "http_error",
            };
        }
    }

    private async Task<AppAnswer> DeliverAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        var at = real.GetUtcNow();
        if (faults.Strike(SlackFaultKind.DeliverLate) is { } late)
        {
            await Task.Delay(late.For, real, cancellationToken);
        }

        if (faults.Strike(SlackFaultKind.DeliverTwice) is not null)
        {
            InBackground(SendAsync(delivery, at, ending.Token));
        }

        return await SendAsync(delivery, at, cancellationToken);
    }

    private async Task<AppAnswer> SendAsync(
        Delivery delivery,
        DateTimeOffset signedAt,
        CancellationToken cancellationToken
    )
    {
        using var late = new CancellationTokenSource(Patience, real);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            var sent = await replicas.SendAsync(address => Request(address, delivery, signedAt), either.Token);
            if (sent is not (var response, var from))
            {
                return Ended(delivery, null, "nobody listens", new AppAnswer.Failed("dispatch_failed"));
            }

            using (response)
            {
                var said = await response.Content.ReadAsStringAsync(either.Token);
                return Ended(
                    delivery,
                    from,
                    ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture),
                    Read(response.StatusCode, said)
                );
            }
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            return Ended(delivery, null, "timeout", new AppAnswer.Failed("operation_timeout"));
        }
        catch (HttpRequestException broke)
        {
            return Ended(delivery, null, broke.Message, new AppAnswer.Failed("dispatch_failed"));
        }
    }

    private static AppAnswer Read(HttpStatusCode status, string said) =>
        (int)status switch
        {
            >= 500 => new AppAnswer.Failed("http_service_error"),
            not (>= 200 and < 300) => new AppAnswer.Failed("http_client_error"),
            _ when said.Length == 0 => new AppAnswer.Acknowledged(null),
            _ => new AppAnswer.Acknowledged(Json(said)),
        };

    private static JsonElement Json(string said)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(said);
        }
        catch (JsonException)
        {
            return JsonSerializer.SerializeToElement(said, SlackWire.Options);
        }
    }

    private HttpRequestMessage Request(Uri address, Delivery delivery, DateTimeOffset signedAt)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, delivery.Door))
        {
            Content = new ByteArrayContent(delivery.Body),
        };
        request.Content.Headers.ContentType = new(delivery.ContentType);
        request.Headers.UserAgent.ParseAdd("Slackbot/1.0");
        SlackSigner.Sign(request, secret, signedAt, delivery.Body);
        if (delivery.Retry > 0)
        {
            request.Headers.Add("X-Slack-Retry-Num", delivery.Retry.ToString(CultureInfo.InvariantCulture));
            request.Headers.Add("X-Slack-Retry-Reason", delivery.RetryReason);
        }

        return request;
    }

    private byte[] Envelope(JsonObject happened)
    {
        var envelope = SlackWire.Object(
            new
            {
                Token = "sandbox",
                TeamId = Team.Id,
                ApiAppId = Team.App,
                Type = "event_callback",
                EventId = string.Create(
                    CultureInfo.InvariantCulture,
                    $"Ev{Interlocked.Increment(ref events):00000000}"
                ),
                EventTime = real.GetUtcNow().ToUnixTimeSeconds(),
                Authorizations = new[]
                {
                    new
                    {
                        TeamId = Team.Id,
                        UserId = Team.BotUser,
                        IsBot = true,
                        IsEnterpriseInstall = false,
                    },
                },
                IsExtSharedChannel = false,
            }
        );
        envelope["event"] = happened;
        return JsonSerializer.SerializeToUtf8Bytes(envelope, SlackWire.Options);
    }

    private AppAnswer Ended(Delivery delivery, Uri? to, string outcome, AppAnswer answer)
    {
        log.Enqueue(new Delivered(delivery.Door, delivery.Retry, to, outcome));
        while (log.Count > Remembered)
        {
            log.TryDequeue(out _);
        }

        return answer;
    }

    private void InBackground(Task task)
    {
        background[task] = true;
        task.ContinueWith(
            t => background.TryRemove(t, out _),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );
    }

    private static byte[] Fields(IReadOnlyDictionary<string, string> fields) =>
        Encoding.UTF8.GetBytes(string.Join('&', fields.Select(f => $"{f.Key}={WebUtility.UrlEncode(f.Value)}")));
}
