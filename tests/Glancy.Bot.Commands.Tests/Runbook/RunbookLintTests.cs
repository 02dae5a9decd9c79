using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Runbook;
using Glancy.Ops.Runbook;

namespace Glancy.Bot.Commands.Tests.Runbook;

public class RunbookLintTests
{
    [Fact]
    public void The_shipped_runbook_is_in_order()
    {
        var answer = RunbookLint.Answer(RunbookLoader.Load(Path.Combine(RunbookOnDisk.Root, "runbook")), null, Golden.En);
        Assert.Equal(Ending.Done, answer.Ending);
    }

    [Fact]
    public void Problems_with_file_and_line() => Golden.Check("problems", words => RunbookLint.Page(
        new RunbookLoaded(null, [
            new RunbookProblem("hooks/HK-03.yaml", 7, "yellow-beyond-red", ">= 1.3×", ">= 1.2×"),
            new RunbookProblem("hooks/HK-03.yaml", 9, "unknown-field", "yelow"),
            new RunbookProblem("people.yaml", 0, "missing-file"),
        ]),
        "0123456789ab",
        words));

    [Fact]
    public void No_such_folder() => Golden.Check("no-folder", words => RunbookLint.Page(RunbookLoader.Load("/nowhere/at/all"), null, words));

    [Fact]
    public void A_real_mistake_is_worded()
    {
        var folder = Directory.CreateTempSubdirectory("glancy-lint-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "roles.yaml"), "roles:\n  - id: primary\n    nmae: { zh: 甲, en: A }\n");
            var problems = RunbookLoader.Load(folder).Problems;
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
    public void Every_problem_has_words() => Assert.All(RunbookCodes.All, code => Assert.True(Golden.En.Knows("problem." + code), code));
}
