namespace Glancy.Ops.Lives;

/// <summary>
/// A stretch in which the database remembers everything that was done from it: from its making, or its restoring, on.
/// </summary>
/// <param name="Id">Eight hex digits; part of the key of every effect.</param>
/// <param name="Restored">It began because the bastion knew of events that the chain does not have.</param>
/// <param name="Beyond">Those events, as <c>seq:hash</c>.</param>
/// <param name="AcknowledgedBy">Who said that work may go on; null while nobody has.</param>
public sealed record Life(
    string Id,
    DateTimeOffset BegunAt,
    bool Restored,
    IReadOnlyList<string> Beyond,
    string? AcknowledgedBy,
    DateTimeOffset? AcknowledgedAt,
    string? Reason
)
{
    /// <summary>Nobody has looked at what was lost yet: nothing that adds risk is done.</summary>
    public bool Open => Restored && AcknowledgedBy is null;
}
