namespace Glancy.Slack.Api;

/// <summary>What came of a call. Trouble is a value; an exception is our own mistake, or a cancelled token.</summary>
public abstract record SlackResult<T>
{
    private protected SlackResult() { }

    /// <summary>The value; null unless Slack said yes.</summary>
    public T? OrDefault() => this is SlackOk<T> ok ? ok.Value : default;
}

/// <summary>Slack said yes.</summary>
public sealed record SlackOk<T>(T Value) : SlackResult<T>
{
    /// <summary>
    /// The blocks that Slack does not show: it refused them, and their words, or the text alone, stand there instead.
    /// </summary>
    public IReadOnlyList<Blocks.Block> InWords { get; init; } = [];
}

/// <summary>It did not happen.</summary>
public sealed record SlackFailed<T>(SlackError Error) : SlackResult<T>;

/// <summary>
/// It may have happened: the request was sent and no answer says. Look - a post by the id in its metadata - before
/// doing it again.
/// </summary>
/// <param name="Reason">In words for a log.</param>
public sealed record SlackUnknown<T>(string Reason) : SlackResult<T>;

public enum SlackErrorKind
{
    /// <summary>Slack said no; asking again changes nothing.</summary>
    Refused,

    /// <summary>Too much is sent; there was no turn before the deadline, or Slack wants longer than that.</summary>
    RateLimited,

    /// <summary>Slack could not be reached or failed; nothing was changed.</summary>
    Unavailable,
}

/// <param name="Code">Slack's own (<c>channel_not_found</c>), or <c>ratelimited</c>, <c>unavailable</c>,
/// <c>address_refused</c>.</param>
/// <param name="Details">What Slack or the connection says about it.</param>
/// <param name="RetryAfter">When Slack will listen again, where it said so.</param>
public sealed record SlackError(
    SlackErrorKind Kind,
    string Code,
    IReadOnlyList<string> Details,
    TimeSpan? RetryAfter = null
);

/// <summary>The value of calls that return nothing.</summary>
public sealed record SlackDone
{
    public static SlackDone Value { get; } = new();
}
