using System.Globalization;
using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Runbook;

namespace Glancy.Bot.Commands.Runbook;

/// <summary>A load as data.</summary>
public sealed record LintData(bool Clean, string? Version, string? InForce, IReadOnlyList<ProblemData> Problems);

/// <summary>A problem as data.</summary>
public sealed record ProblemData(string File, int Line, string Code, IReadOnlyList<string> Arguments, string Words);

/// <summary>What is wrong in a runbook folder, file by file and line by line.</summary>
public static class RunbookLint
{
    /// <param name="inForce">The version the replica works by; null when no replica was asked.</param>
    public static Answer Answer(RunbookLoaded loaded, string? inForce, Phrasebook words)
    {
        ArgumentNullException.ThrowIfNull(loaded);
        ArgumentNullException.ThrowIfNull(words);
        var problems = loaded.Problems.Select(p => new ProblemData(p.File, p.Line, p.Code, p.Arguments, Words(p, words).Plain)).ToList();
        return new Answer(
            Page(loaded, inForce, words),
            new LintData(loaded.Content is not null, loaded.Content?.Version, inForce, problems),
            loaded.Content is null ? Ending.Refused : Ending.Done);
    }

    public static Page Page(RunbookLoaded loaded, string? inForce, Phrasebook words)
    {
        ArgumentNullException.ThrowIfNull(loaded);
        ArgumentNullException.ThrowIfNull(words);
        if (loaded.Content is { } content)
        {
            var facts = new List<Fact>
            {
                new(words["lint.version"], content.Version),
                new(words["lint.contains"], words.Say("lint.contains-of", Text.FromInt64(content.Hooks.Count), Text.FromInt64(content.Ladder.Rungs.Count), Text.FromInt64(content.Procedures.Count), Text.FromInt64(content.People.Count))),
            };
            if (inForce is not null)
            {
                facts.Add(new Fact(words["lint.in-force"], inForce == content.Version ? words["lint.same"] : words.Say("lint.other", inForce)));
            }

            return new Page(words["lint.clean"], [new Block.Facts(facts)]);
        }

        var files = loaded.Problems.Select(p => p.File).Distinct().Count();
        var blocks = new List<Block>
        {
            new Block.Table(
                [words["lint.column.where"], words["lint.column.what"]],
                [.. loaded.Problems.Select(p => (IReadOnlyList<Text>)[Where(p), Words(p, words)])]),
        };
        if (inForce is not null)
        {
            blocks.Add(new Block.Paragraph(words.Say("lint.old-stays", inForce)));
        }

        return new Page(words.Say("lint.problems", Text.FromInt64(loaded.Problems.Count), Text.FromInt64(files)), blocks);
    }

    /// <summary>What is wrong, in a sentence.</summary>
    public static Text Words(RunbookProblem problem, Phrasebook words)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(words);
        return words.Say("problem." + problem.Code, [.. problem.Arguments.Select(Text.FromString)]);
    }

    // As editors and compilers write it, so that it can be clicked.
    private static Text Where(RunbookProblem problem) =>
        problem.Line > 0 ? problem.File + ":" + problem.Line.ToString(CultureInfo.InvariantCulture) : problem.File.Length > 0 ? problem.File : ".";
}
