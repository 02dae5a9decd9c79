namespace Glancy.Sandbox.Slack;

/// <summary>The files.</summary>
public sealed class Cabinet
{
    // Slack itself takes some seconds; who shows a file at once is refused.
    private static readonly TimeSpan Looking = TimeSpan.FromSeconds(1);

    private readonly Changes changes;
    private readonly TimeProvider real;
    private readonly Dictionary<string, (StoredFile File, DateTimeOffset Since)> files = [];

    internal Cabinet(Changes changes, TimeProvider real)
    {
        this.changes = changes;
        this.real = real;
    }

    public StoredFile? Find(string id) => changes.Look(() => files.TryGetValue(id, out var kept) ? kept.File : null);

    /// <summary>Whether a block may show it: it is a picture, and Slack has looked at it.</summary>
    public bool CanShow(string id) =>
        changes.Look(() =>
            files.TryGetValue(id, out var kept)
            && kept.File.MimeType is ("image/png" or "image/jpeg" or "image/gif")
            && real.GetUtcNow() - kept.Since >= Looking
        );

    internal void Put(StoredFile file) => changes.Make(() => files[file.Id] = (file, real.GetUtcNow()));
}
