namespace Glancy.Sandbox.Slack.Page;

/// <summary>What ids are called in a workspace.</summary>
internal sealed class WorkspaceNames(Workspace workspace, string me) : INames
{
    public string Me => me;

    public IReadOnlyList<(string Id, string Name)> People => [.. workspace.Members.People.Select(p => (p.Id, p.Name))];

    public string? Person(string id) => workspace.Members.Person(id)?.Name;

    public string? Channel(string id) => workspace.Members.Channel(id)?.Name;

    public string? Group(string id) => workspace.Members.Group(id)?.Handle;
}
