namespace Glancy.Sandbox.Slack;

/// <summary>A file.</summary>
/// <param name="Id"><c>F...</c></param>
/// <param name="AltText">For who cannot see the picture.</param>
public sealed record StoredFile(
    string Id,
    string Name,
    string Title,
    string MimeType,
    ReadOnlyMemory<byte> Content,
    string? AltText
)
{
    /// <summary>Where it is shown.</summary>
    public IReadOnlyList<string> Channels { get; init; } = [];
}
