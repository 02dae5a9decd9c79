using Glancy.Runbook.Permissions;
using Glancy.Runbook.Procedures;

namespace Glancy.Bot.Commands.Grammar;

/// <summary>
/// What the runbook's own verbs look like as commands: grammar, help and forms are made from it as from any other.
/// </summary>
internal static class VerbSpecs
{
    /// <param name="flags">Names of flags, which a parameter of that kind may be.</param>
    public static CommandRegistration Of(
        Verb verb,
        IReadOnlyDictionary<string, Procedure> procedures,
        IReadOnlyCollection<string> flags
    )
    {
        var asked = verb.Asked(procedures).ToList();
        var chosen = verb.Choice;
        var positional = verb.Positional.Select(name => asked.Single(p => p.Name == name)).Select(Argument);
        var options = asked.Where(p => !verb.Positional.Contains(p.Name)).Select(p => Option(p, flags));
        var effect = verb.Risk == Risk.Danger ? Effect.Danger : Effect.Change;
        var spec = new CommandSpec(verb.Path, Topic.Act, effect, verb.Section, PermissionNames.ProcedureDraft)
        {
            Drafts = true,
            Own = (verb.Summary, verb.Title),
            Arguments =
            [
                .. chosen is { IsOption: false } word ? [new ArgumentSpec(word.Name)] : (ArgumentSpec[])[],
                .. positional,
            ],
            Options =
            [
                .. options,
                .. chosen is { IsOption: true } option
                    ?
                    [
                        new OptionSpec(
                            option.Name,
                            ValueKind.Word,
                            Chinese: option.Chinese,
                            Choices: [.. verb.Procedures.Keys.OrderBy(k => k != option.Otherwise)]
                        ),
                    ]
                    : (OptionSpec[])[],
            ],
            Aliases = verb.Aliases,
            Examples = verb.Examples,
        };
        return new CommandRegistration(spec, typeof(IVerbCommand));
    }

    /// <summary>What a parameter's option is called: <c>pause_flag</c> is <c>--pause-flag</c>.</summary>
    public static string OptionName(Parameter parameter)
    {
        return parameter.Name.Replace('_', '-');
    }

    private static ArgumentSpec Argument(Parameter parameter) =>
        new(OptionName(parameter), Kind(parameter), IsRequired(parameter)) { Title = parameter.Title };

    private static OptionSpec Option(Parameter parameter, IReadOnlyCollection<string> flags) =>
        new(
            OptionName(parameter),
            Kind(parameter),
            IsRequired(parameter),
            parameter.Title.Zh.All(char.IsLetterOrDigit) ? parameter.Title.Zh : null,
            parameter.Type == "flag" ? [.. flags.Order(StringComparer.Ordinal)] : null
        )
        {
            Title = parameter.Title,
        };

    private static bool IsRequired(Parameter parameter) => parameter is { Required: true, Default: null };

    private static ValueKind Kind(Parameter parameter) =>
        parameter.Type switch
        {
            "batch" => ValueKind.Batch,
            "text" => ValueKind.Sentence,
            "number" => ValueKind.Number,
            _ => ValueKind.Word,
        };
}
