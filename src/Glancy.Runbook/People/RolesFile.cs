namespace Glancy.Runbook.People;

/// <summary><c>roles.yaml</c>: the roles of §1.1, who stands in for whom, and whom to turn to next.</summary>
internal static class RolesFile
{
    private const string File = "roles.yaml";

    public static IReadOnlyDictionary<string, Role> Read(RunbookReading reading)
    {
        var roles = new Dictionary<string, Role>();
        if (reading.Open(File) is not { } file)
        {
            return roles;
        }

        // Roles refer to one another, so all are declared before any is checked.
        var all = file.Maps("roles").ToList();
        foreach (var fields in all)
        {
            reading.Declare(References.Role, fields.Id(), File, fields.LineOf("id"));
        }

        foreach (var fields in all)
        {
            var role = new Role(
                fields.Text("id"),
                fields.Words("name"),
                fields.Flag("by_shift", otherwise: false),
                fields.References("stands_in_for", References.Role),
                fields.References("escalates_to", References.Role)
            );
            fields.Section();
            fields.Done();
            roles.TryAdd(role.Id, role);
        }

        file.Done();
        Circles(reading, roles, r => r.EscalatesTo, "escalates_to");
        Circles(reading, roles, r => r.StandsInFor, "stands_in_for");
        return roles;
    }

    private static void Circles(
        RunbookReading reading,
        Dictionary<string, Role> roles,
        Func<Role, IReadOnlyList<string>> next,
        string field
    )
    {
        foreach (var role in roles.Values.Where(r => Reaches(roles, next, r.Id, r.Id, [])))
        {
            reading.Problem(File, reading.LineOf(References.Role, role.Id), "role-cycle", role.Id, field);
        }
    }

    private static bool Reaches(
        Dictionary<string, Role> roles,
        Func<Role, IReadOnlyList<string>> next,
        string from,
        string aim,
        HashSet<string> seen
    ) =>
        roles.TryGetValue(from, out var role)
        && next(role).Any(n => n == aim || (seen.Add(n) && Reaches(roles, next, n, aim, seen)));
}
