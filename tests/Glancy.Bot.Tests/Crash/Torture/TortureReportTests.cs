namespace Glancy.Bot.Tests.Crash.Torture;

/// <summary>What the report says of results that nobody needs a world for.</summary>
public sealed class TortureReportTests
{
    private static readonly DateTimeOffset Began = new(2025, 4, 18, 1, 20, 0, TimeSpan.Zero);

    [Fact]
    public void A_torture_that_was_cut_short_says_so_plainly_and_is_no_failure()
    {
        var result = Result([Line(Trial.Sweep, "thaw", "ended")], cutShort: true) with
        {
            Planned = [new Planned("thaw", "one restarted", 22), new Planned("kill-switch", "one restarted", null)],
        };

        Assert.Equal(0, result.Exit);
        var page = TortureReport.Page(result);
        Assert.Contains(
            "1 runs, none bad. CUT SHORT: the time was up before everything was tried.",
            page,
            StringComparison.Ordinal
        );
        Assert.Contains("| thaw | one restarted | 22 | 1 | 1 | 0 | 0 | 0 | 0 |", page, StringComparison.Ordinal);
        Assert.Contains(
            "| kill-switch | one restarted | not begun | 0 | 0 | 0 | 0 | 0 | 0 |",
            page,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_bad_seed_is_listed_with_what_it_chose_and_how_to_play_it_again()
    {
        var result = Result(
            [
                Line(Trial.Chaos, "thaw", "Kill at ended", "+1 effect") with
                {
                    Seed = 17,
                    Repeat = "./glancy torture --seed 17",
                },
            ],
            cutShort: false
        );

        Assert.Equal(1, result.Exit);
        var page = TortureReport.Page(result);
        Assert.Contains("1 runs, 1 BAD.", page, StringComparison.Ordinal);
        Assert.Contains("| thaw | one restarted | - | 0 | 0 | 0 | 1 | 0 | 1 |", page, StringComparison.Ordinal);
        Assert.Contains(
            "seed 17 Kill at ended\n  - again: `./glancy torture --seed 17`\n  - +1 effect",
            page,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_shipped_procedure_without_a_case_is_reported_as_not_covered_and_fails()
    {
        using var folder = new ReportFolder();
        var procedures = Directory.CreateDirectory(Path.Combine(folder.Path, "runbook", "procedures"));
        await File.WriteAllTextAsync(
            Path.Combine(procedures.FullName, "any.yaml"),
            "# new\nid: promote\ntitle: {}\n",
            TestContext.Current.CancellationToken
        );
        await File.WriteAllTextAsync(
            Path.Combine(procedures.FullName, "thaw.yaml"),
            "id: thaw\n",
            TestContext.Current.CancellationToken
        );
        var options =
            TortureOptions.Parse([], folder.Path).Options ?? throw new InvalidOperationException("not understood");

        var result = await new Torturer(options, folder.Path, TimeProvider.System, _ => { }).RunAsync(
            [],
            TestContext.Current.CancellationToken
        );

        Assert.Equal(1, result.Exit);
        Assert.Equal((Trial.NotCovered, "promote"), (Assert.Single(result.Bad).Trial, result.Bad[0].Procedure));
        Assert.Contains(
            "- NotCovered promote",
            await File.ReadAllTextAsync(folder.Page, TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("flag.set", "alerts", 0)]
    [InlineData("k8s.scale", "alerts", 1)]
    [InlineData("flag.set", "patrols", 1)]
    public async Task What_an_SOP_does_needs_no_case_of_its_own_when_its_kinds_of_steps_have_one(
        string kind,
        string namedIn,
        int uncovered
    )
    {
        using var folder = new ReportFolder();
        var runbook = Path.Combine(folder.Path, "runbook");
        Directory.CreateDirectory(Path.Combine(runbook, "procedures"));
        Directory.CreateDirectory(Path.Combine(runbook, namedIn));
        var token = TestContext.Current.CancellationToken;
        await File.WriteAllTextAsync(
            Path.Combine(runbook, "procedures", "kill-switch.yaml"),
            "id: kill-switch\nsteps:\n  - id: a\n    kind: flag.set\n",
            token
        );
        await File.WriteAllTextAsync(
            Path.Combine(runbook, "procedures", "shed.yaml"),
            $"id: shed\nsteps:\n  - id: a\n    kind: {kind}\n  - id: b\n    kind: manual\n",
            token
        );
        await File.WriteAllTextAsync(
            Path.Combine(runbook, namedIn, "load.yaml"),
            "act:\n  - say: x\n    procedure: shed\n",
            token
        );

        Assert.Equal(uncovered, ShippedProcedures.WithoutCase(folder.Path).Count);
    }

    private static TortureLine Line(Trial trial, string procedure, string what, params string[] problems) =>
        new(trial, procedure, "one restarted", what, null, problems, "", 1, "");

    private static TortureResult Result(IReadOnlyList<TortureLine> lines, bool cutShort) =>
        new(
            TortureOptions.Parse([], "/somewhere").Options ?? throw new InvalidOperationException("not understood"),
            Began,
            TimeSpan.FromMinutes(1),
            lines,
            [],
            cutShort
        );
}
