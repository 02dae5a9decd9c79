namespace Glancy.Sandbox.Slack.Page.Conversation;

/// <summary>What can be said to the bot after <c>/glancy</c>.</summary>
/// <param name="Verbs">For example <c>run confirm</c>.</param>
/// <param name="Usage">With its arguments.</param>
/// <param name="Effect">read, change or danger.</param>
/// <param name="Aliases">Other ways to say it.</param>
internal sealed record Sayable(
    string Verbs,
    string Usage,
    string Summary,
    string Effect,
    IReadOnlyList<string> Aliases
);

/// <summary>Where the page learns what can be said.</summary>
internal interface ICompletions
{
    /// <summary>Empty when nobody can tell at present.</summary>
    /// <param name="language">For example <c>zh-CN</c>.</param>
    Task<IReadOnlyList<Sayable>> AllAsync(string language, CancellationToken cancellationToken);
}

/// <summary>Nothing is offered.</summary>
internal sealed class NoCompletions : ICompletions
{
    public Task<IReadOnlyList<Sayable>> AllAsync(string language, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Sayable>>([]);
}
