namespace Glancy.Sandbox.Control;

/// <summary>
/// What a production tool answers: exit code, and text for standard output (errors for anything but 0).
/// </summary>
public sealed record ToolReply(int Exit, string Text)
{
    private const int UsageError = 2;

    public static ToolReply Ok(string text) => new(0, text);

    /// <summary>Wrong arguments.</summary>
    public static ToolReply Usage(string text) => new(UsageError, text);

    public static ToolReply Failed(string text) => new(1, text);
}
