namespace Glancy.Sandbox.Slack;

/// <summary>The files.</summary>
public sealed class Cabinet
{
    private readonly Changes changes;
    private readonly Dictionary<string, StoredFile> files = [];

    internal Cabinet(Changes changes) => this.changes = changes;

    public StoredFile? Find(string id) => changes.Look(() => files.GetValueOrDefault(id));

    internal void Put(StoredFile file) => changes.Make(() => files[file.Id] = file);
}
