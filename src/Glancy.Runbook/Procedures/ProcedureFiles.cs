using System.Security.Cryptography;
using System.Text;
using Glancy.Runbook.Flags;
using Glancy.Runbook.Yaml;

namespace Glancy.Runbook.Procedures;

/// <summary>What the steps of procedures refer to.</summary>
internal sealed record ProcedureSurroundings(
    ActionKinds Actions,
    ArgumentSources Sources,
    IReadOnlyDictionary<string, CommandTemplate> Commands,
    IReadOnlyDictionary<string, Flag> Flags,
    IReadOnlyDictionary<string, string> Statements
);

/// <summary><c>procedures/*.yaml</c>: one procedure per file, named like it.</summary>
internal static class ProcedureFiles
{
    public static IReadOnlyDictionary<string, Procedure> Read(
        RunbookReading reading,
        ProcedureSurroundings surroundings,
        VerbFields verbs
    )
    {
        var procedures = new Dictionary<string, Procedure>();
        foreach (var fields in reading.OpenAll("procedures"))
        {
            var id = fields.Id();
            reading.Declare(References.Procedure, id, fields.File, fields.LineOf("id"));
            if (id.Length > 0 && fields.File != $"procedures/{id}.yaml")
            {
                fields.Problem("id", "id-not-file-name", id);
            }

            procedures[id] = One(reading, fields, id, surroundings, verbs);
        }

        return procedures;
    }

    private static Procedure One(
        RunbookReading reading,
        Fields fields,
        string id,
        ProcedureSurroundings surroundings,
        VerbFields verbs
    )
    {
        var title = fields.Words("title");
        var section = fields.Section();
        var risk = fields.Choice("risk", "read", "change", "danger", "undo");
        var roles = fields.References("roles", References.Role);
        if (roles.Count == 0)
        {
            fields.Problem("roles", "missing-field", "roles");
        }

        var mitigation = fields.Flag("mitigation", otherwise: false);
        var supersedes = fields.Flag("supersedes", otherwise: false);
        var breakGlass = fields.Flag("break_glass", otherwise: false);
        if (breakGlass && !mitigation)
        {
            // One person alone may take risk away, never add it (rule 5).
            fields.Problem("break_glass", "break-glass-adds-risk", id);
        }
        var addsRisk = fields.Flag("adds_risk", otherwise: false);
        var changes = fields.Has("changes") ? fields.Choice("changes", "temporary", "reverts", "both") : "temporary";
        var (reverts, both) = (changes == "reverts", changes == "both");
        var withoutValue = new List<(string Name, int Line)>();
        var parameters = ParameterFields.Read(
            reading,
            fields,
            surroundings.Sources,
            (name, line) => withoutValue.Add((name, line))
        );
        if ((reverts || both) && parameters.All(p => p.Name != Procedure.Lease))
        {
            fields.Problem("changes", "reverts-nothing", "lease");
        }

        if (risk == "undo" && !reverts)
        {
            fields.Problem("risk", "not-for-this-kind", "undo", "temporary");
        }

        var known = parameters.Select(p => p.Name).Concat(Placeholders.BuiltIn).ToHashSet();

        // Before the run exists, only its parameters do: titles and keys may use nothing else.
        var early = parameters.Select(p => p.Name).ToHashSet();
        CheckBraces(reading, title.Zh, early, fields.File, fields.LineOf("title"));
        CheckBraces(reading, title.En, early, fields.File, fields.LineOf("title"));
        var consequence = fields.Has("consequence") ? fields.Words("consequence") : null;
        foreach (var said in consequence is null ? Array.Empty<string>() : [consequence.Zh, consequence.En])
        {
            CheckBraces(reading, said, early, fields.File, fields.LineOf("consequence"));
        }

        var keys = fields.Texts("keys");
        foreach (var key in keys)
        {
            CheckBraces(reading, key.Value, early, fields.File, key.Line);
        }

        var steps = Steps(reading, fields, known, parameters, surroundings);
        foreach (
            var (name, line) in withoutValue.Where(p =>
                !MayBeMissing(p.Name, steps) && !(both && p.Name is Procedure.Lease or Procedure.From)
            )
        )
        {
            reading.Problem(fields.File, line, "parameter-without-default", name);
        }

        // A snapshot changes nothing that could be looked at, and a person's own doing is proven by the person.
        var kinds = surroundings.Actions;
        var proven = steps.Any(s => s.Phase == StepPhase.Verify && kinds.TryGet(s.Kind, out var kind) && kind.Expects);
        if (steps.Any(s => kinds.TryGet(s.Kind, out var kind) && kind.NeedsProof) && !proven)
        {
            fields.Problem("steps", "effects-not-verified", id);
        }

        var procedure = new Procedure
        {
            Id = id,
            Title = title,
            Section = section,
            Risk = risk switch
            {
                "read" => Risk.Read,
                "change" => Risk.Change,
                "undo" => Risk.Undo,
                _ => Risk.Danger,
            },
            Roles = roles,
            Mitigation = mitigation,
            Supersedes = supersedes,
            Keys = [.. keys.Select(k => k.Value)],
            Parameters = parameters,
            Steps = steps,
            ContentHash = ContentHash(reading, fields.File, steps, surroundings),
            Changes =
                both ? ChangeMode.Both
                : reverts ? ChangeMode.Reverts
                : ChangeMode.Temporary,
            Consequence = consequence,
            Takes = fields.Has("takes") ? fields.SomeTime("takes") : null,
            AddsRisk = addsRisk,
            BreakGlass = breakGlass,
        };
        verbs.Read(fields, procedure);
        fields.Done();
        return procedure;
    }

