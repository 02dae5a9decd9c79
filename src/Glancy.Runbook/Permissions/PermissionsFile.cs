using Glancy.Runbook.Yaml;

namespace Glancy.Runbook.Permissions;

/// <summary>
/// <c>permissions.yaml</c>: who may do what (§1.1). What the product asks for and the file does not say is a problem.
/// </summary>
internal static class PermissionsFile
{
    public const string Name = "permissions.yaml";

    private const string Kind = "permission";

    private static readonly Dictionary<string, HeldBy> Words = Enum.GetValues<HeldBy>()
        .ToDictionary(by => by.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    public static IReadOnlyDictionary<string, PermissionTerms> Read(RunbookReading reading)
    {
        var permissions = new Dictionary<string, PermissionTerms>(StringComparer.Ordinal);
        if (reading.Open(Name) is not { } file)
        {
            return permissions;
        }

        foreach (var fields in file.Maps("permissions"))
        {
            var permission = One(reading, fields);
            permissions.TryAdd(permission.Id, permission);
        }

        var missing = file.Has("permissions") ? PermissionNames.All.Keys.Except(permissions.Keys) : [];
        foreach (var id in missing)
        {
            file.Problem("permissions", "missing-permission", id);
        }

        file.Done();
        return permissions;
    }

    private static PermissionTerms One(RunbookReading reading, Fields fields)
    {
        var id = fields.Text("id");
        reading.Declare(Kind, id, fields.File, fields.LineOf("id"));
        var name = PermissionNames.All.GetValueOrDefault(id);
        if (name is null && id.Length > 0)
        {
            fields.Problem("id", "unknown-permission", id);
        }

        // Of a name that nobody asks for nothing more can be said than that its words are words.
        var holders = Words.Where(word => name is null || name.Holders.Contains(word.Value)).Select(word => word.Key);
        var heldBy = Words.GetValueOrDefault(fields.Choice("held_by", [.. holders]), HeldBy.Roles);
        var permission = new PermissionTerms(id, heldBy, Roles(fields, name, heldBy), fields.Section());
        fields.Done();
        return permission;
    }

    private static IReadOnlyList<string> Roles(Fields fields, PermissionName? name, HeldBy heldBy)
    {
        var needed = heldBy == HeldBy.Roles;
        if (!needed && name?.Kind != PermissionKind.ConcernedOrDuty)
        {
            return [];
        }

        var roles = needed || fields.Has("roles") ? fields.References("roles", References.Role) : [];
        if (roles.Count == 0 && (needed || fields.Has("roles")))
        {
            fields.Problem("roles", fields.Has("roles") ? "empty-value" : "missing-field", "roles");
        }

        return roles;
    }
}
