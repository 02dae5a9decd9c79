using System.Globalization;
using System.Text.RegularExpressions;
using Glancy.Sandbox.Cli;
using Glancy.Sandbox.Production;
using Glancy.Sandbox.Worlds;

namespace Glancy.Sandbox.Tests.Cli;

/// <summary>What is said when a world is up is true of that world, in one language.</summary>
public sealed partial class BannerTests
{
    private static readonly Uri Page = new("http://127.0.0.1:7080/");

    public static TheoryData<Beginning, bool> Worlds =>
        [
            .. from beginning in Enum.GetValues<Beginning>()
            from chinese in new[] { true, false }
            select (beginning, chinese),
        ];

    [Theory]
    [MemberData(nameof(Worlds))]
    public void It_names_the_batch_and_the_lights_of_its_own_world(Beginning beginning, bool chinese)
    {
        var said = Said(beginning, chinese);
        var last = Past.Of(beginning) is [.., var newest] ? newest : null;
        var isRed = Past.FaultOf(beginning) is not null;

        Assert.Equal(last is null ? [] : [last.Batch], Batch().Matches(said).Select(m => m.Value).Distinct());
        Assert.Equal(
            last is null ? [] : [last.Weight.ToString(CultureInfo.InvariantCulture)],
            Weight().Matches(said.Replace("全量", "100 %", StringComparison.Ordinal)).Select(m => m.Groups[1].Value)
        );
        Assert.Equal(
            isRed,
            said.Contains(chinese ? "HK-01、HK-02 是红的" : "HK-01 and HK-02 are red", StringComparison.Ordinal)
        );
        Assert.Equal(!isRed, said.Contains(chinese ? "都是绿的" : "all are green", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Worlds))]
    public void What_it_says_to_try_can_be_done_there(Beginning beginning, bool chinese)
    {
        var said = Said(beginning, chinese);
        var faults = Fault().Matches(said).Select(m => m.Groups[1].Value).ToList();

        // Only where a light is red is there a draft; elsewhere something has to go wrong first.
        Assert.Equal(Past.FaultOf(beginning) is not null, said.Contains("R-1", StringComparison.Ordinal));
        Assert.Equal(Past.FaultOf(beginning) is null ? 1 : 0, faults.Count);
        Assert.All(faults, fault => Assert.NotNull(Faults.InChinese(fault)));
    }

    [Theory]
    [MemberData(nameof(Worlds))]
    public void It_speaks_one_language(Beginning beginning, bool chinese)
    {
        var lines = Said(beginning, chinese).Replace("林晓", "", StringComparison.Ordinal).Split('\n');

        Assert.Equal(chinese, lines[0].Any(IsChinese));
        Assert.True(chinese || !lines.Any(line => line.Any(IsChinese)));
        Assert.True(!chinese || !lines.Any(line => English().IsMatch(line)));
    }

    [Fact]
    public void Without_a_page_there_is_no_browser() =>
        Assert.DoesNotContain(
            "browser",
            Banner.Of(
                Beginning.BadRelease,
                new Uri("http://127.0.0.1:9090/"),
                "/w",
                null,
                new SandboxWords(Chinese: false)
            ),
            StringComparison.Ordinal
        );

    private static string Said(Beginning beginning, bool chinese) =>
        Banner.Of(beginning, new Uri("http://127.0.0.1:9090/"), "/w", Page, new SandboxWords(chinese));

    private static bool IsChinese(char letter) => letter is >= '\u4e00' and <= '\u9fff';

    [GeneratedRegex("REL-B[0-9]+")]
    private static partial Regex Batch();

    [GeneratedRegex("([0-9]+) %")]
    private static partial Regex Weight();

    [GeneratedRegex("fault on ([a-z-]+)")]
    private static partial Regex Fault();

    [GeneratedRegex(@"\b(the|of|is|are|at|with|press|type|who|it|has|for|goes|and|two|what)\b")]
    private static partial Regex English();
}
