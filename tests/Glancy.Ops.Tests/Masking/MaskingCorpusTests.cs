using System.Text;
using System.Text.RegularExpressions;
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

    /// <summary>Which engine looks is a question of time alone.</summary>
    [Fact]
    public void Both_engines_find_the_same_in_all_of_it()
    {
        var lines = Lines("hidden.txt").Concat(Lines("plain.txt")).Select(Text).ToList();
        string[] texts = [.. lines, string.Join('\n', lines), .. lines.Select(line => new string([.. line.Reverse()]))];
        var apart =
            from pattern in RunbookFolders.Load().Masking.SelectMany(Patterns)
            let linear = MaskExpression.Of(pattern).Linear
            let quick = new Regex(pattern, MaskExpression.Of(pattern).Quick.Options, TimeSpan.FromSeconds(20))
            from text in texts
            where Places(quick, text) != Places(linear, text)
            select $"{pattern}  on  {text}";

        Assert.Equal([], apart);

        static IEnumerable<string> Patterns(MaskRule rule) =>
            rule.Except is { } except ? [rule.Pattern, MaskRule.Whole(except)] : [rule.Pattern];

        static string Places(Regex engine, string text) =>
            string.Join(
                ' ',
                engine
                    .Matches(text)
                    .Select(m => $"{m.Index}+{m.Length}:{m.Groups["mask"].Index}+{m.Groups["mask"].Length}")
            );
    }

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
