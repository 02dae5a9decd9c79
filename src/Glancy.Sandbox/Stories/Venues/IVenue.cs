namespace Glancy.Sandbox.Stories.Venues;

/// <summary>Where people and the bot talk.</summary>
internal interface IVenue
{
    /// <summary>Says a line as somebody, or presses the button that says it, and shows what comes back.</summary>
    /// <param name="words">The line without <c>glancy</c>, as for the terminal.</param>
    /// <param name="beside">Others are talking meanwhile: each line of the answer tells whose it is.</param>
    /// <exception cref="StoryCutException">No answer came.</exception>
    Task<Answered> SayAsync(
        Player person,
        IReadOnlyList<string> words,
        bool beside,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// At the end: whether the place itself holds what it should. What does not is among the failed claims.
    /// </summary>
    Task EndAsync(Stage stage, CancellationToken cancellationToken);
}

/// <summary>Where a story can be played.</summary>
internal enum Through
{
    Terminal,
    Slack,
}
