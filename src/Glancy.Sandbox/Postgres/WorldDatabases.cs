namespace Glancy.Sandbox.Postgres;

/// <summary>One pair of databases: the bot's and the product's, each with its roles' connection strings.</summary>
/// <param name="BotName">Name of the bot's database.</param>
/// <param name="ProductName">Name of the product's database.</param>
/// <param name="BotRuntime">Role <c>glancy_bot</c>: may use what the migrator grants, owns nothing.</param>
/// <param name="BotMigrator">Role <c>glancy_migrator</c>: owns the bot's database.</param>
/// <param name="ProductOwner">Role <c>product_owner</c>: owns the product's database.</param>
/// <param name="ProductOps">Role <c>glancy_ops</c>: what the bot may do in the product's database.</param>
public sealed record WorldDatabases(
    string BotName,
    string ProductName,
    string BotRuntime,
    string BotMigrator,
    string ProductOwner,
    string ProductOps
);