    public static void CheckBraces(
        RunbookReading reading,
        string text,
        IReadOnlySet<string> known,
        string file,
        int line
    )
    {
        if (Braces.Broken(text))
        {
            reading.Problem(file, line, "broken-braces", text);
        }

        foreach (var name in Braces.Names(text).Where(n => !known.Contains(n)))
        {
            reading.Problem(file, line, "unknown-parameter", name);
        }
    }

    private static List<StepDefinition> Steps(
        RunbookReading reading,
        Fields fields,
        IReadOnlySet<string> known,
        IReadOnlyList<Parameter> parameters,
        ProcedureSurroundings surroundings
    )
    {
        var check = new StepCheck(reading, fields.File, known, surroundings);
        var steps = new List<StepDefinition>();
        foreach (var item in fields.Maps("steps"))
        {
            var id = item.Id();
            if (id.Length > 0 && steps.Any(s => s.Id == id))
            {
                item.Problem("id", "duplicate-id", "step", id);
            }

            var kind = item.Text("kind");
            var title = item.Words("title");
            var phase =
                item.Has("phase") && item.Choice("phase", "effect", "verify") == "verify"
                    ? StepPhase.Verify
                    : StepPhase.Effect;
            if (phase == StepPhase.Effect && steps.Any(s => s.Phase == StepPhase.Verify))
            {
                reading.Problem(item.File, item.Line, "effect-after-verify", id);
            }

            var with = check.Arguments(item, kind);
            var step = new StepDefinition(
                id,
                kind,
                title,
                phase,
                with,
                item.SomeTime("deadline"),
                item.Has("not_later_than") ? item.SomeTime("not_later_than") : null,
                item.Line
            )
            {
                When = When(item, parameters),
            };
            if (step.NotLaterThan is not null && !(surroundings.Actions.TryGet(kind, out var timed) && timed.IsTimed))
            {
                item.Problem("not_later_than", "not-for-this-kind", "not_later_than", kind);
            }

            item.Done();
            steps.Add(step);
        }

        return steps;
    }

    // It decides about a step, or only such steps use it.
    private static bool MayBeMissing(string parameter, List<StepDefinition> steps)
    {
        var users = steps
            .Where(s => s.With.Values.SelectMany(v => v.Items).SelectMany(Braces.Names).Contains(parameter))
            .ToList();
        return steps.Any(s => s.When == parameter) || (users.Count > 0 && users.All(s => s.When is not null));
    }

    // Only a parameter that may be missing can leave a step out.
    private static string? When(Fields step, IReadOnlyList<Parameter> parameters)
    {
        var when = step.Has("when") ? step.Text("when") : null;
        if (when is { Length: > 0 } && parameters.FirstOrDefault(p => p.Name == when) is not { Required: false })
        {
            step.Problem("when", "unknown-parameter", when);
        }

        return when;
    }

    private static string ContentHash(
        RunbookReading reading,
        string file,
        IEnumerable<StepDefinition> steps,
        ProcedureSurroundings surroundings
    )
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, reading.Use(file) ?? "");
        foreach (
            var statement in steps
                .SelectMany(s => s.With.GetValueOrDefault("statement")?.Items ?? [])
                .Distinct()
                .Order(StringComparer.Ordinal)
        )
        {
            Append(hash, surroundings.Statements.GetValueOrDefault(statement, ""));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        hash.AppendData(BitConverter.GetBytes(bytes.Length));
        hash.AppendData(bytes);
    }
}
