namespace Glancy.Ops.Roster.Naming;

/// <summary>What somebody's word for a person or a role turned out to mean.</summary>
/// <param name="Id">The one it means; null for none, or for several.</param>
/// <param name="Others">As <c>chen 陈默</c>: all it may mean when those are several, else the nearest there are.</param>
public sealed record Recognised(string? Id, bool Ambiguous, IReadOnlyList<string> Others)
{
    /// <summary>Why it is not taken: <c>no-such-person</c>, <c>ambiguous-role</c>; null when it is.</summary>
    public Refusal? Refusal(string kind, string said) =>
        Id is not null ? null : new Refusal((Ambiguous ? "ambiguous-" : "no-such-") + kind, "§1.1", said, string.Join(',', Others));
}
