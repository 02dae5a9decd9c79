using Glancy.Bench;
using Glancy.Sandbox.Bastion;

namespace Glancy.Bot.Tests.Lints;

/// <summary>The table in <c>docs/performance.md</c> is what the newest run of the bench saw.</summary>
public sealed class PerformanceTests
{
    [Fact]
    public void The_table_is_made_of_the_newest_run()
    {
        var root = RepositoryRoot.Find();
        var page = File.ReadAllText(Table.Docs(root));
        Assert.Equal(Table.Put(page, Table.Read(Table.Newest(root))), page);
    }

    [Fact]
    public void What_misses_is_bold_and_what_only_misses_its_aim_is_not()
    {
        var results = new Results(
            new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
            2,
            [
                Line.AtMost("start", 2.34, "x", (2, 1.6), "10 : 5 ms"),
                Line.AtMost("memory", 128.4, "MiB", (130, 110), "70"),
                Line.AtLeast("runs", 40, "/s", (20, 40), ""),
            ]
        );
        Assert.Equal(
            """
            before
            <!-- ./glancy bench --table -->
            | what | must | aim | seen | beside |
            |---|---|---|---|---|
            | start | <= 2x | <= 1.6x | **2.34x** | 10 : 5 ms |
            | memory | <= 130 MiB | <= 110 MiB | 128 MiB | 70 |
            | runs | >= 20 /s | >= 40 /s | 40 /s |  |

            One run on 2 cores, 2026-01-02.
            <!-- end -->
            after
            """,
            Table.Put("before\n<!-- ./glancy bench --table -->\nold\n<!-- end -->\nafter", results)
        );
    }
}
