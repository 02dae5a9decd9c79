using System.Security.Cryptography;

namespace Glancy.Sandbox.Postgres;

/// <summary>New passwords for every cluster; letters and digits only.</summary>
/// <param name="Superuser">Of the sandbox's own superuser.</param>
/// <param name="ByRole">Of the roles that the bot and the product log in with.</param>
internal sealed record RolePasswords(string Superuser, IReadOnlyDictionary<string, string> ByRole)
{
    private static readonly string[] Roles = ["glancy_migrator", "glancy_bot", "product_owner", "glancy_ops"];

    public static RolePasswords Random() => new(One(), Roles.ToDictionary(role => role, _ => One()));

    private static string One() => RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz23456789", 24);
}
