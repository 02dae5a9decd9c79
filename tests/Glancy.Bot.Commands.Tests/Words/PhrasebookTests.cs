using System.Text.RegularExpressions;
using Glancy.Bot.Commands.Pages;
using Glancy.Ops.Kernel;

namespace Glancy.Bot.Commands.Tests.Words;

public partial class PhrasebookTests
{
    [Fact]
    public void Both_languages_have_the_same_phrases()
    {
        Assert.NotEmpty(Golden.Zh.Keys);
        Assert.Equal(Golden.Zh.Keys.Order(), Golden.En.Keys.Order());
    }

    [Fact]
    public void Both_languages_take_the_same_arguments()
    {
        var different = Golden.Zh.Keys.Where(key =>
            !Arguments(Golden.Zh.Template(key)).SetEquals(Arguments(Golden.En.Template(key)))
        );
        Assert.Empty(different);
    }

    [Fact]
    public void Chinese_is_Chinese_and_English_has_none_of_it()
    {
        Assert.DoesNotContain(Golden.En.Keys, key => Cjk().IsMatch(Golden.En.Template(key) ?? ""));
        Assert.DoesNotContain(
            Golden.Zh.Keys,
            key =>
                Golden.Zh.Template(key) == Golden.En.Template(key)
                && key is not ("refusal.runbook-section" or "evidence.trace-id")
                && Letters().IsMatch(Golden.Zh.Template(key) ?? "")
        );
    }

    [Fact]
    public void What_is_to_be_typed_is_the_same_in_both_languages()
    {
        var different = Golden.Zh.Keys.Where(key =>
            !Typed(Golden.Zh.Template(key)).SequenceEqual(Typed(Golden.En.Template(key)))
        );
        Assert.DoesNotContain(different, key => key is not "help.everywhere");
    }

    [Fact]
    public void Arguments_are_outside_text_and_made_harmless()
    {
        var text = Refusal(Golden.En, new Refusal("bad-run", "", "a\u001b[31mb\u202Ec\nd"));
        Assert.Equal("“a␛[31mbc ⏎ d” is not the number of a run.", text.Plain);
        Assert.Contains(text.Spans, s => s.Outside && s.Value.StartsWith('a'));
    }

    [Fact]
    public void What_stands_between_backticks_is_something_to_type() =>
        Assert.Contains(
            Golden.En["refusal.unknown-command.next"].Spans,
            s => s is { Tone: Tone.Code, Value: "glancy help" }
        );

    [Fact]
    public void A_missing_phrase_still_says_something() =>
        Assert.Equal("[refusal.no-such] a, b", Refusal(Golden.Zh, new Refusal("no-such", "", "a", "b")).Plain);

    private static Text Refusal(Glancy.Bot.Commands.Words.Phrasebook words, Refusal refusal) =>
        Glancy.Bot.Commands.Refusals.RefusalView.Words(refusal, words);

    private static HashSet<string> Arguments(string? template) =>
        [.. Placeholder().Matches(template ?? "").Select(m => m.Value)];

    private static IEnumerable<string> Typed(string? template) =>
        Backticked().Matches(template ?? "").Select(m => m.Value).Order();

    [GeneratedRegex(@"\{(?:[0-9]|[a-z_]+)\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex("`[^`]+`")]
    private static partial Regex Backticked();

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Cjk();

    [GeneratedRegex("[a-z]{3}")]
    private static partial Regex Letters();
}
