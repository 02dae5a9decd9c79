namespace Glancy.Slack.Api;

/// <summary>What the attempts of a call amount to when no answer settles it.</summary>
internal sealed class CallOutcome(SlackEffect effect)
{
    private Answer? last;

    /// <summary>Why a write may have happened although nothing says so; null while it surely did not.</summary>
    public string? Doubt { get; private set; }

    public void Hear(Answer answer)
    {
        last = answer;
        Doubt = answer is Answer.Doubt doubt && effect != SlackEffect.Read ? doubt.Detail : Doubt;
    }

    /// <summary>The result when there is no further attempt; null before the first.</summary>
    public SlackResult<T>? End<T>() =>
        (Doubt, last) switch
        {
            ({ } doubt, _) => new SlackUnknown<T>(doubt),
            (_, Answer.TooMuch much) => Failed<T>(
                SlackErrorKind.RateLimited,
                "ratelimited",
                "Slack asks to wait",
                much.After
            ),
            (_, Answer.NotSent not) => Failed<T>(SlackErrorKind.Unavailable, "unavailable", not.Detail, null),
            (_, Answer.Doubt read) => Failed<T>(SlackErrorKind.Unavailable, "unavailable", read.Detail, null),
            _ => null,
        };

    private static SlackFailed<T> Failed<T>(SlackErrorKind kind, string code, string detail, TimeSpan? after) =>
        new(new SlackError(kind, code, [detail], after));
}
