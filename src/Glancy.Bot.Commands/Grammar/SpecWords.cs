using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Words;

namespace Glancy.Bot.Commands.Grammar;

/// <summary>
/// What a command and its values are called: by the product's own words, or by those that the runbook brings with it.
/// </summary>
internal static class SpecWords
{
    public static Text Summary(this CommandSpec spec, Phrasebook words)
    {
        return spec.Own is { } own ? own.Summary.In(words.Culture) : words[spec.SummaryKey];
    }

    /// <summary>The deed a form of the command is called by: verb and object.</summary>
    public static Text Deed(this CommandSpec spec, Phrasebook words)
    {
        return spec.Own is { } own ? own.Title.In(words.Culture)
            : spec.Effect == Effect.Read ? words["slack.deed.read"]
            : words["slack.deed." + spec.Verbs.Replace(' ', '-')];
    }

    public static Text Says(this ArgumentSpec argument, Phrasebook words)
    {
        return Of("value." + argument.Name, argument.Title, words);
    }

    public static Text Says(this OptionSpec option, Phrasebook words)
    {
        return Of("option." + option.Name, option.Title, words);
    }

    private static Text Of(string key, Glancy.Runbook.Words? title, Phrasebook words)
    {
        return title is null || words.Knows(key) ? words[key] : title.In(words.Culture);
    }
}
