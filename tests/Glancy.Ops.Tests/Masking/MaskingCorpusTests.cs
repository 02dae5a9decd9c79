using System.Text;
using Glancy.Ops.Tests.Runbook;
using Glancy.Runbook.Masking;
using Glancy.Sandbox.Bastion;

namespace Glancy.Ops.Tests.Masking;

/// <summary>
/// Ordinary spellings of what must not be seen, and ordinary lines that must stay readable, against the shipped rules.
/// </summary>
public sealed class MaskingCorpusTests
{
    private const char Begin = '«';
    private const char End = '»';

    private static readonly Masker Shipped = new(RunbookFolders.Load().Masking, null, new HashSet<string>());

    [Fact]
    public void What_must_not_be_seen_is_not_however_it_is_spelt()
    {
        var lines = Lines("hidden.txt");
        var seen = lines
            .Where(line => Hidden(line).Any(value => Shown(Text(line)).Contains(value, StringComparison.Ordinal)))
            .Select(line => $"{line}  ->  {Shown(Text(line))}");

        Assert.True(lines.Count >= 120, $"{lines.Count} spellings");
        Assert.Equal([], seen);
    }

    [Fact]
    public void Nor_in_the_middle_of_a_log_between_others()
    {
        var lines = Lines("hidden.txt");
        var random = new Random(20250418);
        for (var i = 0; i < 40; i++)
        {
            var some = random.GetItems(lines.ToArray(), 12);
            var shown = Shown(string.Join('\n', some.Select(line => $"2025-04-18 09:32:05 INF {Text(line)}")));
            Assert.Equal(
                [],
                some.SelectMany(Hidden)
                    .Where(value => value.Length > 5 && shown.Contains(value, StringComparison.Ordinal))
            );
        }
    }

    [Fact]
    public void Ordinary_lines_come_through_as_they_are() =>
        Assert.Equal(
            [],
            Lines("plain.txt").Where(line => Shown(line) != line).Select(line => $"{line}  ->  {Shown(line)}")
        );

    private static string Shown(string text) => Shipped.Mask(text, new HashSet<string>()).In(text);

    private static string Text(string line) =>
        line.Replace(Begin.ToString(), "", StringComparison.Ordinal)
            .Replace(End.ToString(), "", StringComparison.Ordinal);

    private static IEnumerable<string> Hidden(string line) =>
        line.Split(Begin).Skip(1).Select(part => part.Split(End)[0]);

    private static List<string> Lines(string file) =>
        [
            .. File.ReadAllLines(
                    Path.Combine(RepositoryRoot.Find(), "tests", "Glancy.Ops.Tests", "Masking", "corpus", file),
                    Encoding.UTF8
                )
                .Where(line => line.Length > 0 && line[0] != '#'),
        ];
}
