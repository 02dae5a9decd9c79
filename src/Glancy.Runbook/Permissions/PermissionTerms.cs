namespace Glancy.Runbook.Permissions;

/// <summary>Who holds a permission, from the widest to the narrowest.</summary>
public enum HeldBy
{
    /// <summary>Whoever is let in, in the people list or not.</summary>
    Everybody,

    /// <summary>Everybody in the people list, on duty or not.</summary>
    People,

    /// <summary>Whoever holds any role now.</summary>
    Roster,

    /// <summary>Those whom the thing at hand concerns, and whoever holds one of the roles beside them now.</summary>
    Concerned,

    /// <summary>Whoever holds one of the roles of the procedure at hand now.</summary>
    Procedure,

    /// <summary>Whoever holds one of the roles now.</summary>
    Roles,
}

/// <summary>What the runbook says of one permission (§1.1).</summary>
/// <param name="Roles">Whoever stands in for one of them may, too; empty where others than roles hold it.</param>
public sealed record PermissionTerms(string Id, HeldBy HeldBy, IReadOnlyList<string> Roles, string Section);
