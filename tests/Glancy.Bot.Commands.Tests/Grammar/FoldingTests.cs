using Glancy.Bot.Commands.Grammar;

namespace Glancy.Bot.Commands.Tests.Grammar;

public class FoldingTests
{
    [Theory]
    [InlineData("HK\u201103", "HK-03")]
    [InlineData("HK\u201303", "HK-03")]
    [InlineData("ＨＫ－０３", "HK-03")]
    [InlineData("HK−03", "HK-03")]
    [InlineData("——reason", "--reason")]
    [InlineData("—reason", "--reason")]
    [InlineData("–reason", "--reason")]
    [InlineData("－－reason", "--reason")]
    [InlineData("ｒ‑１７", "r-17")]
    [InlineData("R—17", "R-17")]
    [InlineData("hk\u200B\uFEFF", "hk")]
    [InlineData("“quoted”", "\"quoted\"")]
    [InlineData("－－reason＝x", "--reason=x")]
    [InlineData("回滚", "回滚")]
    public void Everything_typed_or_pasted_is_written_in_one_way(string typed, string read) =>
        Assert.Equal(read, Folding.Fold(typed));

    [Fact]
    public void A_sentence_keeps_its_own_punctuation() =>
        Assert.Equal("错误率升高，先回滚——再查", Folding.Sentence("错误率升高，先回滚——再查\u200B "));
}
