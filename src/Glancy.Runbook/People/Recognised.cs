namespace Glancy.Runbook.People;

/// <summary>What somebody's word for a person or a role turned out to mean.</summary>
/// <param name="Id">The one it means; null for none, or for several.</param>
/// <param name="Others">Each an id and its name: all it may mean when those are several, else the nearest there
/// are.</param>
public sealed record Recognised(string? Id, bool Ambiguous, IReadOnlyList<string> Others)
{
    /// <summary>The others, as a refusal carries them.</summary>
    public string Listed => string.Join(',', Others);
}
