using System.Net;

namespace Glancy.Ops.Connectors.Notifier;

/// <summary>What became of something that was sent outside.</summary>
public abstract record SendResult
{
    private SendResult() { }

    /// <summary>The other side has it.</summary>
    public sealed record Taken : SendResult;

    /// <summary>It said no, and will say no again.</summary>
    public sealed record Refused(string Why) : SendResult;

    /// <summary>Not now, or nobody knows whether it arrived.</summary>
    /// <param name="After">When the other side wants to be asked again; null when it did not say.</param>
    public sealed record Failed(string Why, TimeSpan? After) : SendResult;

    /// <summary>By the status of an answer: a 2xx is for the caller to read, so null.</summary>
    internal static SendResult? Of(HttpResponseMessage answer, DateTimeOffset now)
    {
        var status = (int)answer.StatusCode;
        var why = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"http-{status}");
        return status switch
        {
            >= 200 and < 300 => null,
            (int)HttpStatusCode.RequestTimeout or (int)HttpStatusCode.TooManyRequests or >= 500 => new Failed(
                why,
                Asked(answer, now)
            ),
            _ => new Refused(why),
        };
    }

    private static TimeSpan? Asked(HttpResponseMessage answer, DateTimeOffset now) =>
        answer.Headers.RetryAfter switch
        {
            { Delta: { } delta } when delta > TimeSpan.Zero => delta,
            { Date: { } date } when date > now => date - now,
            _ => null,
        };
}
