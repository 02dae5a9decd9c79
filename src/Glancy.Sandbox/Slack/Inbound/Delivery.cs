namespace Glancy.Sandbox.Slack.Inbound;

/// <summary>Something on its way to the app.</summary>
/// <param name="Door">The path: <c>slack/commands</c>, <c>slack/interactions</c> or <c>slack/events</c>.</param>
/// <param name="Retry">0 for the first time; events only.</param>
internal sealed record Delivery(
    string Door,
    string ContentType,
    byte[] Body,
    int Retry = 0,
    string? RetryReason = null
);

/// <summary>What came of a delivery, for whoever looks behind the scene.</summary>
/// <param name="To">The replica that was reached; null when none was.</param>
/// <param name="Outcome">A status, or what went wrong instead.</param>
public sealed record Delivered(string Door, int Retry, Uri? To, string Outcome);
