using Glancy.Sandbox.Bastion;

namespace Glancy.Ops.Tests.Roster;

/// <summary>One row of <c>docs/permissions.md</c>: what a person of each kind comes to.</summary>
/// <param name="Cells">By role, on duty and off duty.</param>
internal sealed record PermissionRow(
    string Command,
    string Permission,
    IReadOnlyDictionary<string, (string On, string Off)> Cells,
    string Nobody
)
{
    /// <summary>The rows as they are written down.</summary>
    public static IReadOnlyList<PermissionRow> Read()
    {
        var lines = File.ReadAllLines(Path.Combine(RepositoryRoot.Find(), "docs", "permissions.md"))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Select(line => line.Trim('|', ' ').Split(" | "))
            .ToList();
        var roles = lines[0][3..^2];
        return
        [
            .. lines
                .Skip(2)
                .Select(cells => new PermissionRow(
                    cells[0].Trim('`'),
                    cells[1].Trim('`'),
                    roles
                        .Zip(cells[3..^2], (role, cell) => (Role: role, Both: cell.Split(" / ")))
                        .ToDictionary(c => c.Role, c => (c.Both[0], c.Both[1])),
                    cells[^2]
                )),
        ];
    }
}
