using System.Globalization;
using Glancy.Runbook.Flags;
using Glancy.Runbook.Yaml;

namespace Glancy.Runbook.Procedures;

/// <summary>
/// The arguments of one step, for its kind to say what is wrong with them. Values that still hold parameters in braces
/// are only known when a run is drafted.
/// </summary>
public sealed class ArgumentCheck
{
    private readonly RunbookReading reading;
    private readonly Fields with;
    private readonly IReadOnlyDictionary<string, StepValue> values;
    private readonly ProcedureSurroundings surroundings;

    internal ArgumentCheck(
        RunbookReading reading,
        Fields with,
        IReadOnlyDictionary<string, StepValue> values,
        ProcedureSurroundings surroundings
    )
    {
        this.reading = reading;
        this.with = with;
        this.values = values;
        this.surroundings = surroundings;
    }

    /// <summary>The text of an argument; empty where it was not given.</summary>
    public string this[string name] => values.GetValueOrDefault(name)?.Text ?? "";

    /// <summary>The command of that id; null when nothing declares it, which is told already.</summary>
    public CommandTemplate? Command(string id) => surroundings.Commands.GetValueOrDefault(id);

    /// <summary>The parameters of a statement; null when there is no such file, which is told already.</summary>
    public IReadOnlyList<string>? Statement(string name) =>
        surroundings.Statements.TryGetValue(name, out var text) ? StatementFiles.Parameters(text) : null;

    /// <summary>Reports something wrong with an argument at its line.</summary>
    /// <param name="code">Words of it are found as <c>problem.{code}</c>.</param>
    public void Problem(string name, string code, params string[] arguments) => with.Problem(name, code, arguments);

    /// <summary>A literal value must be one that the flag takes.</summary>
    public void FlagValue(string flag, string value)
    {
        if (IsLiteral(value))
        {
            FlagsFile.Check(reading, surroundings.Flags, this[flag], this[value], with.File, with.LineOf(value));
        }
    }

    public void OneOf(string name, params string[] choices)
    {
        if (this[name].Length > 0 && !choices.Contains(this[name]))
        {
            Problem(name, "bad-choice", name, this[name], string.Join(", ", choices));
        }
    }

    public void Duration(string name)
    {
        if (!Durations.TryParse(this[name], out _))
        {
            Problem(name, "bad-duration", name, this[name]);
        }
    }

    public void WholeNumber(string name)
    {
        if (this[name].Length > 0 && !int.TryParse(this[name], NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            Problem(name, "bad-number", name, this[name]);
        }
    }

    /// <summary>
    /// The <c>name=value</c> pairs of <c>params</c> must be the parameters of what is called, no more and no fewer.
    /// </summary>
    /// <param name="caller">The argument that names what is called.</param>
    /// <param name="provided">Wanted names that the engine gives by itself.</param>
    public void Pairs(string caller, string called, IEnumerable<string> wanted, IReadOnlyList<string> provided)
    {
        var names = wanted.Distinct().ToList();
        var given = new HashSet<string>();
        foreach (var pair in with.Texts("params"))
        {
            var name = pair.Value.Split('=', 2)[0];
            if (name == pair.Value)
            {
                reading.Problem(with.File, pair.Line, "bad-pair", pair.Value);
            }
            else if (!given.Add(name))
            {
                reading.Problem(with.File, pair.Line, "duplicate-key", name);
            }
            else if (!names.Contains(name))
            {
                reading.Problem(with.File, pair.Line, caller + "-parameter-unknown", called, name);
            }
        }

        foreach (var name in names.Where(n => !given.Contains(n) && !provided.Contains(n)))
        {
            Problem(caller, caller + "-parameter-missing", called, name);
        }
    }

    private bool IsLiteral(string name) => !this[name].Contains('{', StringComparison.Ordinal);
}
