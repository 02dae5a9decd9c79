using System.Text.Json;
using Glancy.Ops.Kernel.Database;
using Glancy.Runbook;
using Glancy.Runbook.Procedures;

namespace Glancy.Ops.Procedures;

/// <summary>
/// Which entries of a version a run stands on, and whether another version touches them (rule 12). Pure.
/// </summary>
public sealed class ProcedureUse(ActionKinds kinds)
{
    /// <summary>
    /// Whether what the run was drafted from reads differently now: its procedure, or a command, flag, statement or
    /// role it uses.
    /// </summary>
    /// <param name="drafted">The version the run was drafted from.</param>
    public bool Touched(Run run, RunbookContent drafted, RunbookContent now)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(drafted);
        ArgumentNullException.ThrowIfNull(now);
        return !now.Procedures.TryGetValue(run.Definition.Id, out var current)
            || current.ContentHash != run.Definition.ContentHash
            || Of(run, drafted) != Of(run, now);
    }

    // Compared as text: the records hold lists, which compare by reference.
    private string Of(Run run, RunbookContent content)
    {
        var named = run.Definition.Steps.SelectMany(step => Named(step, run.Arguments)).ToList();
        var called = named
            .Where(n => n.Kind == References.Command)
            .Select(n => n.Id)
            .Concat(run.Definition.Steps.SelectMany(step => kinds[step.Kind].Commands));
        var commands = called.Distinct(StringComparer.Ordinal).Select(content.Commands.GetValueOrDefault).ToList();
        var changed =
            from state in commands.SelectMany(c => c?.Changes ?? []).Select(change => change.Split('=')[0])
            let target = content.Targets.Find(state)
            where target?.Refers == References.Flag
            select target.NameOf(state);
        var flags = named
            .Where(n => n.Kind == References.Flag)
            .Select(n => n.Id)
            .Concat(changed)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
        var roles = named
            .Where(n => n.Kind == References.Role)
            .Select(n => n.Id)
            .Concat(run.Definition.Roles)
            .ToHashSet(StringComparer.Ordinal);
        return JsonSerializer.Serialize(
            new
            {
                commands,
                flags = flags.Select(name => content.Flags.GetValueOrDefault(name)),
                statements = named
                    .Where(n => n.Kind == References.Statement)
                    .Select(n => content.Statements.GetValueOrDefault(n.Id)),

                // Whoever stands in for a role may confirm as well.
                roles = content
                    .Roles.Values.Where(r => roles.Contains(r.Id) || r.StandsInFor.Any(roles.Contains))
                    .OrderBy(r => r.Id, StringComparer.Ordinal),
            },
            BotDatabase.Json
        );
    }

    private IEnumerable<(string Kind, string Id)> Named(
        StepDefinition step,
        IReadOnlyDictionary<string, string> arguments
    ) =>
        from argument in kinds[step.Kind].Arguments
        where argument.Refers is not null && step.With.ContainsKey(argument.Name)
        from item in step.With[argument.Name].Items
        select (argument.Refers, Placeholders.Fill(item, arguments));
}
