using System.Globalization;
using Glancy.Runbook.Flags;
using Glancy.Runbook.Yaml;

namespace Glancy.Runbook.Procedures;

/// <summary>Reads the arguments of a step and checks them against its kind and against what they name.</summary>
internal sealed class StepCheck(RunbookReading reading, string file, IReadOnlySet<string> parameters, ProcedureSurroundings surroundings)
{
    public IReadOnlyDictionary<string, StepValue> Arguments(Fields step, string kind)
    {
        var values = new Dictionary<string, StepValue>();
        if (kind.Length > 0 && !ActionKinds.All.ContainsKey(kind))
        {
            step.Problem("kind", "unknown-action", kind);
        }

        if (step.Map("with") is not { } with)
        {
            return values;
        }

        if (!ActionKinds.All.TryGetValue(kind, out var spec))
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

        Meaning(with, kind, values);
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
            if (argument.Refers is { } kind && item.Value.Length > 0 && !item.Value.Contains('{', StringComparison.Ordinal)
                && !(argument is { Refers: References.Hook, IsList: true } && item.Value == "all"))
            {
                reading.Refer(kind, item.Value, file, item.Line);
            }
        }

        return new StepValue([.. items.Select(i => i.Value)], argument.IsList);
    }

    /// <summary>What the shape of an argument does not say.</summary>
    private void Meaning(Fields with, string kind, Dictionary<string, StepValue> values)
    {
        string Of(string name) => values.GetValueOrDefault(name)?.Text ?? "";
        switch (kind)
        {
            case "bastion.run" when surroundings.Commands.TryGetValue(Of("command"), out var command):
                if (command.ReadOnly)
                {
                    with.Problem("command", "command-read-only", command.Id);
                }

                Pairs(with, "command", command.Id, Braces.Names(command.Text), []);
                break;
            case "sql.run" when surroundings.Statements.TryGetValue(Of("statement"), out var statement):
                Pairs(with, "statement", Of("statement"), StatementFiles.Parameters(statement), Placeholders.BuiltIn);
                Counts(with, values);
                break;
            case "flag.set" when !Of("value").Contains('{', StringComparison.Ordinal):
                FlagsFile.Check(reading, surroundings.Flags, Of("flag"), Of("value"), file, with.LineOf("value"));
                break;
            case "hook.expect" when Of("light") is { Length: > 0 } light && light is not ("green" or "any"):
                with.Problem("light", "bad-choice", "light", light, "green, any");
                break;
            case "wait" when !Durations.TryParse(Of("for"), out _):
                with.Problem("for", "bad-duration", "for", Of("for"));
                break;
        }
    }

    private static void Counts(Fields with, Dictionary<string, StepValue> values)
    {
        foreach (var name in new[] { "min_rows", "max_rows" })
        {
            if (values.TryGetValue(name, out var value) && value.Text.Length > 0 && !int.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            {
                with.Problem(name, "bad-number", name, value.Text);
            }
        }
    }

    /// <summary>The <c>name=value</c> pairs of <c>params</c> must be the parameters of what is called, no more and no fewer.</summary>
    private void Pairs(Fields with, string caller, string called, IReadOnlyList<string> wanted, IReadOnlyList<string> provided)
    {
        var given = new HashSet<string>();
        foreach (var pair in with.Texts("params"))
        {
            var name = pair.Value.Split('=', 2)[0];
            if (name == pair.Value)
            {
                reading.Problem(file, pair.Line, "bad-pair", pair.Value);
            }
            else if (!given.Add(name))
            {
                reading.Problem(file, pair.Line, "duplicate-key", name);
            }
            else if (!wanted.Contains(name))
            {
                reading.Problem(file, pair.Line, caller + "-parameter-unknown", called, name);
            }
        }

        foreach (var name in wanted.Where(n => !given.Contains(n) && !provided.Contains(n)))
        {
            with.Problem(caller, caller + "-parameter-missing", called, name);
        }
    }
}
