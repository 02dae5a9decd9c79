namespace Glancy.Slack;

/// <summary>One app in one workspace.</summary>
public sealed class SlackOptions
{
    /// <summary>The app's signing secret. Without it nothing that comes in is believed.</summary>
    public string SigningSecret { get; set; } = "";

    /// <summary>The workspace (<c>T...</c>); requests of any other are refused.</summary>
    public string TeamId { get; set; } = "";

    /// <summary>The bot token (<c>xoxb-...</c>).</summary>
    public string BotToken { get; set; } = "";

    /// <summary>Where the Web API is.</summary>
    public Uri ApiBase { get; set; } = new("https://slack.com/api/");

    /// <summary>Hosts a response URL may be on, beside the one of <see cref="ApiBase"/>.</summary>
    public IList<string> ResponseHosts { get; } = ["hooks.slack.com"];

    /// <summary>How far a request's time may be off, in either direction.</summary>
    public TimeSpan SignatureWindow { get; set; } = TimeSpan.FromSeconds(300);

    /// <summary>Largest body taken, in bytes.</summary>
    public int MaxBodyBytes { get; set; } = 512 * 1024;

    /// <summary>From the first byte to the acknowledgement; Slack gives up after 3 s.</summary>
    public TimeSpan AcknowledgeWithin { get; set; } = TimeSpan.FromMilliseconds(2500);

    /// <summary>Said to who typed a command that the inbox did not take.</summary>
    public string NotTakenText { get; set; } = "This could not be recorded. Nothing will happen; please try again.";

    /// <summary>Said to who typed a command when the inbox gave no answer in time.</summary>
    public string DoubtText { get; set; } =
        "It is not known whether this was recorded. Please look before you try again.";

    /// <summary>
    /// What a person types before a button's value to say the same by hand, where the button itself cannot be shown.
    /// Null where a value says nothing to people.
    /// </summary>
    public string? TypedBefore { get; set; }

    /// <summary>One attempt of one call, from sending to the last byte of the answer.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>A whole call: its turn, its attempts, its waits.</summary>
    public TimeSpan CallDeadline { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>A whole call in the bulk lane, which may stand in line for long.</summary>
    public TimeSpan BulkDeadline { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Attempts of one call, the first included.</summary>
    public int MaxAttempts { get; set; } = 4;

    /// <summary>Before the second attempt; doubled each time. Also what a 429 without Retry-After costs.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// What is wrong with these options, in words for whoever starts the program; empty when nothing is.
    /// </summary>
    internal IEnumerable<string> Faults()
    {
        if (string.IsNullOrWhiteSpace(SigningSecret))
        {
            yield return "Slack: SigningSecret is missing; without it every request would be refused";
        }

        if (string.IsNullOrWhiteSpace(TeamId))
        {
            yield return "Slack: TeamId is missing; without it every request would be refused";
        }

        if (string.IsNullOrWhiteSpace(BotToken))
        {
            yield return "Slack: BotToken is missing";
        }

        if (
            !ApiBase.IsAbsoluteUri
            || !ApiBase.AbsoluteUri.EndsWith('/')
            || (ApiBase.Scheme != Uri.UriSchemeHttps && !ApiBase.IsLoopback)
        )
        {
            yield return "Slack: ApiBase must be an https address (http on loopback) that ends with a slash";
        }

        if (AcknowledgeWithin <= TimeSpan.Zero || AcknowledgeWithin >= TimeSpan.FromSeconds(3))
        {
            yield return "Slack: AcknowledgeWithin must be below 3 s, when Slack gives up";
        }

        if (SignatureWindow <= TimeSpan.Zero || SignatureWindow > TimeSpan.FromSeconds(300))
        {
            yield return "Slack: SignatureWindow must be above 0 and at most 300 s";
        }

        if (
            AttemptTimeout <= TimeSpan.Zero
            || CallDeadline <= TimeSpan.Zero
            || BulkDeadline <= TimeSpan.Zero
            || RetryDelay <= TimeSpan.Zero
            || MaxAttempts < 1
            || MaxBodyBytes < 1
        )
        {
            yield return "Slack: AttemptTimeout, CallDeadline, BulkDeadline, RetryDelay, MaxAttempts and "
                + "MaxBodyBytes must be above 0";
        }
    }
}
