using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Runbook;
using Glancy.Runbook;
using Glancy.Runbook.People;

namespace Glancy.Bot.Commands.Tests.Runbook;

public class RunbookLintTests
{
    [Fact]
    public void The_shipped_runbook_is_in_order()
    {
        var answer = RunbookLint.Answer(
            RunbookOnDisk.Loader.Load(Path.Combine(RunbookOnDisk.Root, "runbook")),
            null,
            Golden.En
        );
        Assert.Equal(ExitCode.Done, answer.ExitCode);
    }

    [Fact]
    public void Problems_with_file_and_line() =>
        Golden.Check(
            "problems",
            words =>
                RunbookLint.Page(
                    new RunbookLoaded(
                        null,
                        [
                            new RunbookProblem("hooks/HK-03.yaml", 7, "yellow-beyond-red", ">= 1.3×", ">= 1.2×"),
                            new RunbookProblem("hooks/HK-03.yaml", 9, "unknown-field", "yelow"),
                            new RunbookProblem("people.yaml", 0, "missing-file"),
                        ]
                    ),
                    "0123456789ab",
                    words
                )
        );

    [Fact]
    public void No_such_folder() =>
        Golden.Check("no-folder", words => RunbookLint.Page(RunbookOnDisk.Loader.Load("/nowhere/at/all"), null, words));

    [Fact]
    public void The_text_has_changed_and_the_data_has_not() =>
        Golden.Check(
            "source-changed",
            words => RunbookLint.Page(Some(), null, words, new WrittenRunbook("runbook.zh.md", new string('a', 64)))
        );

    [Fact]
    public void The_text_cannot_be_read() =>
        Golden.Check(
            "source-unreadable",
            words => RunbookLint.Page(Some(), null, words, new WrittenRunbook("runbook.zh.md", null))
        );

    [Fact]
    public void The_text_is_as_compared() =>
        Golden.Check(
            "source-same",
            words =>
                RunbookLint.Page(
                    Some(),
                    "0123456789ab",
                    words,
                    new WrittenRunbook("runbook.zh.md", new string('6', 64))
                )
        );

    [Fact]
    public void What_each_roster_file_gave_is_listed() =>
        Golden.Check("imports", words => RunbookLint.Page(Imported(3), null, words));

    [Fact]
    public void What_is_too_long_for_a_page_is_counted_there_and_listed_as_data()
    {
        var (page, data) = (
            RunbookLint.Page(Imported(130), null, Golden.En),
            Assert.IsType<LintData>(RunbookLint.Answer(Imported(130), null, Golden.En).Data)
        );

        Assert.Contains(
            page.Blocks.OfType<Block.Paragraph>(),
            p => p.Words.Plain.Contains("33", StringComparison.Ordinal)
        );
        Assert.Equal(130, data.Imports.Single(i => i.File == "roster/may.ics").Overrides.Count);
        Assert.Equal(
            (2, 1, 3),
            data.Imports.Where(i => i.File == "roster/may.ics").Select(i => (i.Cancelled, i.Days, i.Floating)).Single()
        );
    }

    [Fact]
    public void A_changed_text_is_a_no_and_an_unreadable_one_is_unknown()
    {
        ExitCode Of(string? hash) =>
            RunbookLint.Answer(Some(), null, Golden.En, new WrittenRunbook("runbook.zh.md", hash)).ExitCode;

        Assert.Equal(ExitCode.Done, Of(new string('6', 64)));
        Assert.Equal(ExitCode.Refused, Of(new string('a', 64)));
        Assert.Equal(ExitCode.Unknown, Of(null));
    }

    [Fact]
    public void A_real_mistake_is_worded()
    {
        var folder = Directory.CreateTempSubdirectory("glancy-lint-").FullName;
        try
        {
            File.WriteAllText(
                Path.Combine(folder, "roles.yaml"),
                "roles:\n  - id: primary\n    nmae: { zh: 甲, en: A }\n"
            );
            var problems = RunbookOnDisk.Loader.Load(folder).Problems;
            var wrong = Assert.Single(problems, p => p.Code == "unknown-field");
            Assert.Equal(("roles.yaml", 3), (wrong.File, wrong.Line));
            Assert.Equal("没有字段“nmae”", RunbookLint.Words(wrong, Golden.Zh).Plain);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Every_problem_has_words() =>
        Assert.All(RunbookCodes.All, code => Assert.True(Golden.En.Knows("problem." + code), code));

    private static RunbookLoaded Imported(int nights)
    {
        var first = new DateTimeOffset(2025, 4, 18, 11, 0, 0, TimeSpan.Zero);
        RosterOverride Night(string person, int day) =>
            new("secondary", person, first.AddDays(day), first.AddDays(day).AddHours(12), "swap");
        var loaded = Some();
        return loaded.Content is not { } content
            ? loaded
            : loaded with
            {
                Content = content with
                {
                    People = RunbookOnDisk.Content.People.Where(p => p.Key is "lin" or "chen" or "wu").ToDictionary(),
                    Roster = content.Roster with
                    {
                        Imports =
                        [
                            new RosterImport(
                                "roster/swaps.csv",
                                [Night("wu", 40), Night("chen", 41), Night("wu", 42)],
                                0,
                                0,
                                0
                            ),
                            new RosterImport("roster/empty.csv", [], 0, 0, 0),
                            new RosterImport(
                                "roster/may.ics",
                                [.. Enumerable.Range(0, nights).Select(d => Night(d == 1 ? "wu" : "chen", d))],
                                1,
                                2,
                                3
                            ),
                            new RosterImport("roster/days-2025.yaml", [], 7, 0, 0),
                        ],
                    },
                },
            };
    }

    // A part of the shipped data, so that the goldens outlive its edits.
    private static RunbookLoaded Some()
    {
        var content = RunbookOnDisk.Content;
        return new(
            content with
            {
                Version = "0123456789ab",
                Hooks = [.. content.Hooks.Where(h => h.Id.StartsWith("HK-", StringComparison.Ordinal))],
                Procedures = content.Procedures.Where(p => p.Key == "rollback").ToDictionary(),
                Commands = content
                    .Commands.Where(c => c.Key is "rollback_stage" or "configctl.feature.set")
                    .ToDictionary(),
                Flags = content.Flags.Where(f => f.Value.KillSwitch).ToDictionary(),
                People = content.People.Where(p => p.Key == "lin").ToDictionary(),
                Source = content.Source with { Sha256 = new string('6', 64), Date = new DateOnly(2026, 11, 23) },
            },
            []
        );
    }
}
