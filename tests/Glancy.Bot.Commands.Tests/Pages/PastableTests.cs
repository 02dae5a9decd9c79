using Glancy.Bot.Commands.Pages;

namespace Glancy.Bot.Commands.Tests.Pages;

public sealed class PastableTests
{
    [Theory]
    [InlineData("./glancy", "./glancy")]
    [InlineData("/opt/glancy/glancy", "/opt/glancy/glancy")]
    [InlineData("../glancy", "../glancy")]
    [InlineData(null, "glancy")]
    [InlineData("glancy", "glancy")]
    [InlineData("$(reboot)/x", "glancy")]
    [InlineData("./a b", "glancy")]
    public void Commands_are_written_as_the_asker_starts_the_program(string? program, string said)
    {
        var command = ((Text)"glancy run show R-1").In(Tone.Code);
        var page = Pastable.In(
            new Page(
                "t: " + command,
                [
                    new Block.Heading(command),
                    new Block.Paragraph((Text)"see " + command),
                    new Block.Facts([new Fact("next", command)]),
                    new Block.Table(
                        ["a"],
                        [
                            [command],
                        ]
                    ),
                    new Block.Steps([new StepLine(1, "", "step", [command])]),
                    new Block.Code([command]),
                    new Block.Actions([new NextStep("look", "glancy run show R-1")]),
                ]
            )
            {
                Foot = command,
            },
            program
        );
        var drawn = TerminalPage.Render(page, 100, colour: false);
        Assert.Equal(9, drawn.Split(said + " run show R-1").Length - 1);
        Assert.Equal(
            said.EndsWith("glancy", StringComparison.Ordinal) ? 9 : 0,
            drawn.Split("glancy run show R-1").Length - 1
        );
    }

    [Fact]
    public void What_only_speaks_of_glancy_stays_as_it_is()
    {
        var text =
            (Text)"glancy is away; "
            + ((Text)"glancy.lookup.force_basic").In(Tone.Code)
            + ((Text)"/glancy hk").In(Tone.Code);
        Assert.Equal(text.Plain, Pastable.In(text, "./glancy").Plain);
    }
}
