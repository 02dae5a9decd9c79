using System.Text.Json;
using System.Text.RegularExpressions;

namespace Glancy.Bot.Tests.Crash.Torture;

/// <summary>
/// A torture as small as can be, on real processes: its report is right, and what is bad is found and said.
/// </summary>
[Collection(TwoReplicas.Name)]
public sealed class TortureTests(CrashWorld house, ITestOutputHelper output)
{
    [Fact]
    public async Task A_tiny_torture_reports_what_it_tried_and_ends_with_0()
    {
        using var folder = new ReportFolder();
        var result = await RunAsync(
            "--only",
            "thaw",
            "--topology",
            "one",
            "--at",
            "after-effect:thaw",
            "--at",
            "before-end",
            "--seeds",
            "1",
            "--report",
            folder.Path
        );

        var page = await File.ReadAllTextAsync(folder.Page, Token);
        Assert.True(result.Exit == 0, page);
        Assert.Contains("| thaw | one restarted | 2 | 2 | 2 | 0 | 1 | 1 | 0 |", page, StringComparison.Ordinal);
        Assert.Contains("1 of 1 seeds tried.", page, StringComparison.Ordinal);
        Assert.Contains("none bad.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("CUT SHORT", page, StringComparison.Ordinal);
        var lines = (await File.ReadAllLinesAsync(folder.Runs, Token))
            .Select(line => JsonDocument.Parse(line).RootElement)
            .ToList();
        Assert.Equal(
            ["undisturbed", "sweep", "sweep", "audit", "chaos", "audit"],
            lines.Select(l => l.GetProperty("trial").GetString())
        );
        Assert.All(lines, line => Assert.True(line.GetProperty("ok").GetBoolean()));
        Assert.Equal(
            "./glancy torture --only thaw --topology one --at before-end",
            lines[2].GetProperty("repeat").GetString()
        );
        Assert.Equal(
            "./glancy torture --seed 1 --only thaw --topology one",
            lines[4].GetProperty("repeat").GetString()
        );
    }

    [Fact]
    public async Task A_torture_that_finds_a_second_effect_says_where_and_how_to_repeat_it_and_ends_with_1()
    {
        using var folder = new ReportFolder();
        await house.TopologyAsync(1, Token);
        await house.UndisturbedAsync(ProcedureCases.Rollback, Token);
        using var forgetful = ForgetfulAgent.In(house);

        var result = await RunAsync(
            "--only",
            "rollback",
            "--topology",
            "one",
            "--at",
            "after-effect:execute",
            "--report",
            folder.Path
        );

        Assert.Equal(1, result.Exit);
        var bad = Assert.Single(result.Bad);
        Assert.Equal((Trial.Sweep, "after-effect:execute"), (bad.Trial, bad.What));
        // More than one when a slow machine costs the second worker its lease too.
        Assert.Contains(bad.Problems, p => Regex.IsMatch(p, @"^\+[0-9]+ effect rollback_stage"));
        var page = await File.ReadAllTextAsync(folder.Page, Token);
        Assert.Contains("| rollback | one restarted | 1 | 1 | 0 | 1 | 0 | 0 | 0 |", page, StringComparison.Ordinal);
        Assert.Contains(
            "again: `./glancy torture --only rollback --topology one --at after-effect:execute`",
            page,
            StringComparison.Ordinal
        );
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private async Task<TortureResult> RunAsync(params string[] words)
    {
        var (options, problem) = TortureOptions.Parse(words, "/nowhere");
        Assert.Null(problem);
        Assert.NotNull(options);
        return await new Torturer(
            options,
            Sandbox.Bastion.RepositoryRoot.Find(),
            TimeProvider.System,
            output.WriteLine
        ).RunAsync([(1, house)], Token);
    }
}
