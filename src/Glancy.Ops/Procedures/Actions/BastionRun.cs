using Glancy.Runbook;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Procedures.Actions;

/// <summary><c>bastion.run</c>: a command of the allow-list, with its declared changes (§2.3).</summary>
internal sealed class BastionRun(BastionEffect effect) : IAction<BastionRun>
{
    /// <summary><c>params</c> lists name=value pairs for the command's typed parameters.</summary>
    public static ActionSpec Spec { get; } =
        new(
            "bastion.run",
            EffectClass.Keyed,
            [new("command", true, References.Command), new("params", false, IsList: true)]
        )
        {
            Prints = true,
            Check = static check =>
            {
                if (check.Command(check["command"]) is not { } command)
                {
                    return;
                }

                if (command.ReadOnly)
                {
                    check.Problem("command", "command-read-only", command.Id);
                }

                check.Pairs("command", command.Id, Placeholders.Names(command.Text), []);
            },
        };

    public StepIntent Describe(StepArguments arguments, RunbookContent runbook)
    {
        var command = runbook.Commands[arguments["command"]];
        var parameters = arguments.Pairs("params");
        var changes = command
            .Changes.Select(change => Placeholders.Fill(change, parameters).Split('=', 2))
            .ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);

        // A script that changes things by itself is bound to the confirmation by its content.
        string[] observes = changes.Count > 0 ? [CommandDigests.Before + command.Id] : [];
        return new StepIntent(
            Placeholders.Fill(command.Text, parameters),
            observes,
            new Dictionary<string, string>(),
            changes,
            SatisfiedIsDone: false
        );
    }

    public Task<StepResult> ApplyAsync(StepExecution execution, CancellationToken cancellationToken)
    {
        return effect.ApplyAsync(
            execution,
            execution.Arguments["command"],
            execution.Arguments.Pairs("params"),
            cancellationToken
        );
    }
}
