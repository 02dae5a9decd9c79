using System.Text.RegularExpressions;

namespace Glancy.Bot.Commands.Tests.Pages;

/// <summary>A next step can be said as it stands: what the bot knows itself is filled in.</summary>
public sealed partial class FilledInTests
{
    private static readonly string[] Known =
    [
        "run",
        "incident",
        "lease",
        "alert",
        "batch",
        "step",
        "code",
        "handover",
        "swap",
        "item",
        "flag",
    ];

    [Fact]
    public void No_page_leaves_a_blank_where_the_value_is_known()
    {
        var pages = Directory
            .EnumerateFiles(
                Path.Combine(RunbookOnDisk.Root, "tests", "Glancy.Bot.Commands.Tests"),
                "*",
                SearchOption.AllDirectories
            )
            .Where(f =>
                f.Contains(
                    $"{Path.DirectorySeparatorChar}goldens{Path.DirectorySeparatorChar}",
                    StringComparison.Ordinal
                )
            )
            .Where(f => !Path.GetFileName(f).StartsWith("usage.", StringComparison.Ordinal))
            .ToList();
        Assert.True(pages.Count > 200, $"{pages.Count} pages");

        var left = pages.SelectMany(f =>
            Blank()
                .Matches(File.ReadAllText(f))
                .Where(m => Known.Contains(m.Groups[1].Value))
                .Select(m => $"{Path.GetFileName(f)}: <{m.Groups[1].Value}>")
        );
        Assert.Equal("", string.Join('\n', left.Distinct()));
    }

    [Fact]
    public void No_words_leave_a_blank_where_the_value_is_known()
    {
        var left = Directory
            .EnumerateFiles(
                Path.Combine(RunbookOnDisk.Root, "src", "Glancy.Bot.Commands"),
                "*Words*.resx",
                SearchOption.AllDirectories
            )
            .SelectMany(f =>
                Blank()
                    .Matches(File.ReadAllText(f))
                    .Where(m => Known.Contains(m.Groups[1].Value))
                    .Select(m => $"{Path.GetFileName(f)}: <{m.Groups[1].Value}>")
            );
        Assert.Equal("", string.Join('\n', left));
    }

    [GeneratedRegex("(?:<|&lt;|\\\\u003c)([a-z][a-z-]*)(?:>|&gt;|\\\\u003e)")]
    private static partial Regex Blank();
}
