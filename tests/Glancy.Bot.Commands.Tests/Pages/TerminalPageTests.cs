using Glancy.Bot.Commands.Pages;

namespace Glancy.Bot.Commands.Tests.Pages;

public class TerminalPageTests
{
    private static Page Everything() =>
        new(
            "一切都好 All is well",
            [
                new Block.Heading("标题"),
                new Block.Paragraph(
                    "这是一段很长的中文说明，需要在窄终端里正确折行，而且宽字符按两列计算，不会把表格挤歪。 And some English words after it."
                ),
                new Block.Facts([
                    new("批次", "REL-B3"),
                    new("weight", "15 %"),
                    new("原因", "[red]not markup[/] \u001b[31mnot colour"),
                ]),
                new Block.Table(
                    ["钩子", "值", "阈值", "灯"],
                    [
                        ["HK-01 查词成功率", "99.95 %", "< 99.9 %", "● 绿"],
                        ["HK-03", "1.31×", ">= 1.2×", "● 红"],
                    ]
                ),
                new Block.Steps([
                    new(
                        1,
                        "✓",
                        "冻结发布列车",
                        [
                            "flag a → b",
                            (
                                (Text)"ops/bin/rollback_stage.sh --batch REL-B3 and a command so long that it would be "
                                + "folded"
                            ).In(Tone.Code),
                        ]
                    ),
                ]),
                new Block.Code(["raw  text", "line 2"]),
                new Block.Actions([new("确认", "glancy run confirm R-17 3f2a9c", true)]),
            ]
        )
        {
            Foot = "时间均为北京时间",
        };

    [Theory]
    [InlineData(100)]
    [InlineData(60)]
    public void A_page_fits_its_width(int width) =>
        Golden.CheckText($"everything-{width}.txt", TerminalPage.Render(Everything(), width, colour: false));

    [Fact]
    public void Colour_is_only_an_extra()
    {
        var plain = TerminalPage.Render(Everything(), 100, colour: false);
        var coloured = TerminalPage.Render(Everything(), 100, colour: true);
        Assert.DoesNotContain("\u001b", plain, StringComparison.Ordinal);
        Assert.Contains("\u001b[", coloured, StringComparison.Ordinal);
        Assert.Equal(
            Squeezed(plain),
            Squeezed(System.Text.RegularExpressions.Regex.Replace(coloured, "\u001b\\[[0-9;]*m", ""))
        );
    }

    [Fact]
    public void A_line_is_never_folded() =>
        Assert.Equal(new string('x', 500) + "\n", TerminalPage.Line(new string('x', 500), colour: false));

    private static string Squeezed(string text) => text.Replace(" ", "", StringComparison.Ordinal);
}
