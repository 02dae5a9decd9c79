using Glancy.Bot.Commands.Pages;
using Glancy.Runbook.Masking;

namespace Glancy.Bot.Commands.Tests.Masking;

/// <summary>What is ours comes through unharmed: every page that is pinned, and every kind of code.</summary>
public class GoldensTests
{
    private static readonly Masker Masker = new(RunbookOnDisk.Content.Masking, null, new HashSet<string>());
    private static readonly HashSet<string> Nothing = [];

    // Whole lines, our own words included: harder than the outside pieces alone.
    [Fact]
    public void No_pinned_page_is_changed_by_the_shipped_rules()
    {
        var goldens = Directory
            .GetFiles(
                Path.Combine(RunbookOnDisk.Root, "tests", "Glancy.Bot.Commands.Tests"),
                "*.txt",
                SearchOption.AllDirectories
            )
            .Where(f => f.Contains("/goldens/", StringComparison.Ordinal))
            .ToList();
        Assert.True(goldens.Count > 80);
        var changed = goldens
            .Where(f => !f.Contains("/Masking/", StringComparison.Ordinal))
            .SelectMany(f =>
                File.ReadLines(f)
                    .Where(line => Masker.Mask(line, Nothing).Places.Count > 0)
                    .Select(line => $"{Path.GetFileName(f)}: {line} -> {Masker.Mask(line, Nothing).In(line)}")
            );

        Assert.Equal("", string.Join('\n', changed));
    }

    [Fact]
    public void No_line_of_the_runbooks_data_is_changed_but_for_the_samples_of_the_rules()
    {
        var files = Directory
            .GetFiles(Path.Combine(RunbookOnDisk.Root, "runbook"), "*", SearchOption.AllDirectories)
            .Where(f => Path.GetFileName(f) is not ("masking.yaml" or "secrets.yaml"));
        var changed = files.SelectMany(f =>
            File.ReadLines(f)
                .Where(line => Masker.Mask(line, Nothing).Places.Count > 0)
                .Select(line => $"{Path.GetFileName(f)}: {line} -> {Masker.Mask(line, Nothing).In(line)}")
        );

        Assert.Equal("", string.Join('\n', changed));
    }

    [Fact]
    public void Codes_of_every_shape_come_through()
    {
        var random = new Random(20250418);
        string Hex(int digits) =>
            string.Concat(Enumerable.Range(0, digits).Select(_ => "0123456789abcdef"[random.Next(16)]));
        for (var i = 0; i < 2000; i++)
        {
            var at = World.Now.AddSeconds(random.Next(100_000_000));
            string[] codes =
            [
                $"R-{random.Next(100000)}",
                $"REL-B{random.Next(6)}",
                $"HK-0{random.Next(1, 7)}",
                Hex(6),
                Hex(8),
                Hex(12) + "a",
                Hex(64) + "f",
                $"{random.Next(100000)}:{Hex(64)}b",
                $"{at:yyyy-MM-dd HH:mm:ss}",
                $"{at:O}",
                $"{at.ToUnixTimeSeconds()}",
                $"INC-{at:yyyy-MMdd}-01",
                $"{random.NextDouble() * 100:0.###} %",
                "sha256:" + Hex(64),
                $"R-{random.Next(99)}/execute/1",
                "10.2.0." + random.Next(256) + ":5432",
                "glancy.lookup.force_basic=true",
            ];
            Assert.All(codes, code => Assert.Equal(code, Masker.Mask(code, Nothing).In(code)));
        }
    }

    [Fact]
    public void Every_kind_of_block_is_masked_and_what_is_ours_is_not()
    {
        const string Secret = "u_8f3a2b";
        Text outside = Secret;
        var ours = new Text([new Span(Secret, Tone.Plain, Outside: false)]);
        Block[] blocks =
        [
            new Block.Heading(outside),
            new Block.Paragraph(outside),
            new Block.Facts([new Fact(outside, outside)]),
            new Block.Table(
                [outside],
                [
                    [outside],
                ]
            ),
            new Block.Steps([new StepLine(1, outside, outside, [outside])]),
            new Block.Tasks(outside, [new TaskLine(outside, TaskEnd.Done, outside)]),
            new Block.Code([outside]),
            new Block.Actions([new NextStep(outside, Secret)]),
        ];
        Assert.Equal(
            typeof(Block)
                .GetNestedTypes()
                .Order(Comparer<Type>.Create((a, b) => string.CompareOrdinal(a.Name, b.Name))),
            blocks.Select(b => b.GetType()).OrderBy(t => t.Name, StringComparer.Ordinal)
        );

        var page = new Commands.Masking.PageMask(Masker, Nothing).Of(new Page(outside, blocks) { Foot = outside });

        Assert.DoesNotContain(Secret, TerminalPage.Render(page, 100, colour: false), StringComparison.Ordinal);
        Assert.Equal(Secret, new Commands.Masking.PageMask(Masker, Nothing).Of(ours).Plain);
    }

    [Fact]
    public void A_value_is_not_missed_where_pieces_meet_nor_is_what_stands_beside_it()
    {
        var text = (Text)"user_" + ((Text)"id=").In(Tone.Code) + ((Text)"42 ").In(Tone.Bad) + "asks; u_8f3" + "a2b";

        var masked = new Commands.Masking.PageMask(Masker, Nothing).Of(text);

        Assert.Equal("user_id=[user] asks; [user]", masked.Plain);
        Assert.Equal(Tone.Bad, masked.Spans.First(s => s.Value.Contains("[user]", StringComparison.Ordinal)).Tone);
    }
}
