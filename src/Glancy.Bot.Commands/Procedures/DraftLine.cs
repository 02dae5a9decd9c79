using Glancy.Bot.Commands.Grammar;
using Glancy.Ops.Procedures;
using Glancy.Runbook;
using Glancy.Runbook.Procedures;

namespace Glancy.Bot.Commands.Procedures;

/// <summary>What to say to draft a procedure; the reason is left open.</summary>
internal static class DraftLine
{
    private const string Reason = "reason";

    /// <summary>
    /// For a procedure with arguments as far as they are known; null where the runbook brings no verb for it.
    /// </summary>
    public static string? Of(
        RunbookContent content,
        string procedure,
        IReadOnlyDictionary<string, string>? arguments = null
    )
    {
        if (content.Verbs.FirstOrDefault(v => v.Procedures.Values.Contains(procedure)) is not { } verb)
        {
            return null;
        }

        var given = arguments ?? new Dictionary<string, string>();
        var chosen = verb.Procedures.First(p => p.Value == procedure).Key;
        var line = new List<string> { "glancy", verb.Path };
        if (verb.Choice is { IsOption: false })
        {
            line.Add(chosen);
        }

        line.AddRange(
            verb.Positional.Select(name => given.TryGetValue(name, out var value) ? Argv.Quoted(value) : $"<{name}>")
        );
        if (verb.Choice is { IsOption: true } option && chosen != option.Otherwise)
        {
            line.AddRange(["--" + option.Name, chosen]);
        }

        foreach (var parameter in content.Procedures[procedure].Asked.Where(p => IsSaid(p, verb)))
        {
            if (given.TryGetValue(parameter.Name, out var value))
            {
                line.AddRange(["--" + VerbSpecs.OptionName(parameter), Argv.Quoted(value)]);
            }
            else if (parameter is { Required: true, Default: null })
            {
                line.AddRange(["--" + VerbSpecs.OptionName(parameter), "..."]);
            }
        }

        return string.Join(' ', [.. line, "--" + Reason, "..."]);
    }

    /// <summary>To draft again what a run was for.</summary>
    public static string? Again(RunbookContent content, Run run)
    {
        return run.Arguments.TryGetValue("lease", out var lease)
            ? $"glancy lease revert {lease} --{Reason} ..."
            : Of(content, run.Definition.Id, run.Arguments);
    }

    private static bool IsSaid(Parameter parameter, Verb verb) =>
        parameter.Name != Reason && !verb.Positional.Contains(parameter.Name);
}
