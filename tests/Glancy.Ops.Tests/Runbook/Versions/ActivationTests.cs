using Glancy.Ops.Runbook.Versions;
using Glancy.Ops.Watching;
using static Glancy.Ops.Tests.Runbook.Versions.VersionHouse;

namespace Glancy.Ops.Tests.Runbook.Versions;

/// <summary>When a version comes into force, and when not (rule 12).</summary>
public sealed class ActivationTests(PostgresFixture postgres)
{
    private const string Red = "red: \">= 1.2 x\"";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_replica_of_an_empty_database_puts_its_files_in_force()
    {
        await using var house = await BuildAsync(postgres, Token);
        var a = await house.BeginAsync("a", house.Copy());

        var status = await StatusAsync(a);

        Assert.Equal(InForce(a), status.Active?.Version);
        Assert.Equal(1, status.Active?.Number);
        Assert.True(status.Calm);
        var activated = Assert.Single(await AuditAsync(a, "runbook-activate"));
        Assert.Equal((null, InForce(a)), (activated.Before, activated.After));
        Assert.Empty(await NoticesAsync(a, "loosened"));
    }

    [Fact]
    public async Task Different_files_are_a_split_and_the_old_version_stays_until_they_are_the_same()
    {
        await using var house = await BuildAsync(postgres, Token);
        var (one, other) = (house.Copy(), house.Copy());
        var (a, b) = (await house.BeginAsync("a", one), await house.BeginAsync("b", other));
        var old = InForce(a);
        other.Replace("hooks/hk-03.yaml", Red, "red: \">= 1.4 x\"");
        await LookAsync(a, b);

        var status = await StatusAsync(a);
        Assert.True(status.Split);
        Assert.Equal(old, status.Active?.Version);
        Assert.Equal([old, old], [InForce(a), InForce(b)]);

        one.Replace("hooks/hk-03.yaml", Red, "red: \">= 1.4 x\"");
        await LookAsync(a, b);

        Assert.NotEqual(old, InForce(a));
        Assert.Equal(InForce(a), InForce(b));
        status = await StatusAsync(b);
        Assert.True(status.Calm);
        Assert.Equal((InForce(a), 2), (status.Active?.Version, status.Active?.Number));
        var loosened = Assert.Single(await AuditAsync(a, "runbook-loosened"));
        Assert.Equal(">= 1.2× -> >= 1.4×", Assert.Single(loosened.Detail).Value);
        Assert.Equal(
            "hooks/HK-03/burn/red: >= 1.2× -> >= 1.4×",
            Assert.Single(await NoticesAsync(a, "loosened")).Arguments["detail"]
        );
        Assert.Equal(2, (await AuditAsync(a, "runbook-activate")).Count);
    }

    [Fact]
    public async Task A_tightened_limit_is_in_the_diff_and_makes_no_notice()
    {
        await using var house = await BuildAsync(postgres, Token);
        var copy = house.Copy();
        var a = await house.BeginAsync("a", copy);
        copy.Replace("hooks/hk-03.yaml", Red, "red: \">= 1.1 x\"");
        await LookAsync(a);

        Assert.Equal(">= 1.2× -> >= 1.1×", (await AuditAsync(a, "runbook-activate"))[0].Detail["hooks/HK-03/burn/red"]);
        Assert.Empty(await AuditAsync(a, "runbook-loosened"));
        Assert.Empty(await NoticesAsync(a, "loosened"));
    }

    [Fact]
    public async Task A_replica_started_with_other_files_works_by_what_is_active()
    {
        await using var house = await BuildAsync(postgres, Token);
        var a = await house.BeginAsync("a", house.Copy());
        var other = house.Copy();
        other.Replace("hooks/hk-03.yaml", Red, "red: \">= 1.1 x\"");

        var b = await house.BeginAsync("b", other);

        Assert.Equal(InForce(a), InForce(b));
        Assert.Equal(
            1.2,
            b.Get<Glancy.Ops.Runbook.RunbookHolder>().Current.Hooks.Single(h => h.Id == "HK-03").Measures[0].Red.Limit
        );
        Assert.True((await StatusAsync(b)).Split);
    }

