namespace Glancy.Slack.Inbound;

/// <summary>
/// A request as it is handed over: parsed, and as it came, so that it can be written down and read again.
/// </summary>
/// <param name="RawBody">What <see cref="SlackRequestReader.Read"/> reads; holds response addresses, so it is no text
/// for logs.</param>
/// <param name="SignedAt">The time Slack signed it with.</param>
/// <param name="RetryNumber">0 for the first delivery; Slack repeats events only.</param>
public sealed record SlackDelivery(
    SlackDoorKind Kind,
    SlackRequest Request,
    string RawBody,
    DateTimeOffset SignedAt,
    int RetryNumber,
    string? RetryReason
)
{
    public override string ToString() => $"{Kind} {Request.DedupeKey}";
}

/// <summary>
/// The one place that takes requests. It writes the request down and returns; Slack hears 200 only after that. Work
/// comes later. A delivery whose key is known is taken again without effect.
/// </summary>
public interface ISlackInbox
{
    /// <summary>What Slack hears at once; an exception counts as <see cref="SlackReply.NotTaken"/>.</summary>
    /// <param name="cancellationToken">Cancelled when Slack's patience is about to end.</param>
    ValueTask<SlackReply> TakeAsync(SlackDelivery delivery, CancellationToken cancellationToken);
}
