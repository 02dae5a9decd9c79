using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Help;
using Glancy.Bot.Commands.Pages;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Tests.Help;

public class HelpTests
{
    private static readonly CommandBook Book = Golden.Book;

    private static readonly IReadOnlyDictionary<string, PermissionTerms> Held = RunbookOnDisk.Content.Permissions;

    [Fact]
    public void Help_lists_everything() => Golden.Check("all", words => HelpAnswers.About(Book, "", Held, words).Page);

    [Fact]
    public void Help_fits_a_narrow_terminal() =>
        Golden.Check("all-60", words => HelpAnswers.About(Book, "", Held, words).Page, width: 60);

    [Fact]
    public void Help_explains_a_command() =>
        Golden.Check("help", words => HelpAnswers.About(Book, "帮助", Held, words).Page);

    [Fact]
    public void Help_on_nothing_known_suggests_something()
    {
        Golden.Check("unknown", words => HelpAnswers.About(Book, "hlep", Held, words).Page);
        Assert.Equal(ExitCode.Usage, HelpAnswers.About(Book, "hlep", Held, Golden.En).ExitCode);
    }

    [Fact]
    public void Every_command_has_its_words_and_a_readable_example()
    {
        var grammar = Golden.Grammar;
        foreach (var spec in Book.All.Select(c => c.Spec))
        {
            foreach (var words in new[] { Golden.Zh, Golden.En })
            {
                Assert.True(spec.Own is not null || words.Knows(spec.SummaryKey), spec.SummaryKey);
                Assert.All(
                    spec.Arguments,
                    a =>
                        Assert.True(
                            a.Title is not null || words.Knows("value." + a.Name),
                            $"{spec.Verbs}: value.{a.Name}"
                        )
                );
                Assert.All(
                    spec.Options,
                    o =>
                        Assert.True(
                            o.Title is not null || words.Knows("option." + o.Name),
                            $"{spec.Verbs}: option.{o.Name}"
                        )
                );
            }

            Assert.NotEmpty(spec.Examples);
            Assert.NotEmpty(spec.Aliases);
            Assert.All(
                spec.Examples,
                example =>
                {
                    var understood = Assert.IsType<Reading.Understood>(grammar.ReadLine(example));
                    Assert.Equal(spec.Verbs, understood.Command.Spec.Verbs);
                    Assert.False(understood.Rewritten, example);
                }
            );
        }
    }

    [Fact]
    public void The_readme_table_has_a_row_for_each_command()
    {
        var rows = CommandTable.Markdown(Book.All, Held, Golden.En).Split('\n');
        Assert.Equal(Book.All.Count + 2, rows.Length);
        Assert.All(rows, row => Assert.StartsWith("| ", row, StringComparison.Ordinal));
    }
}