    /// <summary>A start that finds its files in force already takes them as they are; what lies beside them is compared
    /// by the next look, and a copy that begins meanwhile is none yet.</summary>
    [Fact]
    public async Task What_lies_beside_the_files_is_compared_after_the_start()
    {
        await using var house = await BuildAsync(postgres, Token);
        var (one, other) = (house.Copy(), house.Copy());
        await house.BeginAsync("a", one);
        other.WriteBastion("nothing that is known here\n");
        var b = await house.BeginAsync("b", other);
        Assert.True((await StatusAsync(b)).Calm);

        Assert.True(await b.Get<VersionLook>().LookAsync(Token));

        Assert.NotEmpty((await StatusAsync(b)).Replicas.Single(r => r.Report.Replica == "b").Report.Problems);
        File.Delete(other.PathOf("../bastion/commands.conf"));
        await LookAsync(b);
        other.Replace("hooks/hk-03.yaml", Red, "red: \">= 1.4 x\"");
        var again = await house.BeginAsync("b", other);
        Assert.False((await StatusAsync(again)).Calm);
    }

    [Fact]
    public async Task A_wrong_file_keeps_the_old_version_and_is_told_with_its_line()
    {
        await using var house = await BuildAsync(postgres, Token);
        var copy = house.Copy();
        var a = await house.BeginAsync("a", copy);
        var old = InForce(a);
        copy.Replace("hooks/hk-03.yaml", Red, "red: \">= 0.7 x\"");
        await LookAsync(a);

        var status = await StatusAsync(a);
        Assert.Equal(old, InForce(a));
        Assert.True(status.Broken);
        Assert.Contains(
            status.Replicas.Single().Report.Problems,
            p => p is { Code: "yellow-beyond-red", File: "hooks/hk-03.yaml", Line: > 0 }
        );

        // And one that starts with it works by the old version as well.
        var b = await house.BeginAsync("b", copy);
        Assert.Equal(old, InForce(b));

        copy.Replace("hooks/hk-03.yaml", "red: \">= 0.7 x\"", Red);
        await LookAsync(a, b);
        Assert.True((await StatusAsync(a)).Calm);
    }

    [Fact]
    public async Task Where_nothing_is_active_a_wrong_file_keeps_the_replica_from_beginning()
    {
        await using var house = await BuildAsync(postgres, Token);
        var copy = house.Copy();
        File.Delete(copy.PathOf("ladder.yaml"));

        var problems = await house.Replica("a", copy).Get<VersionLook>().BeginAsync(Token);

        Assert.Contains(problems, p => p is { Code: "missing-file", File: "ladder.yaml" });
        var b = await house.BeginAsync("b", house.Copy());
        Assert.Equal(["b"], (await StatusAsync(b)).Replicas.Select(r => r.Report.Replica));
    }

    [Fact]
    public async Task A_copy_halfway_through_its_files_is_not_taken_for_a_version()
    {
        await using var house = await BuildAsync(postgres, Token);
        var copy = house.Copy();
        var a = await house.BeginAsync("a", copy);
        var old = InForce(a);
        copy.Replace("hooks/hk-03.yaml", Red, "red: \">= 1.1 x\"");
        Assert.True(await a.Get<VersionLook>().LookAsync(Token));
        copy.Replace("hooks/hk-02.yaml", "red: \"> 2.5 s\"", "red: \"> 2.4 s\"");
        Assert.True(await a.Get<VersionLook>().LookAsync(Token));

        Assert.Equal(old, InForce(a));

        await LookAsync(a);
        Assert.NotEqual(old, InForce(a));
        Assert.Equal(2, (await StatusAsync(a)).Active?.Number);
    }

    [Fact]
    public async Task A_replica_that_is_gone_is_not_waited_for()
    {
        await using var house = await BuildAsync(postgres, Token);
        var one = house.Copy();
        var a = await house.BeginAsync("a", one);
        await house.BeginAsync("b", house.Copy());
        one.Replace("hooks/hk-03.yaml", Red, "red: \">= 1.1 x\"");
        await LookAsync(a);
        Assert.Equal(1, (await StatusAsync(a)).Active?.Number);

        await house.ExecuteAsync(
            "update glancy.runbook_replica set seen_at = seen_at - interval '46 seconds' where replica = 'b'"
        );
        await LookAsync(a);

        Assert.Equal(2, (await StatusAsync(a)).Active?.Number);
    }

