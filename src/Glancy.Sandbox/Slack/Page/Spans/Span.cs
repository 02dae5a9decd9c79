namespace Glancy.Sandbox.Slack.Page.Spans;

/// <summary>
/// A piece of a message as it is shown. It carries text and never mark-up, so whatever a message says can only become
/// words.
/// </summary>
public abstract record Span
{
    private Span() { }

    public sealed record Words(string Value) : Span;

    public sealed record Bold(IReadOnlyList<Span> Inner) : Span;

    public sealed record Italic(IReadOnlyList<Span> Inner) : Span;

    public sealed record Strike(IReadOnlyList<Span> Inner) : Span;

    /// <summary>Between single backticks.</summary>
    public sealed record Code(IReadOnlyList<Span> Inner) : Span;

    /// <summary>Between triple backticks, line ends kept.</summary>
    public sealed record Preformatted(IReadOnlyList<Span> Inner) : Span;

    public sealed record Quote(IReadOnlyList<Span> Inner) : Span;

    /// <param name="Level">1 to 6.</param>
    public sealed record Heading(int Level, IReadOnlyList<Span> Inner) : Span;

    public sealed record Item(string Mark, IReadOnlyList<Span> Inner) : Span;

    /// <param name="Url">http, https, mailto or tel; nothing else becomes a link.</param>
    public sealed record Link(string Url, IReadOnlyList<Span> Inner) : Span;

    /// <param name="Label">What the message says it is called; the reader's own name for the id is stronger.</param>
    public sealed record Person(string Id, string? Label) : Span;

    public sealed record Channel(string Id, string? Label) : Span;

    public sealed record Group(string Id, string? Label) : Span;

    /// <summary><c>here</c>, <c>channel</c> or <c>everyone</c>: calls people.</summary>
    public sealed record Shout(string Whom) : Span;

    /// <param name="Format">With tokens such as <c>{date_short}</c>.</param>
    public sealed record Date(DateTimeOffset At, string Format, string Fallback, string? Url) : Span;

    public sealed record Break : Span;
}
