using Glancy.Ops.Runbook;

namespace Glancy.Ops.Tests.Runbook;

public sealed class RunbookHolderTests
{
    [Fact]
    public void A_good_reload_comes_into_force()
    {
        using var copy = new RunbookCopy();
        var holder = Open(copy);
        var before = holder.Current;
        copy.Replace("hooks/hk-03.yaml", "red: \">= 1.2 x\"", "red: \">= 1.1 x\"");

        var loaded = holder.Reload();

        Assert.Same(loaded.Content, holder.Current);
        Assert.NotEqual(before.Version, holder.Current.Version);
        Assert.Equal(1.1, holder.Current.Hooks.Single(h => h.Id == "HK-03").Measures[0].Red.Limit);
    }

    [Fact]
    public void A_wrong_reload_keeps_the_old_one_in_force_and_says_why_until_it_is_put_right()
    {
        using var copy = new RunbookCopy();
        var holder = Open(copy);
        var before = holder.Current;
        copy.Replace("hooks/hk-03.yaml", "red: \">= 1.2 x\"", "red: \">= 0.7 x\"");

        var loaded = holder.Reload();

        Assert.Null(loaded.Content);
        Assert.Same(before, holder.Current);
        Assert.Contains(holder.Problems, p => p.Code == "yellow-beyond-red");

        copy.Replace("hooks/hk-03.yaml", "red: \">= 0.7 x\"", "red: \">= 1.2 x\"");
        holder.Reload();

        Assert.Empty(holder.Problems);
        Assert.Equal(before.Version, holder.Current.Version);
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
