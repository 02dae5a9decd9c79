using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Words;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Help;

/// <summary>What can be said, grouped by what it is for.</summary>
internal static class HelpView
{
    public static Page All(IReadOnlyList<CommandRegistration> commands, Phrasebook words)
    {
        var blocks = new List<Block>();
        foreach (var topic in commands.GroupBy(c => c.Spec.Topic))
        {
            blocks.Add(new Block.Heading(words.Of("help.topic", topic.Key)));
            blocks.Add(
                new Block.Table(
                    [words["help.column.command"], words["help.column.effect"], words["help.column.summary"]],
                    [
                        .. topic.Select(c =>
                            (IReadOnlyList<Text>)
                                [((Text)c.Spec.Verbs).In(Tone.Code), EffectOf(c.Spec, words), c.Spec.Summary(words)]
                        ),
                    ]
                )
            );
        }

        blocks.Add(new Block.Paragraph(words["help.everywhere"]));
        return new Page(words["help.title"], blocks) { Foot = words["help.more"] };
    }

    public static Page One(CommandSpec spec, IReadOnlyDictionary<string, PermissionTerms> held, Phrasebook words)
    {
        var facts = new List<Fact>
        {
            new(words["help.usage"], ((Text)("glancy " + spec.Usage)).In(Tone.Code)),
            new(words["help.effect"], EffectOf(spec, words)),
            new(words["help.roles"], WhoMay.Say(spec, held, words)),
        };
        if (spec.Section.Length > 0)
        {
            facts.Add(new Fact(words["help.section"], spec.Section));
        }

        if (spec.Aliases.Count > 0)
        {
            facts.Add(new Fact(words["help.aliases"], words.List(spec.Aliases.Select(a => ((Text)a).In(Tone.Code)))));
        }

        var blocks = new List<Block> { new Block.Facts(facts) };
        if (spec.Arguments.Count > 0)
        {
            blocks.Add(new Block.Heading(words["help.arguments"]));
            blocks.Add(new Block.Facts([.. spec.Arguments.Select(a => new Fact(a.Name, a.Says(words)))]));
        }

        if (spec.Options.Count > 0)
        {
            blocks.Add(new Block.Heading(words["help.options"]));
            blocks.Add(new Block.Facts([.. spec.Options.Select(o => new Fact("--" + o.Name, o.Says(words)))]));
        }

        blocks.Add(new Block.Heading(words["help.examples"]));
        blocks.Add(new Block.Code([.. spec.Examples.Select(e => ((Text)("glancy " + e)).In(Tone.Code))]));
        return new Page(words.Say("help.about", spec.Verbs, spec.Summary(words)), blocks);
    }

    private static Text EffectOf(CommandSpec spec, Phrasebook words) =>
        words
            .Of("help.effect", spec.Effect)
            .In(
                spec.Effect switch
                {
                    Effect.Danger => Tone.Bad,
                    Effect.Change => Tone.Warn,
                    _ => Tone.Dim,
                }
            );
}
