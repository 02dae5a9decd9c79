using System.Globalization;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Runbook.Versions;
using Glancy.Runbook;

namespace Glancy.Bot.Commands.Runbook;

/// <summary>A load as data.</summary>
/// <param name="Source">How the written runbook compares; null when it was not asked for or there is nothing to compare
/// with.</param>
/// <param name="Imports">What each file of <c>roster/</c> gave; nothing while there are problems.</param>
internal sealed record LintData(
    bool Clean,
    string? Version,
    string? InForce,
    IReadOnlyList<ProblemData> Problems,
    SourceData? Source,
    IReadOnlyList<ImportData> Imports
);

/// <summary>A problem as data.</summary>
internal sealed record ProblemData(string File, int Line, string Code, IReadOnlyList<string> Arguments, string Words);

/// <summary>The comparison with the written runbook as data.</summary>
/// <param name="Sha256">Of the text; null when it cannot be read.</param>
internal sealed record SourceData(string File, string? Sha256, string KnownSha256, bool Same);

/// <summary>The written runbook to compare with (§8).</summary>
/// <param name="Sha256">Of the text; null when it cannot be read.</param>
public sealed record WrittenRunbook(string File, string? Sha256)
{
    public static WrittenRunbook Read(string file) => new(file, SourceText.Sha256(file));
}

/// <summary>What is wrong in a runbook folder, file by file and line by line.</summary>
public static class RunbookLint
{
    /// <param name="inForce">The version the replica works by; null when no replica was asked.</param>
    /// <param name="written">The text to compare with; null when nobody asked for that.</param>
    public static Answer Answer(RunbookLoaded loaded, string? inForce, Phrasebook words, WrittenRunbook? written = null)
    {
        ArgumentNullException.ThrowIfNull(loaded);
        ArgumentNullException.ThrowIfNull(words);
        var problems = loaded.Problems.Select(p => Data(p, words)).ToList();
        var source =
            written is { } text && loaded.Content is { Source.Sha256: var known }
                ? new SourceData(text.File, text.Sha256, known, text.Sha256 == known)
                : null;
        var ending =
            loaded.Content is null ? ExitCode.Refused
            : source is { Sha256: null } ? ExitCode.Unknown
            : source is { Same: false } ? ExitCode.Refused
            : ExitCode.Done;
        return new Answer(
            Page(loaded, inForce, words, written),
            new LintData(
                loaded.Content is not null,
                loaded.Content?.Version,
                inForce,
                problems,
                source,
                [.. (loaded.Content?.Roster.Imports ?? []).Select(ImportData.Of)]
            ),
            ending
        );
    }

    public static Page Page(RunbookLoaded loaded, string? inForce, Phrasebook words, WrittenRunbook? written = null)
    {
        ArgumentNullException.ThrowIfNull(loaded);
        ArgumentNullException.ThrowIfNull(words);
        if (loaded.Content is { } content)
        {
            return written is not null && written.Sha256 != content.Source.Sha256
                ? SourceView.Page(written, content, words)
                : new Page(
                    words["lint.clean"],
                    [
                        new Block.Facts(Facts(content, inForce, words, written)),
                        .. ImportsView.Blocks(content.Roster.Imports, new Names(words, content)),
                    ]
                )
                {
                    Foot = words.Zone(),
                };
        }

        var files = loaded.Problems.Select(p => p.File).Distinct().Count();
        var blocks = new List<Block>
        {
            new Block.Table(
                [words["lint.column.where"], words["lint.column.what"]],
                [.. loaded.Problems.Select(p => (IReadOnlyList<Text>)[Where(p), Words(p, words)])]
            ),
        };
        if (inForce is not null)
        {
            blocks.Add(new Block.Paragraph(words.Say("lint.old-stays", inForce)));
        }

        if (written is not null)
        {
            blocks.Add(new Block.Paragraph(words["lint.source-later"]));
        }

        return new Page(
            words.Say("lint.problems", Text.FromInt64(loaded.Problems.Count), Text.FromInt64(files)),
            blocks
        );
    }

    /// <summary>What is wrong, in a sentence.</summary>
    public static Text Words(RunbookProblem problem, Phrasebook words)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(words);
        return words.Say("problem." + problem.Code, [.. problem.Arguments.Select(Text.FromString)]);
    }

    /// <summary>As editors and compilers write it, so that it can be clicked.</summary>
    public static Text Where(RunbookProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return problem.Line > 0 ? problem.File + ":" + problem.Line.ToString(CultureInfo.InvariantCulture)
            : problem.File.Length > 0 ? problem.File
            : ".";
    }

    internal static ProblemData Data(RunbookProblem problem, Phrasebook words) =>
        new(problem.File, problem.Line, problem.Code, problem.Arguments, Words(problem, words).Plain);

    internal static string Day(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static List<Fact> Facts(RunbookContent content, string? inForce, Phrasebook words, WrittenRunbook? written)
    {
        var facts = new List<Fact>
        {
            new(words["lint.version"], content.Version),
            new(
                words["lint.contains"],
                words.Say(
                    "lint.contains-of",
                    Text.FromInt64(content.Hooks.Count),
                    Text.FromInt64(content.Ladder.Rungs.Count),
                    Text.FromInt64(content.Procedures.Count),
                    Text.FromInt64(content.People.Count)
                )
            ),
        };
        if (inForce is not null)
        {
            facts.Add(
                new Fact(
                    words["lint.in-force"],
                    inForce == content.Version ? words["lint.same"] : words.Say("lint.other", inForce)
                )
            );
        }

        if (written is not null)
        {
            facts.Add(new Fact(words["versions.source"], words.Say("lint.source-same", Day(content.Source.Date))));
        }

        return facts;
    }
}
