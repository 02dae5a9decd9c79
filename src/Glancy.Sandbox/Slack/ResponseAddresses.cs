namespace Glancy.Sandbox.Slack;

/// <summary>What an answer through a response address answers to.</summary>
/// <param name="Message">The message that was clicked in; null for a command.</param>
/// <param name="Ephemeral">The id of the ephemeral message that was clicked in.</param>
internal sealed record AnsweredDeed(
    string Person,
    string Channel,
    string? Message = null,
    string? Ephemeral = null,
    string? ThreadTs = null
);

/// <summary>Addresses an app may answer through: five times, within 30 min.</summary>
internal sealed class ResponseAddresses(TimeProvider real)
{
    private const int Uses = 5;
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(30);
    private readonly Lock gate = new();
    private readonly Dictionary<string, (AnsweredDeed Deed, long Since, int Left)> known = [];

    /// <summary>Where the workspace is reached; set once it is.</summary>
    public Uri Origin { get; set; } = new("http://127.0.0.1:1/");

    /// <param name="kind"><c>commands</c>, <c>actions</c> or <c>app</c> (shortcuts), as in Slack's own
    /// addresses.</param>
    public string Give(string kind, AnsweredDeed deed)
    {
        var secret = Mint.Secret();
        lock (gate)
        {
            known[secret] = (deed, real.GetTimestamp(), Uses);
        }

        return new Uri(Origin, $"{kind}/{Team.Id}/{secret}").AbsoluteUri;
    }

    /// <summary>Uses an address once. The deed it belongs to, or Slack's error.</summary>
    public (AnsweredDeed? Deed, string? Error) Use(string secret)
    {
        lock (gate)
        {
            if (!known.TryGetValue(secret, out var address))
            {
                return (null, "no_such_url");
            }

            if (real.GetElapsedTime(address.Since) > Life)
            {
                return (null, "expired_url");
            }

            if (address.Left == 0)
            {
                return (null, "used_url");
            }

            known[secret] = address with { Left = address.Left - 1 };
            return (address.Deed, null);
        }
    }
}
