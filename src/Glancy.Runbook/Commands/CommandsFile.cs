using Glancy.Runbook.Procedures;
using Glancy.Runbook.Yaml;

namespace Glancy.Runbook.Commands;

/// <summary><c>commands.yaml</c>: what a person would type on the bastion (§2.3), and how its output is read.</summary>
internal static class CommandsFile
{
    public const string File = "commands.yaml";

    public static IReadOnlyDictionary<string, CommandTemplate> Read(RunbookReading reading, TargetKinds targets)
    {
        var commands = new Dictionary<string, CommandTemplate>();
        if (reading.Open(File) is not { } file)
        {
            return commands;
        }

        foreach (var fields in file.Maps("commands"))
        {
            var id = fields.Id();
            reading.Declare(References.Command, id, File, fields.LineOf("id"));
            var text = fields.Text("text");
            if (Braces.Broken(text))
            {
                fields.Problem("text", "broken-braces", text);
            }

            var command = new CommandTemplate(
                id,
                text,
                fields.Flag("read_only", otherwise: false),
                fields.Choice("parser", "pairs-colon", "pairs-equals", "text", "none"),
                fields.SomeTime("deadline"),
                Changes(reading, fields, targets),
                fields.Section()
            );
            if (command.ReadOnly && command.Changes.Count > 0)
            {
                fields.Problem("changes", "read-only-changes", id);
            }

            fields.Done();
            commands[id] = command;
        }

        file.Done();
        return commands;
    }

    private static IReadOnlyList<string> Changes(RunbookReading reading, Fields fields, TargetKinds targets)
    {
        var changes = fields.Texts("changes");
        foreach (var change in changes)
        {
            var parts = change.Value.Split('=', 2);
            if (parts is not [var state, { Length: > 0 }] || targets.Find(state) is not { } target)
            {
                reading.Problem(File, change.Line, "bad-change", change.Value);
            }
            else if (target.Refers is { } kind && !state.Contains('{', StringComparison.Ordinal))
            {
                reading.Refer(kind, target.NameOf(state), File, change.Line);
            }
        }

        return [.. changes.Select(c => c.Value)];
    }
}
