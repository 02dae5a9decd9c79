using Glancy.Bot.Commands.Grammar;

namespace Glancy.Bot.Commands.Tests.Grammar;

public class SayingsTests
{
    [Theory]
    [InlineData("HK-01", "hk HK-01")]
    [InlineData("hk3", "hk HK-03")]
    [InlineData("R-9", "run show R-9")]
    [InlineData("ｒ９", "run show R-9")]
    [InlineData("INC-2025-0418-1", "incident show INC-2025-0418-01")]
    [InlineData("a-3", "alert show A-3")]
    [InlineData("L-2", "lease list")]
    [InlineData("F-2", "handover show")]
    [InlineData("REL-B3", "release status")]
    [InlineData("谁在值班？", "oncall")]
    [InlineData("Who is on call?", "oncall")]
    [InlineData("what's going on", "status")]
    [InlineData("--lang en HK-01", "hk HK-01 --lang en")]
    [InlineData("R-9 --json", "run show R-9 --json")]
    public void A_name_alone_shows_the_thing_and_a_question_is_answered(string said, string meant)
    {
        var reading = Assert.IsType<Reading.Understood>(Golden.Grammar.ReadLine(said));

        Assert.Equal(meant, string.Join(' ', reading.Canonical));
        Assert.True(reading.Rewritten);
    }

    [Theory]
    [InlineData("9")]
    [InlineData("HK-01 please")]
    [InlineData("who is on holiday")]
    [InlineData("R-")]
    public void Nothing_is_guessed(string said) => Assert.IsType<Reading.NotUnderstood>(Golden.Grammar.ReadLine(said));

    [Fact]
    public void Every_question_is_answered_by_the_command_it_stands_with_and_changes_nothing() =>
        Assert.All(
            Golden.Book.All.SelectMany(c => c.Spec.Questions.Select(q => (c.Spec, Question: q))),
            asked =>
            {
                var reading = Golden.Grammar.ReadLine(asked.Question);
                Assert.Equal(
                    asked.Spec.Verbs,
                    reading is Reading.HelpWanted ? "help" : ((Reading.Understood)reading).Command.Spec.Verbs
                );
                Assert.Equal(Effect.Read, asked.Spec.Effect);
            }
        );

    [Theory]
    [InlineData("rollback", "glancy rollback <batch> --reason ...")]
    [InlineData("回滚", "glancy rollback <batch> --reason ...")]
    [InlineData("rollback b3", "glancy rollback REL-B3 --reason ...")]
    [InlineData("rollback --reason \"still red\"", "glancy rollback <batch> --reason \"still red\"")]
    [InlineData("解冻", "glancy release thaw --reason ...")]
    [InlineData("release freeze", "glancy release freeze --reason ...")]
    [InlineData("handover add", "glancy handover add <follow-up>")]
    [InlineData("handover done", "glancy handover done <item>")]
    [InlineData("alert silence A-3", "glancy alert silence A-3 --for ... --reason ...")]
    [InlineData("run show", "glancy run show <run>")]
    [InlineData("run list --limit", "glancy run list --limit ...")]
    public void What_lacks_words_becomes_a_line_with_blanks(string said, string line)
    {
        Assert.Equal(line, MissingWords.Line(Golden.Grammar.ReadLine(said)));
        Assert.True(Bot.Commands.Slack.CommandForm.HasBlanks(line));
    }

    [Theory]
    [InlineData("hk")]
    [InlineData("rollback nowhere --what")]
    [InlineData("run confirm R-1")]
    [InlineData("nonsense")]
    public void What_lacks_nothing_that_can_be_asked_for_has_no_form(string said) =>
        Assert.Null(MissingWords.Line(Golden.Grammar.ReadLine(said)));
}
