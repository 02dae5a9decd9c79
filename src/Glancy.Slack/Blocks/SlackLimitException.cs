namespace Glancy.Slack.Blocks;

/// <summary>
/// Something was built that Slack would refuse. Thrown where it is built, so that the stack names the culprit.
/// </summary>
internal sealed class SlackLimitException : Exception
{
    public SlackLimitException()
        : this("limit", "broken", 0, 0) { }

    public SlackLimitException(string message)
        : base(message) => (Limit, Rule) = (message, message);

    public SlackLimitException(string message, Exception innerException)
        : base(message, innerException) => (Limit, Rule) = (message, message);

    internal SlackLimitException(string limit, string rule, int allowed, int actual)
        : base($"{limit}: {rule} {allowed}, but this has {actual}") =>
        (Limit, Rule, Allowed, Actual) = (limit, rule, allowed, actual);

    /// <summary>What is limited, as Slack names it: <c>section.text</c>.</summary>
    public string Limit { get; }

    /// <summary><c>at most</c> or <c>at least</c>.</summary>
    public string Rule { get; }

    public int Allowed { get; }

    /// <summary>Code points of a text, elements of a list.</summary>
    public int Actual { get; }
}
