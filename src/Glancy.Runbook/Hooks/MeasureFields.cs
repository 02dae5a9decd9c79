using System.Text.RegularExpressions;
using Glancy.Runbook.Yaml;

namespace Glancy.Runbook.Hooks;

/// <summary>The parts that the measures of hooks and the gates' own queries have in common.</summary>
internal static partial class MeasureFields
{
    /// <summary>The unit; null, reported, when there is none, and the limits' units are then not judged.</summary>
    public static Unit? Unit(Fields fields) =>
        fields.Choice("unit", "percent", "seconds", "factor", "count") switch
        {
            "percent" => Hooks.Unit.Percent,
            "seconds" => Hooks.Unit.Seconds,
            "factor" => Hooks.Unit.Factor,
            "count" => Hooks.Unit.Count,
            _ => null,
        };

    /// <summary>The PromQL of a file named relative to the file at hand.</summary>
    public static string Query(RunbookReading reading, Fields fields, string name = "query")
    {
        var relative = fields.Text(name);
        if (relative.Length == 0)
        {
            return "";
        }

        var folder = fields.File.Contains('/', StringComparison.Ordinal)
            ? fields.File[..(fields.File.LastIndexOf('/') + 1)]
            : "";
        if (!relative.EndsWith(".promql", StringComparison.Ordinal) || reading.Use(folder + relative) is not { } text)
        {
            fields.Problem(name, "unknown-query", relative);
            return "";
        }

        foreach (var (line, number) in text.Split('\n').Select((l, i) => (l, i + 1)))
        {
            foreach (
                var placeholder in Placeholder()
                    .Matches(line)
                    .Select(m => m.Value)
                    .Where(p => !QueryText.Placeholders.Contains(p))
            )
            {
                reading.Problem(folder + relative, number, "unknown-placeholder", placeholder);
            }
        }

        var query = QueryText.WithoutComments(text);
        if (query.Length == 0)
        {
            reading.Problem(folder + relative, 0, "empty-file");
        }

        return query;
    }

    public static (string? Query, double Minimum) Samples(RunbookReading reading, Fields fields)
    {
        if (fields.OptionalMap("samples") is not { } samples)
        {
            return (null, 0);
        }

        var answer = (Query(reading, samples), samples.Number("at_least"));
        samples.Done();
        return answer;
    }

    /// <summary>A query that is read by colour must be able to take the colour.</summary>
    public static bool ByColour(Fields fields, string query)
    {
        var byColour = fields.Flag("by_colour", otherwise: false);
        if (byColour && query.Length > 0 && !query.Contains("$segment", StringComparison.Ordinal))
        {
            fields.Problem("by_colour", "segment-not-in-query", fields.Text("query"));
        }

        return byColour;
    }

    [GeneratedRegex(@"\$[A-Za-z_][A-Za-z0-9_]*")]
    private static partial Regex Placeholder();
}
