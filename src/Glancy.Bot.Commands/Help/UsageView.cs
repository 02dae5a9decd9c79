using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Refusals;
using Glancy.Bot.Commands.Words;

namespace Glancy.Bot.Commands.Help;

/// <summary>What was not understood, what was probably meant, and how to say it.</summary>
internal static class UsageView
{
    public static Page Page(Reading.NotUnderstood reading, Phrasebook words)
    {
        var more = new List<Block>();
        if (reading.Near is { } near)
        {
            more.Add(new Block.Paragraph(words.Say("grammar.near", near.StartsWith('-') ? near : "glancy " + near)));
        }

        if (reading.About is { } spec)
        {
            more.Add(new Block.Paragraph(words.Say("grammar.usage", "glancy " + spec.Usage)));
        }

        if (MissingWords.Line(reading) is { } line && reading.About is { } lacking)
        {
            more.Add(
                new Block.Actions([
                    new NextStep(lacking.Deed(words), line, Changes: lacking.Effect != Effect.Read)
                    {
                        Weight = Weight.Expected,
                    },
                ])
            );
        }

        return RefusalView.Page(reading.Refusal, words, reading.ExitCode, [.. more]);
    }
}
