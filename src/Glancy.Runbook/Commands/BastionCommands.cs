using System.Text.RegularExpressions;
using Glancy.Runbook.Procedures;
using Glancy.Runbook.Yaml;

namespace Glancy.Runbook.Commands;

/// <summary>
/// Compares <c>commands.yaml</c> with the bastion's own allow-list, so that a command that the bastion would refuse is
/// found here and not in the middle of a rollback.
/// </summary>
internal static partial class BastionCommands
{
    public static void Compare(
        RunbookReading reading,
        IReadOnlyDictionary<string, CommandTemplate> commands,
        string allowList
    )
    {
        string[] lines;
        try
        {
            lines = File.Exists(allowList) ? File.ReadAllLines(allowList) : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            reading.Problem(CommandsFile.File, 0, "unreadable-file", e.Message);
            return;
        }

        if (lines.Length == 0)
        {
            return;
        }

        var allowed = Sections(lines);
        foreach (var command in commands.Values.Where(c => c.Id.Length > 0))
        {
            var line = reading.LineOf(References.Command, command.Id);
            if (!allowed.TryGetValue(command.Id, out var settings))
            {
                reading.Problem(CommandsFile.File, line, "bastion-command-missing", command.Id);
                continue;
            }

            var effect = settings.GetValueOrDefault("effect", "");
            if (effect != (command.ReadOnly ? "read" : "run"))
            {
                reading.Problem(CommandsFile.File, line, "bastion-effect-differs", command.Id, effect);
            }

            foreach (var parameter in Braces.Names(command.Text).Where(p => !settings.ContainsKey("param." + p)))
            {
                reading.Problem(CommandsFile.File, line, "bastion-parameter-missing", command.Id, parameter);
            }
        }
    }

    private static Dictionary<string, Dictionary<string, string>> Sections(IEnumerable<string> lines)
    {
        var sections = new Dictionary<string, Dictionary<string, string>>();
        var current = new Dictionary<string, string>();
        foreach (var line in lines)
        {
            if (Header().Match(line) is { Success: true } header)
            {
                current = sections[header.Groups[1].Value] = [];
            }
            else if (Setting().Match(line) is { Success: true } setting)
            {
                current[setting.Groups[1].Value] = setting.Groups[2].Value;
            }
        }

        return sections;
    }

    [GeneratedRegex(@"^\s*\[([^\]]+)\]\s*$")]
    private static partial Regex Header();

    // A comment may follow the value, as in the file's own examples: "effect = run   # run | read".
    [GeneratedRegex(@"^\s*([A-Za-z][A-Za-z0-9_.]*)\s*=\s*(.*?)\s*(?:\s#.*)?$")]
    private static partial Regex Setting();
}
