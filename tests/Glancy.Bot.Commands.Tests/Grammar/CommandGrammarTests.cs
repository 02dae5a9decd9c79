using FsCheck.Xunit;
using Glancy.Bot.Commands.Grammar;
using Glancy.Ops.Runbook;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Tests.Grammar;

public class CommandGrammarTests
{
    private static readonly CommandGrammar Grammar = new(
        new CommandBooks(
            new CommandBook([
                new(
                    new CommandSpec("hk", Topic.See, Effect.Read, "4.2", PermissionNames.HookSee)
                    {
                        Arguments = [new("hook", Required: false, Many: true)],
                        Aliases = ["钩子"],
                    },
                    typeof(string)
                ),
                new(
                    new CommandSpec("rollback", Topic.Act, Effect.Danger, "4.4", PermissionNames.ProcedureDraft)
                    {
                        Arguments = [new("batch", ValueKind.Batch)],
                        Options = [new("reason", ValueKind.Sentence, Required: true, Chinese: "原因")],
                        Aliases = ["回滚"],
                    },
                    typeof(int)
                ),
                new(
                    new CommandSpec("run confirm", Topic.Act, Effect.Danger, "4.4", PermissionNames.ProcedureDraft)
                    {
                        Arguments = [new("run", ValueKind.Run), new("code")],
                        Options = [new("no-wait")],
                        Aliases = ["运行 确认", "确认"],
                    },
                    typeof(long)
                ),
                new(
                    new CommandSpec("run list", Topic.See, Effect.Read, "", PermissionNames.HelpSee)
                    {
                        Options = [new("limit", ValueKind.Number), new("from", ValueKind.Time)],
                        Aliases = ["运行 列表"],
                    },
                    typeof(short)
                ),
            ]),
            new RunbookHolder("", null)
        ),
        RunbookOnDisk.Holder
    );

    [Fact]
    public void A_read_that_was_said_before_is_known_and_what_changes_something_is_read_anew()
    {
        Assert.Same(Grammar.ReadLine("hk HK-01"), Grammar.ReadLine("hk HK-01"));
        Assert.NotSame(Grammar.ReadLine("run confirm R-1 abc"), Grammar.ReadLine("run confirm R-1 abc"));
        Assert.NotSame(Grammar.ReadLine("no such thing"), Grammar.ReadLine("no such thing"));

        for (var i = 1; i < 1_000; i++)
        {
            Assert.Equal(
                ["run", "list", "--limit", $"{i}"],
                Assert.IsType<Reading.Understood>(Grammar.ReadLine($"run list --limit {i}")).Canonical
            );
        }
    }

    [Theory]
    [InlineData("hk", "hk", false)]
    [InlineData("hk HK-03 hk-04", "hk HK-03 hk-04", false)]
    [InlineData("HK HK\u201103", "hk HK-03", true)]
    [InlineData("ｈｋ　ＨＫ－０３", "hk HK-03", true)]
    [InlineData("钩子 HK-03", "hk HK-03", true)]
    [InlineData("回滚 b3 ——原因 “错误率升高，先回滚”", "rollback REL-B3 --reason 错误率升高，先回滚", true)]
    [InlineData("rollback REL-B3 --reason=slow", "rollback REL-B3 --reason slow", false)]
    [InlineData("--as lin rollback REL-B3 --reason slow", "rollback REL-B3 --as lin --reason slow", false)]
    [InlineData("rollback REL-B3 --reason slow --as lin", "rollback REL-B3 --as lin --reason slow", false)]
    [InlineData("rollback REL-B9 --reason slow", "rollback REL-B9 --reason slow", false)]
    [InlineData("确认 17 3F2a9c", "run confirm R-17 3F2a9c", true)]
    [InlineData("运行 confirm r‑１７ 3f2a9c", "run confirm R-17 3f2a9c", true)]
    [InlineData("run 列表", "run list", true)]
    [InlineData("run list --limit ５", "run list --limit 5", true)]
    [InlineData("hk @file", "hk @file", false)]
    [InlineData("hk @user [suggest]", "hk @user [suggest]", false)]
    [InlineData("hk --json", "hk --json", false)]
    public void What_is_understood_is_written_in_one_way(string line, string canonical, bool rewritten)
    {
        var reading = Grammar.ReadLine(line);
        Assert.True(reading is Reading.Understood, reading.ToString());
        var understood = (Reading.Understood)reading;
        Assert.Equal(canonical, string.Join(' ', understood.Canonical));
        Assert.Equal(rewritten, understood.Rewritten);
    }

