using Glancy.Runbook;

namespace Glancy.Ops.Tests.Runbook;

public sealed class RunbookLoaderTests
{
    public static TheoryData<int, string, string> Wrongs
    {
        get
        {
            var data = new TheoryData<int, string, string>();
            foreach (var (wrong, i) in WrongRunbooks.All.Select((w, i) => (w, i)))
            {
                data.Add(i, wrong.Code, wrong.File);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Wrongs))]
    public void A_wrong_file_is_named_with_its_line_and_reason(int index, string code, string file)
    {
        using var copy = new RunbookCopy();
        var line = WrongRunbooks.All[index].Edit(copy);

        var loaded = copy.Load();

        Assert.Null(loaded.Content);
        var told = string.Join('\n', loaded.Problems.Select(RunbookFolders.Written));
        Assert.True(
            loaded.Problems.Any(p => p.Code == code && p.File == file && p.Line == line),
            $"expected {file}:{line} {code}, but there was\n{told}"
        );
        Assert.All(loaded.Problems, p => Assert.Contains(p.Code, RunbookCodes.All));

        Assert.InRange(loaded.Problems.Count, 1, 24);

        // Nothing is told twice, and one mistake does not drag a tail of others behind it.
        Assert.Equal(loaded.Problems.Count, loaded.Problems.Select(RunbookFolders.Written).Distinct().Count());
    }

    // unreadable-file needs a folder that may not be read, which the superuser always may; it has a test of its own.
    [Fact]
    public void Every_code_has_a_wrong_runbook() =>
        Assert.Empty(RunbookCodes.All.Except(WrongRunbooks.All.Select(w => w.Code)).Except(["unreadable-file"]));

    [Fact]
    public void A_file_that_cannot_be_read_is_a_problem_and_no_exception()
    {
        using var copy = new RunbookCopy();
        File.Delete(copy.PathOf("flags.yaml"));
        File.CreateSymbolicLink(copy.PathOf("flags.yaml"), copy.PathOf("nowhere.yaml"));

        Assert.Contains(copy.Load().Problems, p => p is { Code: "unreadable-file", File: "flags.yaml" });
    }

    [Fact]
    public void All_problems_of_all_files_are_found_in_one_pass()
    {
        using var copy = new RunbookCopy();
        copy.Replace("hooks/hk-03.yaml", "window: 5m", "window: soon");
        copy.Replace("hooks/hk-03.yaml", "unit: factor", "units: factor");
        copy.Replace("flags.yaml", "default: wss", "default: wsss");
        copy.Replace("roster.yaml", "dba: [dong]", "dba: [nobody]");
        copy.Replace("procedures/rollback.yaml", "command: rollback_stage", "command: rollback");

        var problems = copy.Load().Problems.Select(p => (p.File, p.Code)).ToList();

        Assert.Superset(
            new HashSet<(string, string)>
            {
                ("hooks/hk-03.yaml", "bad-duration"),
                ("hooks/hk-03.yaml", "unknown-field"),
                ("hooks/hk-03.yaml", "missing-field"),
                ("flags.yaml", "bad-flag-value"),
                ("roster.yaml", "unknown-person"),
                ("procedures/rollback.yaml", "unknown-command"),
            },
            problems.ToHashSet()
        );
    }

    [Fact]
    public void A_wrong_entry_still_counts_as_declared()
    {
        using var copy = new RunbookCopy();
        copy.Replace("hooks/hk-03.yaml", "window: 5m", "window: soon");

        Assert.Equal(["bad-duration"], copy.Load().Problems.Select(p => p.Code));
    }

    [Fact]
    public void Whatever_is_typed_into_a_file_the_loader_answers_and_does_not_throw()
    {
        var files = Directory
            .EnumerateFiles(RunbookFolders.Shipped, "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(RunbookFolders.Shipped, f))
            .Order(StringComparer.Ordinal)
            .ToList();
        var random = new Random(20250418);
        string[] junk =
        [
            "{",
            "}",
            "[",
            "]",
            ":",
            "- ",
            "\"",
            "'",
            "\t",
            "\n",
            "&a",
            "*a",
            "!",
            "|",
            ">",
            "%",
            "@",
            "`",
            "---",
            "...",
            "? ",
            "\u0000",
            "\uFEFF",
            "‑",
            "{batch",
            "$x",
            ",",
        ];
        for (var i = 0; i < 150; i++)
        {
            using var copy = new RunbookCopy();
            var file = files[random.Next(files.Count)];
            var text = File.ReadAllText(copy.PathOf(file));
            var at = random.Next(text.Length);
            var cut = random.Next(2) * random.Next(Math.Min(12, text.Length - at));
            copy.Write(file, text[..at] + junk[random.Next(junk.Length)] + text[(at + cut)..]);

            var loaded = copy.Load();

            Assert.Equal(loaded.Content is null, loaded.Problems.Count > 0);
            Assert.All(loaded.Problems, p => Assert.Contains(p.Code, RunbookCodes.All));
        }
    }

    [Fact]
    public void A_deep_file_is_refused_and_does_not_overflow()
    {
        using var copy = new RunbookCopy();
        copy.Write("people.yaml", "people: " + new string('[', 5000) + new string(']', 5000));

        Assert.Contains(copy.Load().Problems, p => p is { Code: "yaml-syntax", File: "people.yaml" });
    }

    /// <summary>
    /// Runs go on by the version that they were drafted from, also when the build that stored it knew less, or
    /// something else.
    /// </summary>
    [Fact]
    public void What_an_older_build_has_stored_is_still_read()
    {
        using var copy = new RunbookCopy();
        File.Delete(copy.PathOf("permissions.yaml"));
        File.Delete(copy.PathOf("verbs.yaml"));
        copy.Write("quorum.yaml", "of: another time\n");
        copy.Replace("alerts.yaml", "cards_per_minute:", "silence_words: [quiet]\ncards_per_minute:");
        foreach (var file in Directory.EnumerateFiles(copy.PathOf("procedures")).Select(Path.GetFileName))
        {
            var text = File.ReadAllText(copy.PathOf("procedures/" + file));
            copy.Write(
                "procedures/" + file,
                string.Join(
                    '\n',
                    text.Split('\n').Where(line => !line.StartsWith("command: {", StringComparison.Ordinal))
                )
            );
        }

        Assert.NotEmpty(copy.Load().Problems);
        var stored = RunbookFolders.Loader.Load(RunbookFolder.Read(copy.Folder), allowList: null);
        Assert.Empty(stored.Problems);
        Assert.NotNull(stored.Content);
        Assert.NotEmpty(stored.Content.Permissions);
    }
}
