using Glancy.Runbook.Differences;

namespace Glancy.Runbook.Commands;

/// <summary><c>commands.yaml</c>: what is typed on the bastion (§2.3), compared with what the bastion allows.</summary>
internal sealed class CommandsSection : IRunbookSection
{
    public int Order => 50;

    public IReadOnlyDictionary<string, string> Declares { get; } =
        new Dictionary<string, string> { ["commands.yaml"] = References.Command };

    public IReadOnlyList<string> Codes { get; } =
    ["read-only-changes", "bastion-command-missing", "bastion-effect-differs", "bastion-parameter-missing"];

    public RunbookContent Read(RunbookReading reading, RunbookContent content)
    {
        var commands = CommandsFile.Read(reading, reading.Terms.Targets);
        if (reading.AllowList is { } allowList)
        {
            BastionCommands.Compare(reading, commands, allowList);
        }

        return content with
        {
            Commands = commands,
        };
    }

    public void Differ(Changes changes, RunbookContent before, RunbookContent after)
    {
        changes.Entries(
            "commands",
            before.Commands.Values,
            after.Commands.Values,
            c => c.Id,
            _ => false,
            _ => false,
            (where, old, now) => CommandDiff.Add(changes, where, old, now)
        );
    }
}
