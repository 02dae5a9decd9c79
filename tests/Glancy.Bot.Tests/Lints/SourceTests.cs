using System.Text.RegularExpressions;
using Glancy.Sandbox.Bastion;

namespace Glancy.Bot.Tests.Lints;

/// <summary>What no compiler says about the sources.</summary>
public sealed partial class SourceTests
{
    private static IEnumerable<(string File, string Text)> Sources(params string[] projects) =>
        projects
            .SelectMany(project =>
                Directory.GetFiles(Path.Combine(RepositoryRoot.Find(), project), "*.cs", SearchOption.AllDirectories)
            )
            .Where(file =>
                !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal)
            )
            .Select(file => (Path.GetRelativePath(RepositoryRoot.Find(), file), File.ReadAllText(file)));

    [Fact]
    public void Time_is_taken_from_a_time_provider_alone()
    {
        var banned = File.ReadAllText(Path.Combine(RepositoryRoot.Find(), "BannedSymbols.txt"));
        foreach (
            var symbol in new[]
            {
                "DateTime.Now",
                "DateTime.UtcNow",
                "DateTime.Today",
                "DateTimeOffset.Now",
                "DateTimeOffset.UtcNow",
            }
        )
        {
            Assert.Contains($"P:System.{symbol};", banned, StringComparison.Ordinal);
        }

        // The analyzer stops the build; nobody may tell it to look away.
        var silenced = Sources("src", "tests")
            .Where(s => Silencing().IsMatch(s.Text) && !s.File.EndsWith("SourceTests.cs", StringComparison.Ordinal))
            .Select(s => s.File);
        Assert.Empty(silenced);
    }

    [Fact]
    public void Operations_carry_no_words_for_people()
    {
        var spoken = Sources("src/Glancy.Runbook", "src/Glancy.Ops")
            .Where(s => Chinese().IsMatch(s.Text))
            .Select(s => s.File);

        Assert.Empty(spoken);
    }

    [Fact]
    public void Sources_do_not_forgive_null()
    {
        var forgiving = Sources("src")
            .SelectMany(s =>
                s.Text.Split('\n')
                    .Where(line =>
                        Forgiving().IsMatch(line) && !line.TrimStart().StartsWith("//", StringComparison.Ordinal)
                    )
                    .Select(line => $"{s.File}: {line.Trim()}")
            );

        Assert.Empty(forgiving);
    }

    /// <summary>The formatter breaks what it can; a literal or a comment is broken by hand.</summary>
    [Fact]
    public void No_line_is_wider_than_120_columns()
    {
        var wide = Sources("src", "tests", "bench")
            .SelectMany(s =>
                s.Text.Split('\n')
                    .Where(line => line.EnumerateRunes().Count() > 120)
                    .Select(line => $"{s.File}: {line.Trim()}")
            );

        Assert.Empty(wide);
    }

    [Fact]
    public void No_folder_is_named_after_a_kind()
    {
        string[] kinds = ["Handlers", "Models", "Services", "Helpers", "Utils", "Common", "Managers", "Interfaces"];
        var folders = Directory
            .GetDirectories(Path.Combine(RepositoryRoot.Find(), "src"), "*", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj", StringComparison.Ordinal) && !f.Contains("/bin", StringComparison.Ordinal))
            .Select(Path.GetFileName);

        Assert.Empty(folders.Intersect(kinds));
    }

    [Fact]
    public void Nothing_sleeps()
    {
        var sleeping = Sources("src", "tests")
            .Where(s => s.Text.Contains("Thread." + "Sleep(", StringComparison.Ordinal))
            .Select(s => s.File);

        Assert.Empty(sleeping);
    }

    [GeneratedRegex("RS0030")]
    private static partial Regex Silencing();

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Chinese();

    // An exclamation mark right after a name, a call or an index, and not before an equals sign.
    [GeneratedRegex("""^[^"]*[\w\)\]]!(\.|;|,|\)|\[)""")]
    private static partial Regex Forgiving();
}
