using Glancy.Ops.Kernel;
using Glancy.Runbook;
using Glancy.Runbook.People;
using Glancy.Runbook.Permissions;

namespace Glancy.Ops.Roster;

/// <summary>What came of asking whether somebody may do something.</summary>
/// <param name="Role">In which role; null where it takes none, or where it is refused.</param>
/// <param name="Refusal">Why not; null where it may be done.</param>
public sealed record PermissionAnswer(string? Role, Refusal? Refusal);

/// <summary>Who may do what by the runbook's permissions (§1.1); pure, so that it can be asked offline.</summary>
public static class PermissionRule
{
    /// <summary>Whether the person may, as things are on the roster.</summary>
    /// <param name="also">The roles that the thing at hand brings: those of its procedure.</param>
    public static PermissionAnswer Of(
        RunbookContent content,
        OnCall onCall,
        Person person,
        PermissionName name,
        IReadOnlyList<string>? also = null
    )
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(onCall);
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(name);
        if (!content.Permissions.TryGetValue(name.Id, out var permission))
        {
            return new PermissionAnswer(null, Unnamed(name.Id));
        }

        switch (permission.HeldBy)
        {
            case HeldBy.Everybody or HeldBy.People:
                return new PermissionAnswer(null, null);
            case HeldBy.Roster:
                var there = Duties.OnRoster(person, onCall);
                return new PermissionAnswer(null, there ? null : OffRoster(person, onCall, name));
            default:
                var wanted = Wanted(content, name, also ?? []);
                return Duties.RoleFor(person, wanted, onCall, content.Roles) is { } role
                    ? new PermissionAnswer(role, null)
                    : new PermissionAnswer(null, Duties.NotOnCall(person, wanted, onCall, content.Roles));
        }
    }

    /// <summary>The roles that have it, and those that the thing at hand brings; empty where roles are none.</summary>
    public static IReadOnlyList<string> Wanted(
        RunbookContent content,
        PermissionName name,
        params IReadOnlyList<string> also
    )
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(name);
        return content.Permissions.TryGetValue(name.Id, out var permission) ? [.. permission.Roles.Union(also)] : [];
    }

    /// <summary>Nobody may do what no permission is named for.</summary>
    public static Refusal Unnamed(string what) => new("permission-unnamed", "§1.1", what);

    private static Refusal OffRoster(Person person, OnCall onCall, PermissionName name)
    {
        var there = onCall.Holders.Values.SelectMany(p => p).Select(p => p.Id).Distinct();
        return new Refusal(name.OffRoster, "§1.1", person.Id, string.Join(",", there));
    }
}
