namespace Glancy.Bot.Commands.Grammar;

/// <summary>
/// A command that lacks words, with blanks in their places: <c>glancy rollback &lt;batch&gt; --reason ...</c>. What was
/// typed stays.
/// </summary>
public static class MissingWords
{
    /// <summary>Stands where an option's value is still open.</summary>
    public const string Blank = "...";

    // What is confirmed is bound to what was read; nobody fills that in from memory.
    private const string Code = "code";

    /// <summary>The line with its blanks; null when it lacks nothing that can be asked for.</summary>
    public static string? Line(Reading reading)
    {
        if (
            reading
                is not Reading.NotUnderstood
                {
                    Refusal.Code: "missing-argument" or "missing-option" or "missing-value",
                    About: { } spec,
                    Given: { } given,
                }
            || spec.Arguments.Any(a => a.Name == Code && given.Find(Code) is null)
        )
        {
            return null;
        }

        return string.Join(
            ' ',
            ((string[])["glancy", spec.Verbs])
                .Concat(spec.Arguments.SelectMany(a => Argument(a, given)))
                .Concat(spec.Options.SelectMany(o => Option(o, given)))
        );
    }

    private static IEnumerable<string> Argument(ArgumentSpec argument, CommandValues given) =>
        given.All(argument.Name) is { Count: > 0 } values ? values.Select(Argv.Quoted)
        : argument.Required ? [$"<{argument.Name}>"]
        : [];

    private static IEnumerable<string> Option(OptionSpec option, CommandValues given)
    {
        var name = "--" + option.Name;
        return option.Kind is null ? (given.Has(option.Name) ? [name] : [])
            : given.Find(option.Name) is { Length: > 0 } value ? [name, Argv.Quoted(value)]
            : option.Required || given.Has(option.Name) ? [name, Blank]
            : [];
    }
}
