using System.Globalization;
using System.Text.RegularExpressions;
using Glancy.Ops.Kernel;
using Glancy.Runbook;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Procedures;

/// <summary>Checks a person's arguments against a procedure's parameters.</summary>
internal static partial class ProcedureArguments
{
    private const int LongestText = 500;

    /// <summary>Null when all is well; otherwise what is wrong with the first wrong argument.</summary>
    /// <param name="complete">Whether required parameters have to be there.</param>
    public static Refusal? Check(
        Procedure procedure,
        IReadOnlyDictionary<string, string> arguments,
        RunbookContent runbook,
        bool complete
    )
    {
        var known = string.Join(", ", procedure.Parameters.Select(p => p.Name));
        if (arguments.Keys.FirstOrDefault(name => procedure.Parameters.All(p => p.Name != name)) is { } stranger)
        {
            return new Refusal("unknown-parameter", "", stranger, procedure.Id, known);
        }

        foreach (var parameter in procedure.Parameters)
        {
            if (!arguments.TryGetValue(parameter.Name, out var value) || value.Length == 0)
            {
                if (complete && parameter.Required && parameter.Default is null)
                {
                    return new Refusal("missing-parameter", "", parameter.Name, procedure.Id, known);
                }

                continue;
            }

            if (CheckOne(parameter, value, runbook) is { } wrong)
            {
                return wrong;
            }
        }

        return null;
    }

    /// <summary>The arguments with defaults filled in.</summary>
    public static IReadOnlyDictionary<string, string> Complete(
        Procedure procedure,
        IReadOnlyDictionary<string, string> arguments
    )
    {
        var all = procedure
            .Parameters.Where(p => p.Default is not null)
            .ToDictionary(p => p.Name, p => p.Default ?? "", StringComparer.Ordinal);
        foreach (var (name, value) in arguments)
        {
            all[name] = value;
        }

        return all;
    }

    private static Refusal? CheckOne(Parameter parameter, string value, RunbookContent runbook) =>
        parameter.Type switch
        {
            "batch" when runbook.Ladder.Find(value) is not { Production: true } => new Refusal(
                "unknown-batch",
                "§4.1",
                value,
                string.Join(", ", runbook.Ladder.Rungs.Where(r => r.Production).Select(r => r.Batch))
            ),
            "flag" when !runbook.Flags.ContainsKey(value) => new Refusal(
                "bad-parameter",
                "§2.3",
                parameter.Name,
                value
            ),
            "number" when !int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _) => new Refusal(
                "bad-parameter",
                "",
                parameter.Name,
                value
            ),
            "word" when !Word().IsMatch(value) => new Refusal("bad-parameter", "", parameter.Name, value),
            _ when value.Length > LongestText || value.Any(char.IsControl) => new Refusal(
                "bad-parameter",
                "",
                parameter.Name,
                value[..Math.Min(value.Length, 40)]
            ),
            _ => null,
        };

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$")]
    private static partial Regex Word();
}