    [Theory]
    [InlineData("rolback REL-B3", "unknown-command", "rollback")]
    [InlineData("run confrim R-17 3f2a9c", "unknown-command", "run confirm")]
    [InlineData("@file", "unknown-command", null)]
    [InlineData("[suggest] hk", "unknown-command", null)]
    [InlineData("[diagram] hk", "unknown-command", null)]
    [InlineData("run", "incomplete-command", null)]
    [InlineData("--version", "unknown-option", null)]
    [InlineData("hk --version", "unknown-option", null)]
    [InlineData("hk --jsn", "unknown-option", "--json")]
    [InlineData("rollback REL-B3 --raeson slow", "unknown-option", "--reason")]
    [InlineData("rollback REL-B3", "missing-option", null)]
    [InlineData("rollback --reason slow", "missing-argument", null)]
    [InlineData("rollback REL-B3 --reason", "missing-value", null)]
    [InlineData("rollback REL-B3 --reason \"\"", "missing-value", null)]
    [InlineData("rollback REL-B3 --reason errors rise", "too-many-words", null)]
    [InlineData("rollback REL-B3 --reason a --reason b", "repeated-option", null)]
    [InlineData("run confirm R-x 3f2a9c", "bad-run", null)]
    [InlineData("run confirm R-0 3f2a9c", "bad-run", null)]
    [InlineData("run list --limit many", "bad-number", null)]
    [InlineData("run list --from yesterday", "bad-time", null)]
    [InlineData("run list -n 5", "unknown-option", null)]
    [InlineData("hk \"open", "unclosed-quote", null)]
    public void What_is_not_understood_completely_is_refused(string line, string code, string? near)
    {
        var not = Assert.IsType<Reading.NotUnderstood>(Grammar.ReadLine(line));
        Assert.Equal(code, not.Refusal.Code);
        Assert.Equal(near, not.Near);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("--help", "")]
    [InlineData("hk --help", "hk")]
    [InlineData("run --help", "run")]
    [InlineData("回滚 --帮助", "rollback")]
    public void Help_is_found_everywhere(string line, string about) =>
        Assert.Equal(about, Assert.IsType<Reading.HelpWanted>(Grammar.ReadLine(line)).Verbs);

    [Fact]
    public void How_the_answer_is_wanted_is_known_even_when_the_line_is_not()
    {
        var options = Grammar.ReadLine("hk --nonsense --json --as lin --lang en").OutputOptions;
        Assert.Equal(new OutputOptions("lin", "en", true), options);
        Assert.True(Grammar.ReadLine("hk --reveal").OutputOptions.Reveal);
        Assert.True(Grammar.ReadLine("钩子 --揭示").OutputOptions.Reveal);
    }

    [Property(MaxTest = 500)]
    public bool No_line_breaks_the_grammar(string? line) => Grammar.ReadLine(line ?? "") is not null;

    [Property(MaxTest = 300)]
    public bool No_words_break_the_grammar(string?[] words) =>
        Grammar.Read([.. words.Select(w => w ?? ""), .. words.Select(w => "--" + w)]) is not null;

    [Fact]
    public void Two_classes_with_the_same_verbs_are_named()
    {
        var spec = new CommandSpec("hk", Topic.See, Effect.Read, "", PermissionNames.HelpSee);
        var e = Assert.Throws<InvalidOperationException>(() =>
            new CommandBook([new(spec, typeof(string)), new(spec, typeof(int))])
        );
        Assert.Contains("String", e.Message, StringComparison.Ordinal);
        Assert.Contains("Int32", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_alias_that_is_another_commands_verb_is_named_too()
    {
        var one = new CommandSpec("hk", Topic.See, Effect.Read, "", PermissionNames.HelpSee);
        var e = Assert.Throws<InvalidOperationException>(() =>
            new CommandBook([
                new(one, typeof(string)),
                new(one with { Verbs = "hooks", Aliases = ["hk"] }, typeof(int)),
            ])
        );
        Assert.Contains("\"hk\"", e.Message, StringComparison.Ordinal);
    }
}
