using Npgsql;

namespace Glancy.Sandbox.Postgres;

/// <summary>How the databases of a server are reached, as each of its roles.</summary>
internal sealed record PostgresAddresses(int Port, RolePasswords Passwords)
{
    public const string Superuser = "sandbox";

    public WorldDatabases Pair(string bot, string product) =>
        new(
            bot,
            product,
            Of(bot, "glancy_bot"),
            Of(bot, "glancy_migrator"),
            Of(product, "product_owner"),
            Of(product, "glancy_ops")
        );

    public string Of(string database, string role) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = Port,
            Database = database,
            Username = role,
            Password = role == Superuser ? Passwords.Superuser : Passwords.ByRole[role],
            SslMode = SslMode.Disable,
            GssEncryptionMode = GssEncryptionMode.Disable,
            Timeout = 5,
        }.ConnectionString;

    public static string Unpooled(string connection) =>
        new NpgsqlConnectionStringBuilder(connection) { Pooling = false }.ConnectionString;
}
