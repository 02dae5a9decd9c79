using Glancy.Bot.Commands.Grammar;
using Glancy.Bot.Commands.Pages;
using Glancy.Bot.Commands.Words;
using Glancy.Ops.Incidents;
using Glancy.Ops.Runbook;
using Glancy.Runbook.Permissions;

namespace Glancy.Bot.Commands.Incidents;

/// <summary><c>glancy incident list [--all]</c>: what is open, the gravest first, or all, newest first (C3).</summary>
internal sealed class IncidentListCommand(IncidentStore incidents, RunbookHolder runbook) : ICommand
{
    private const int Usually = 20;
    private const int Most = 200;

    public static CommandSpec Spec { get; } =
        new("incident list", Topic.See, Effect.Read, "5.1", PermissionNames.IncidentSee)
        {
            Options = [new("all", Chinese: "全部"), new("limit", ValueKind.Number, Chinese: "条数")],
            Aliases = ["事件 列表", "incidents"],
            Questions = ["有什么事件", "有事件吗", "any incidents"],
            Examples = ["incident list", "incident list --all --limit 50"],
        };

    public async Task<Answer> AnswerAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var all = invocation.Values.Has("all");
        var found = await incidents.ListAsync(
            openOnly: !all,
            Math.Min(invocation.Values.Number("limit") ?? Usually, Most),
            cancellationToken
        );
        return new Answer(
            IncidentListView.Page(found, all, new Names(invocation.Words, runbook.Current)),
            new IncidentsData(found)
        );
    }
}

/// <summary>Incidents as data.</summary>
internal sealed record IncidentsData(IReadOnlyList<Incident> Incidents);
