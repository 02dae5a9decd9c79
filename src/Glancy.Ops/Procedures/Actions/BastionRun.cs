using Glancy.Runbook;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Procedures.Actions;

/// <summary><c>bastion.run</c>: a command of the allow-list, with its declared changes (§2.3).</summary>
public sealed class BastionRun(BastionEffect effect) : IAction
{
    public string Kind => "bastion.run";

    public StepIntent Describe(StepArguments arguments, RunbookContent runbook)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(runbook);
        var command = runbook.Commands[arguments["command"]];
        var parameters = arguments.Pairs("params");
        var changes = command.Changes
            .Select(change => Placeholders.Fill(change, parameters).Split('=', 2))
            .ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);

        // A script that changes things by itself is bound to the confirmation by its content.
        string[] observes = changes.Count > 0 ? ["digest/" + command.Id] : [];
        return new StepIntent(Placeholders.Fill(command.Text, parameters), observes, new Dictionary<string, string>(), changes, SatisfiedIsDone: false);
    }

    public Task<StepResult> ApplyAsync(StepExecution execution, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(execution);
        return effect.ApplyAsync(execution, execution.Arguments["command"], execution.Arguments.Pairs("params"), cancellationToken);
    }
}
