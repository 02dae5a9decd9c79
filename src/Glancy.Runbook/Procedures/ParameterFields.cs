using Glancy.Runbook.Yaml;

namespace Glancy.Runbook.Procedures;

/// <summary>The parameters a procedure takes.</summary>
internal static class ParameterFields
{
    /// <param name="withoutValue">Told of each parameter that may be left without any value, and its line.</param>
    public static IReadOnlyList<Parameter> Read(
        RunbookReading reading,
        Fields fields,
        ArgumentSources sources,
        Action<string, int> withoutValue
    )
    {
        var parameters = new List<Parameter>();
        foreach (var item in fields.OptionalMaps("parameters"))
        {
            var name = item.Id("name");
            if (Placeholders.BuiltIn.Contains(name))
            {
                item.Problem("name", "parameter-built-in", name);
            }

            if (name.Length > 0 && parameters.Any(p => p.Name == name))
            {
                item.Problem("name", "duplicate-id", "parameter", name);
            }

            var parameter = new Parameter(
                name,
                item.Words("title"),
                item.Choice("type", "batch", "text", "flag", "number", "word"),
                item.Flag("required", otherwise: false),
                item.OptionalText("default")
            )
            {
                GivenBy = item.OptionalText("given_by"),
            };
            if (parameter.GivenBy is { Length: > 0 } source && sources.Find(source)?.Gives.Contains(name) is not true)
            {
                item.Problem("given_by", "unknown-argument-source", source, name);
            }

            if (!parameter.Required && parameter.Default is null)
            {
                withoutValue(name, item.LineOf("name"));
            }
            else if (parameter is { Type: "batch", Default: { Length: > 0 } batch })
            {
                reading.Refer(References.Batch, batch, item.File, item.LineOf("default"));
            }
            else if (parameter is { Type: "flag", Default: { Length: > 0 } flag })
            {
                reading.Refer(References.Flag, flag, item.File, item.LineOf("default"));
            }

            item.Done();
            parameters.Add(parameter);
        }

        return parameters;
    }
}
