using System.Text.RegularExpressions;
using Glancy.Runbook.Yaml;

namespace Glancy.Runbook.Procedures;

/// <summary>
/// What people say to draft: <c>command:</c> in a procedure's file, and <c>verbs.yaml</c> for verbs that several
/// procedures share.
/// </summary>
internal sealed partial class VerbFields(RunbookReading reading, ReservedVerbs reserved)
{
    private const string File = "verbs.yaml";

    // What everybody is asked for who drafts.
    private const string Reason = "reason";

    private readonly Dictionary<string, Verb> byPath = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string File, IReadOnlyList<YamlText> Names)> positional = new(
        StringComparer.Ordinal
    );
    private readonly HashSet<string> taken = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<Verb> All => [.. byPath.Values.Where(verb => verb.Procedures.Count > 0)];

    /// <summary>The shared ones, which come first: procedures name them.</summary>
    public void ReadShared()
    {
        if (!reading.Holds(File) || reading.Open(File) is not { } file)
        {
            return;
        }

        foreach (var fields in file.Maps("verbs"))
        {
            var section = fields.Section();
            var risk = fields.Choice("risk", "change", "danger") == "danger" ? Risk.Danger : Risk.Change;
            var choice = fields.Map("choice") is { } chosen ? Choice(chosen) : null;
            if (One(fields, section, risk) is { } verb)
            {
                reading.Declare(References.Verb, verb.Path, File, fields.LineOf("says"));
                byPath[verb.Path] = verb with { Choice = choice };
            }

            fields.Done();
        }

        file.Done();
    }

    /// <summary>A procedure's own; nothing where it is drafted in other ways only.</summary>
    public void Read(Fields fields, Procedure procedure)
    {
        if (!fields.Has("command") || fields.Map("command") is not { } command)
        {
            return;
        }

        if (command.Has("shares"))
        {
            Share(command, procedure);
        }
        else if (One(command, procedure.Section, procedure.Risk) is { } verb)
        {
            byPath[verb.Path] = verb with { Procedures = new Dictionary<string, string> { [""] = procedure.Id } };
        }

        if (!procedure.Parameters.Any(p => p is { Name: Reason, Type: "text", Required: true }))
        {
            fields.Problem("command", "verb-without-reason", procedure.Id);
        }

        command.Done();
    }

    /// <summary>
    /// Once every procedure is read: what is given by its place has to be a parameter that a person gives.
    /// </summary>
    public void Check(IReadOnlyDictionary<string, Procedure> procedures)
    {
        foreach (var verb in All)
        {
            var asked = verb.Asked(procedures).Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
            var (file, names) = positional[verb.Path];
            foreach (var name in names.Where(name => !asked.Contains(name.Value)))
            {
                reading.Problem(file, name.Line, "unknown-parameter", name.Value);
            }
        }
    }

    private void Share(Fields command, Procedure procedure)
    {
        var path = command.Reference("shares", References.Verb);
        if (!byPath.TryGetValue(path, out var verb))
        {
            return;
        }

        var word = command.Has("as") ? command.Text("as") : procedure.Id;
        if (verb.Procedures.ContainsKey(word))
        {
            command.Problem("shares", "duplicate-id", "command", path + " " + word);
        }

        byPath[path] = verb with
        {
            Procedures = new Dictionary<string, string>(verb.Procedures) { [word] = procedure.Id },
        };
    }

    private Verb? One(Fields fields, string section, Risk risk)
    {
        var path = fields.Text("says");
        if (path.Length > 0 && !Said().IsMatch(path))
        {
            fields.Problem("says", "bad-verb", path);
        }

        var aliases = fields.Texts("aliases");
        var spoken = aliases.Select(a => (a.Value, a.Line)).Prepend((path, fields.LineOf("says")));
        foreach (var (words, line) in spoken.Where(place => place.Item1.Length > 0))
        {
            if (reserved.Paths.Contains(words) || !taken.Add(words))
            {
                reading.Problem(fields.File, line, "verb-taken", words);
            }
        }

        var places = fields.Texts("positional");
        positional.TryAdd(path, (fields.File, places));
        var verb = new Verb(
            path,
            fields.Words("summary"),
            fields.Words("title"),
            section,
            risk,
            new Dictionary<string, string>()
        )
        {
            Aliases = [.. aliases.Select(a => a.Value)],
            Examples = [.. fields.Texts("examples").Select(e => e.Value)],
            Positional = [.. places.Select(p => p.Value)],
        };
        return path.Length > 0 && !byPath.ContainsKey(path) ? verb : null;
    }

    private static VerbChoice Choice(Fields fields)
    {
        var isOption = fields.Has("option");
        var choice = new VerbChoice(
            fields.Text(isOption ? "option" : "argument"),
            isOption,
            isOption ? fields.Text("otherwise") : null,
            fields.Text("refusal"),
            fields.Section(),
            isOption ? fields.OptionalText("chinese") : null
        );
        fields.Done();
        return choice;
    }

    [GeneratedRegex("^[a-z][a-z0-9-]*( [a-z][a-z0-9-]*)?$")]
    private static partial Regex Said();
}
