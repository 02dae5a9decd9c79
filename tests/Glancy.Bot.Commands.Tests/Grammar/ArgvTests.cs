using FsCheck.Xunit;
using Glancy.Bot.Commands.Grammar;

namespace Glancy.Bot.Commands.Tests.Grammar;

public class ArgvTests
{
    [Theory]
    [InlineData("hk HK-03", "hk|HK-03")]
    [InlineData("  hk　HK-03 ", "hk|HK-03")]
    [InlineData("rollback REL-B3 --reason \"errors rise\"", "rollback|REL-B3|--reason|errors rise")]
    [InlineData("rollback REL-B3 --reason “errors rise”", "rollback|REL-B3|--reason|errors rise")]
    [InlineData("rollback REL-B3 --reason='errors rise'", "rollback|REL-B3|--reason=errors rise")]
    [InlineData("x --reason it's red", "x|--reason|it's|red")]
    [InlineData("x \"a \\\"b\\\" c\"", "x|a \"b\" c")]
    [InlineData("x 「两 个」", "x|两 个")]
    [InlineData("x \"\"", "x|")]
    [InlineData("\"\"\"", "\"")]
    [InlineData("x ''\"y z", "x|\"y|z")]
    [InlineData("x “”“y", "x|“y")]
    [InlineData("hk @file @user", "hk|@file|@user")]
    [InlineData("", "")]
    public void A_line_is_split_as_a_person_means_it(string line, string words) =>
        Assert.Equal(words, string.Join('|', Argv.Split(line) ?? ["never closed"]));

    [Fact]
    public void A_quote_that_is_never_closed_is_no_line() =>
        Assert.Null(Argv.Split("rollback REL-B3 --reason \"errors"));

    [Fact]
    public void Curly_quotes_that_the_shell_has_split_are_put_together_again() =>
        Assert.Equal(
            ["--reason", "errors rise fast", "--x=a b", "“open"],
            Argv.Rejoin(["--reason", "“errors", "rise", "fast”", "--x=“a", "b”", "“open"])
        );

    [Fact]
    public void No_line_of_what_is_special_breaks_the_splitter()
    {
        const string Special = "a \"'“”「」＂=＝\\-";
        var lines = new List<string> { "" };
        for (var length = 0; length < 4; length++)
        {
            lines = [.. lines.SelectMany(line => Special.Select(letter => line + letter))];
            Assert.All(lines, line => _ = Argv.Split(line));
        }
    }

    [Property]
    public bool No_line_breaks_the_splitter(string? line) => (Argv.Split(line ?? "")?.Count ?? 0) >= 0;
}