    [Fact]
    public async Task Two_replicas_that_decide_at_once_activate_once()
    {
        await using var house = await BuildAsync(postgres, Token);
        var copy = house.Copy();
        var replicas = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => house.BeginAsync($"r{i}", copy)));
        Assert.Single(await AuditAsync(replicas[0], "runbook-activate"));
        for (var round = 2; round <= 4; round++)
        {
            copy.Replace("hooks/hk-03.yaml", "urgent: \"> 1.", "urgent: \"> 1.9");
            await Task.WhenAll(replicas.Select(r => r.Get<VersionLook>().LookAsync(Token)));
            await Task.WhenAll(replicas.Select(r => r.Get<VersionLook>().LookAsync(Token)));
            await Task.WhenAll(replicas.Select(r => r.Get<VersionLook>().LookAsync(Token)));

            Assert.Equal(round, (await StatusAsync(replicas[0])).Active?.Number);
            Assert.Equal(round, (await AuditAsync(replicas[0], "runbook-activate")).Count);
            Assert.Single(replicas.Select(InForce).Distinct());
        }
    }

    [Fact]
    public async Task A_split_that_lasts_is_told_once()
    {
        await using var house = await BuildAsync(postgres, Token);
        var (one, other) = (house.Copy(), house.Copy());
        var (a, b) = (await house.BeginAsync("a", one), await house.BeginAsync("b", other));
        other.Replace("hooks/hk-03.yaml", Red, "red: \">= 1.4 x\"");
        await LookAsync(a, b);
        Assert.Empty(await NoticesAsync(a, "runbook-split"));

        await house.ExecuteAsync("update glancy.runbook_replica set changed_at = changed_at - interval '10 minutes'");
        await LookAsync(a, b);
        await LookAsync(b, a);

        var told = Assert.Single(await NoticesAsync(a, "runbook-split"));
        Assert.Equal(InForce(a), told.Arguments["active"]);
        Assert.Contains("b=", told.Arguments["replicas"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stored_version_whose_files_are_others_is_not_used()
    {
        await using var house = await BuildAsync(postgres, Token);
        await house.BeginAsync("a", house.Copy());
        await house.ExecuteAsync(
            "update glancy.runbook_version set files = replace(files::text, '1.2 x', '9.9 x')::json"
        );

        var b = house.Replica("b", house.Copy());

        await Assert.ThrowsAsync<InvalidDataException>(() => b.Get<VersionLook>().BeginAsync(Token));
    }

    [Fact]
    public async Task A_changed_text_with_unchanged_data_is_told_once_for_each_text()
    {
        await using var house = await BuildAsync(postgres, Token);
        var copy = house.Copy();
        var text = Path.Combine(copy.Folder, "..", "written.md");
        await File.WriteAllTextAsync(text, "as compared", Token);
        copy.Write(
            "source.yaml",
            (await File.ReadAllTextAsync(copy.PathOf("source.yaml"), Token)).Replace(
                "62824ed1e498e9becb8671b0613731d8b98a7a13b642eb883f5ed6336e05ca7c",
                SourceText.Sha256(text),
                StringComparison.Ordinal
            )
        );
        var a = await house.BeginAsync("a", copy, text);
        await LookAsync(a);
        Assert.Empty(await NoticesAsync(a, "runbook-source"));
        Assert.True((await StatusAsync(a)).Calm);

        await File.WriteAllTextAsync(text, "something else", Token);
        await LookAsync(a);
        await LookAsync(a);

        Assert.Equal(
            SourceText.Sha256(text)?[..12],
            Assert.Single(await NoticesAsync(a, "runbook-source")).Arguments["hash"]
        );
        Assert.False((await StatusAsync(a)).Calm);

        File.Delete(text);
        await LookAsync(a);
        Assert.Equal([""], (await StatusAsync(a)).OtherSources);
        Assert.Single(await NoticesAsync(a, "runbook-source"));
    }
}
