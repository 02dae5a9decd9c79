using System.Text.Json;
using Glancy.Slack.Api.Pace;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Glancy.Slack.Api;

/// <summary>
/// Turn, attempt, wait, attempt again: bounded in number and time, and never again where once more would be one too
/// many.
/// </summary>
internal sealed partial class Caller(
    Wire wire,
    Gates gates,
    IOptions<SlackOptions> options,
    [FromKeyedServices(SlackServices.WireClock)] TimeProvider clock,
    ILogger<Caller> log
)
{
    private readonly SlackOptions settings = options.Value;

    /// <summary>The whole call of a method.</summary>
    /// <param name="read">The answer's body to the value; null when it is not what Slack documents.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled before anything was sent; afterwards the
    /// result of a write is in doubt instead.</exception>
    public Task<SlackResult<T>> CallAsync<T>(
        SlackCall call,
        SlackLane lane,
        Func<JsonElement, T?> read,
        CancellationToken cancellationToken
    )
        where T : class => CallAsync(call, lane, token => wire.CallAsync(call, token), read, cancellationToken);

    /// <summary>The same with attempts of another kind.</summary>
    /// <param name="read">The answer's body to the value; null when it is not what Slack documents.</param>
    /// <exception cref="OperationCanceledException">As above.</exception>
    public async Task<SlackResult<T>> CallAsync<T>(
        SlackCall call,
        SlackLane lane,
        Func<CancellationToken, Task<Answer>> attemptAsync,
        Func<JsonElement, T?> read,
        CancellationToken cancellationToken
    )
        where T : class
    {
        using var late = new CancellationTokenSource(
            lane == SlackLane.Bulk ? settings.BulkDeadline : settings.CallDeadline,
            clock
        );
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        var began = clock.GetTimestamp();
        var told = new CallOutcome(call.Effect);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await gates.EnterAsync(call, lane, ending.Token);
            }
            catch (OperationCanceledException) when (told.Doubt is not null || late.IsCancellationRequested)
            {
                return told.End<T>()
                    ?? new SlackFailed<T>(
                        new SlackError(SlackErrorKind.RateLimited, "ratelimited", ["no turn before the deadline"])
                    );
            }

            var answer = await attemptAsync(ending.Token);
            told.Hear(answer);
            switch (answer)
            {
                case Answer.Yes yes:
                    return Value(call, yes.Body, read);
                case Answer.No no
                    when told.Doubt is not null && no.Code == call.AlreadyDone && SlackDone.Value is T done:
                    return new SlackOk<T>(done);
                case Answer.No no when told.Doubt is null || call.Effect == SlackEffect.Read:
                    return new SlackFailed<T>(new SlackError(SlackErrorKind.Refused, no.Code, no.Details));
                case Answer.No no:
                    return new SlackUnknown<T>($"{told.Doubt}, then {no.Code}");
                case Answer.Doubt when call.Effect == SlackEffect.Once:
                    return told.End<T>() ?? throw new InvalidOperationException("a doubt has an end");
            }

            var wait = Wait(call, answer, attempt);
            var left =
                (lane == SlackLane.Bulk ? settings.BulkDeadline : settings.CallDeadline) - clock.GetElapsedTime(began);
            if (attempt >= settings.MaxAttempts || wait > left || ending.IsCancellationRequested)
            {
                if (told.Doubt is null)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                }

                return told.End<T>() ?? throw new InvalidOperationException("every attempt leaves an end");
            }

            Again(log, call.Method, attempt, answer, wait);
            if (answer is not Answer.TooMuch)
            {
                await Task.Delay(wait, clock, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    // After a 429 the gate itself waits, so that others of the method do not run into the same wall.
    private TimeSpan Wait(SlackCall call, Answer answer, int attempt)
    {
        var wait = answer is Answer.TooMuch { After: { } after }
            ? after
            : settings.RetryDelay * Math.Pow(2, attempt - 1);
        if (answer is Answer.TooMuch)
        {
            gates.Close(call, wait);
        }

        return wait;
    }

    private SlackResult<T> Value<T>(SlackCall call, JsonElement body, Func<JsonElement, T?> read)
        where T : class
    {
        try
        {
            if (read(body) is { } value)
            {
                return new SlackOk<T>(value);
            }
        }
        catch (JsonException e)
        {
            Unreadable(log, e, call.Method);
        }

        return new SlackUnknown<T>("ok, but the answer is not what Slack documents");
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Method}, attempt {Attempt}: {Answer}; again in {Wait}")]
    private static partial void Again(ILogger log, string method, int attempt, Answer answer, TimeSpan wait);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Method} answered something unreadable")]
    private static partial void Unreadable(ILogger log, Exception exception, string method);
}
