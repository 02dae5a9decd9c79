using Glancy.Ops.Kernel.Database;

namespace Glancy.Ops.Tests.Database;

/// <summary>
/// Every database's journal knows the scripts by name: one under another name would be run a second time.
/// </summary>
public sealed class MigrationNamesTests
{
    [Fact]
    public void A_script_keeps_the_name_that_databases_know_it_by()
    {
        var scripts = typeof(Schema)
            .Assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
            .ToList();

        Assert.Contains("Glancy.Ops.Database.Migrations.0001-spine.sql", scripts);
        Assert.All(
            scripts,
            name => Assert.Matches(@"^Glancy\.Ops\.Database\.Migrations\.\d{4}-[a-z0-9-]+\.sql$", name)
        );
    }
}
