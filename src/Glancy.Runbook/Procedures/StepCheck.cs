using Glancy.Runbook.Yaml;

namespace Glancy.Runbook.Procedures;

/// <summary>Reads the arguments of a step and checks them against its kind and against what they name.</summary>
internal sealed class StepCheck(
    RunbookReading reading,
    string file,
    IReadOnlySet<string> parameters,
    ProcedureSurroundings surroundings
)
{
    public IReadOnlyDictionary<string, StepValue> Arguments(Fields step, string kind)
    {
        var values = new Dictionary<string, StepValue>();
        if (kind.Length > 0 && !surroundings.Actions.TryGet(kind, out _))
        {
            step.Problem("kind", "unknown-action", kind);
        }

        if (step.Map("with") is not { } with)
        {
            return values;
        }

        if (!surroundings.Actions.TryGet(kind, out var spec))
        {
            with.All();
            return values;
        }

        foreach (var argument in spec.Arguments)
        {
            if (with.Has(argument.Name))
            {
                values[argument.Name] = Value(with, argument);
            }
            else if (argument.Required)
            {
                reading.Problem(file, with.Line, "missing-argument", kind, argument.Name);
            }
        }

        foreach (var entry in with.All().Where(e => spec.Arguments.All(a => a.Name != e.Key)))
        {
            reading.Problem(file, entry.Line, "unknown-argument", kind, entry.Key);
        }

        spec.Check(new ArgumentCheck(reading, with, values, surroundings));
        return values;
    }

    private StepValue Value(Fields with, ActionArgument argument)
    {
        IReadOnlyList<YamlText> items = argument.IsList
            ? with.Texts(argument.Name)
            : [new YamlText(with.Text(argument.Name), with.LineOf(argument.Name))];
        foreach (var item in items)
        {
            ProcedureFiles.CheckBraces(reading, item.Value, parameters, file, item.Line);
            var literal = item.Value.Length > 0 && !item.Value.Contains('{', StringComparison.Ordinal);
            if (argument.Refers is { } kind && literal && !(argument.OrAll && item.Value == "all"))
            {
                reading.Refer(kind, item.Value, file, item.Line);
            }
        }

        return new StepValue([.. items.Select(i => i.Value)], argument.IsList);
    }
}
