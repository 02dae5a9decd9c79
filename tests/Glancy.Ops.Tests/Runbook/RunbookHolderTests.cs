using Glancy.Ops.Runbook;

namespace Glancy.Ops.Tests.Runbook;

public sealed class RunbookHolderTests
{
    [Fact]
    public void What_was_read_before_a_newer_activation_does_not_come_back()
    {
        var content = RunbookFolders.Load();
        var holder = new RunbookHolder("/nowhere", first: null);
        Assert.False(holder.HasCurrent);
        Assert.Throws<InvalidOperationException>(() => holder.Current);

        holder.PutInForce(content, 2);
        holder.PutInForce(content with { Version = "000000000000" }, 1);

        Assert.Same(content, holder.Current);
    }

    [Fact]
    public void The_version_is_that_of_names_and_content()
    {
        using var one = new RunbookCopy();
        using var other = new RunbookCopy();
        Assert.Equal(Open(one).Current.Version, Open(other).Current.Version);

        // Notes for people and an editor's leftovers are not part of the runbook.
        other.Write("README.md", "notes");
        other.Write("hooks/.hk-03.yaml.swp", "x");
        other.Write("hooks/hk-03.yaml~", "x");
        Assert.Equal(Open(one).Current.Version, Open(other).Current.Version);

        other.Replace("hooks/hk-03-burn.promql", "# HK-03", "# hook HK-03");
        Assert.NotEqual(Open(one).Current.Version, Open(other).Current.Version);
    }

    [Fact]
    public void A_changed_statement_changes_what_a_procedure_is_confirmed_as()
    {
        using var copy = new RunbookCopy();
        var before = Open(copy).Current.Procedures["rollback"].ContentHash;
        copy.Replace("statements/close-rollback.sql", "'verified'", "'closed'");

        Assert.NotEqual(before, Open(copy).Current.Procedures["rollback"].ContentHash);
    }

    private static RunbookHolder Open(RunbookCopy copy)
    {
        var loaded = copy.Load();
        Assert.NotNull(loaded.Content);
        return new RunbookHolder(copy.Folder, loaded.Content);
    }
}
