namespace Glancy.Bot.Commands.Pages;

/// <summary>How an invocation ended, for scripts; the terminal's exit code.</summary>
public enum ExitCode
{
    Done = 0,
    Refused = 1,
    Usage = 2,

    /// <summary>Something that was needed could not be reached, so the answer is unknown.</summary>
    Unknown = 3,
    Internal = 70,
}

/// <summary>The last thing a command shows.</summary>
/// <param name="Data">The same as data, for <c>--json</c>.</param>
public sealed record Answer(Page Page, object Data, ExitCode ExitCode = ExitCode.Done)
{
    /// <summary>Everything has been shown already.</summary>
    public static Answer Shown(ExitCode ending = ExitCode.Done) => new(Nothing, Nothing, ending);

    public bool IsShown => ReferenceEquals(Page, Nothing);

    private static Page Nothing { get; } = new(Text.Empty, []);
}
