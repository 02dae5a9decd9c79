namespace Glancy.Runbook.Permissions;

/// <summary>What a permission is about, which says by whom it can be held at all.</summary>
public enum PermissionKind
{
    /// <summary>Only something is shown.</summary>
    Read,

    /// <summary>A person's word, in whichever role.</summary>
    Word,

    /// <summary>A word that is kept with the role in which it was said.</summary>
    Duty,

    /// <summary>A word of those whom the thing concerns, and of nobody else.</summary>
    Concerned,

    /// <summary>As <see cref="Concerned"/>, and roles may have it beside them.</summary>
    ConcernedOrDuty,

    /// <summary>A word on the run of a procedure.</summary>
    Procedure,
}

/// <summary>A permission that the product asks for by its name; the runbook says who holds it.</summary>
public sealed record PermissionName(string Id, PermissionKind Kind)
{
    /// <summary>How somebody is refused who is not on the roster, where the roster holds it.</summary>
    public string OffRoster { get; init; } = "not-on-roster";

    /// <summary>By whom it can be held.</summary>
    public IReadOnlyList<HeldBy> Holders =>
        Kind switch
        {
            PermissionKind.Read => [HeldBy.Everybody, HeldBy.People, HeldBy.Roster, HeldBy.Roles],
            PermissionKind.Word => [HeldBy.People, HeldBy.Roster, HeldBy.Roles],
            PermissionKind.Duty => [HeldBy.Roles],
            PermissionKind.Procedure => [HeldBy.Procedure],
            _ => [HeldBy.Concerned],
        };

    /// <summary>Only the thing at hand tells who may, so that nothing can be said ahead of it.</summary>
    public bool AsksTheThing =>
        Kind is PermissionKind.Concerned or PermissionKind.ConcernedOrDuty or PermissionKind.Procedure;
}
